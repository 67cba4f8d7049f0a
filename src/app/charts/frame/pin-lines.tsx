/** The two pinned instants on a plot; their flags can be dragged. */

import { type PointerEvent, useRef } from 'react'
import { useStore } from 'zustand'
import { type PinName, pins, setPin } from '../../stores/pins.ts'
import { type TimeScale, toInstant, toX } from '../time-scale.ts'
import css from './plot.module.css'

export function PinLines({ time }: { readonly time: TimeScale }) {
  const { a, b } = useStore(pins)
  return (
    <>
      <PinLine name="a" at={a} time={time} />
      <PinLine name="b" at={b} time={time} />
    </>
  )
}

interface PinLineProps {
  readonly name: PinName
  readonly at: number | undefined
  readonly time: TimeScale
}

function PinLine({ name, at, time }: PinLineProps) {
  const isHeld = useRef(false)
  if (at === undefined) return null
  const x = toX(time, at)
  if (x < -0.5 || x > time.width + 0.5) return null
  const move = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.parentElement?.parentElement?.getBoundingClientRect()
    if (isHeld.current && box) setPin(name, toInstant(time, event.clientX - box.left))
  }
  const letGo = () => {
    isHeld.current = false
  }
  return (
    <div className={css.pin} style={{ transform: `translateX(${x}px)` }} aria-hidden="true">
      <span
        className={css.flag}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          isHeld.current = true
        }}
        onPointerMove={move}
        onPointerUp={letGo}
        onPointerCancel={letGo}
      >
        {name.toUpperCase()}
      </span>
    </div>
  )
}
