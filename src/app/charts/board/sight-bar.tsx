/** What of the run the charts show, what happened in it in figures, and the two pinned instants. */

import { Crosshair, Repeat, X, ZoomOut } from 'lucide-react'
import { useStore } from 'zustand'
import { clock, span as lengthOf } from '../../format.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { brush, lookAtAll } from '../../stores/brush.ts'
import { toggleLoop } from '../../stores/loop.ts'
import { clearPins, pins } from '../../stores/pins.ts'
import css from './sight-bar.module.css'

/** Room for the shortest stretch. */
const decimals = (length: number) => (length < 1e9 ? 3 : length < 60e9 ? 1 : 0)

export function SightBar() {
  return (
    <>
      <PinBar />
      <SpanBar />
    </>
  )
}

/** The stretch that is looked at, to play in a loop, and a way back to all of it; nothing while it is all. */
export function SpanBar() {
  const span = useStore(brush, (state) => state.span)
  const isLooped = useStore(brush, (state) => state.isLooped)
  if (!span) return null
  const length = span.to - span.from
  const digits = decimals(length)
  return (
    <span className={css.chip}>
      <span role="status">
        {clock(span.from, digits)} to {clock(span.to, digits)} <b>{lengthOf(length)}</b>
      </span>
      <IconButton label="Play it in a loop" keys="L" isPressed={isLooped} onClick={toggleLoop}>
        <Repeat size={15} aria-hidden="true" />
      </IconButton>
      <IconButton label="Show the whole run" onClick={lookAtAll}>
        <ZoomOut size={15} aria-hidden="true" />
      </IconButton>
    </span>
  )
}

function PinBar() {
  const { a, b, isSetting } = useStore(pins)
  const isPinned = a !== undefined || b !== undefined
  return (
    <>
      <button
        type="button"
        className={css.toggle}
        aria-pressed={isSetting}
        data-tip="A click on a chart sets A, then B"
        onClick={() => pins.setState({ isSetting: !isSetting })}
      >
        <Crosshair size={15} aria-hidden="true" />
        Two cursors
      </button>
      {isPinned && (
        <span className={css.chip}>
          <span>
            {a === undefined ? '' : `A ${clock(a, 1)} `}
            {b === undefined ? '' : `B ${clock(b, 1)} `}
            {a !== undefined && b !== undefined && <b>{lengthOf(Math.abs(b - a))}</b>}
          </span>
          <IconButton label="Remove the two cursors" onClick={clearPins}>
            <X size={15} aria-hidden="true" />
          </IconButton>
        </span>
      )}
    </>
  )
}
