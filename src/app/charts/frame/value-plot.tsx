/** A plot that is not over time: canvas, axes, and a line that reads off what is under the pointer. */

import { type KeyboardEvent, useRef, useState } from 'react'
import { Axes } from '../axes.tsx'
import { useSize } from '../use-size.ts'
import type { Plate } from './chart-data.ts'
import css from './plot.module.css'
import { useDrawing } from './use-drawing.ts'

interface ValuePlotProps {
  readonly plate: Plate
  /** What is so at a place on the axis below. @param share 0 at the left edge, 1 at the right */
  readonly read: (share: number) => string
}

const KEY_STEP = 0.01

export function ValuePlot({ plate, read }: ValuePlotProps) {
  const plot = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useSize(plot)
  const [share, setShare] = useState<number | undefined>(undefined)
  useDrawing(canvas, plate, size)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const to = { Home: 0, End: 1 }[event.key]
    if (by === undefined && to === undefined) return
    const step = KEY_STEP * (event.shiftKey ? 10 : 1)
    setShare(Math.min(1, Math.max(0, to ?? (share ?? 0.5) + by! * step)))
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={css.plot} ref={plot}>
      <Axes across={plate.across} size={size} scale={plate.scale} format={plate.format} />
      <canvas className={css.canvas} ref={canvas} />
      {share !== undefined && (
        <div
          className={css.reading}
          style={{ left: `${100 * share}%` }}
          data-side={share > 0.5 ? 'left' : 'right'}
        >
          <span>{read(share)}</span>
        </div>
      )}
      <div
        className={css.surface}
        role="slider"
        tabIndex={0}
        aria-label={`${plate.title}, cursor`}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * (share ?? 0.5))}
        aria-valuetext={read(share ?? 0.5)}
        onKeyDown={onKeyDown}
        onBlur={() => setShare(undefined)}
        onPointerMove={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect()
          if (width > 0) setShare(Math.min(1, Math.max(0, (event.clientX - left) / width)))
        }}
        onPointerLeave={() => setShare(undefined)}
      />
    </div>
  )
}
