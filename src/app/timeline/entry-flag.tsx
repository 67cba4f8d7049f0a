/**
 * The flag of a timed entry: dragged along the timeline, or moved with the arrow keys; a press opens it, Delete
 * takes it out. Whatever is done to it is one step of the history.
 */

import { CircleCheck } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import type { TimedEntry } from '../../scenario/edit/entries.ts'
import { type TimeScale, toInstant, toX } from '../charts/time-scale.ts'
import { KIND_ICONS } from '../faults/icons.ts'
import { changeTimed, moveTimed, removeTimed, secondsText } from '../faults/timed.ts'
import { touch } from '../faults/touched.ts'
import { clock } from '../format.ts'
import { seek } from '../stores/playhead.ts'
import type { EntryMark } from './entry-marks.ts'
import { nudge } from './keys.ts'
import { type Mark, RUN_UP } from './marks.ts'
import css from './timeline.module.css'

/** A hand that moved less has pressed, CSS pixels. */
const SLACK = 4
/** What is dragged comes to rest at whole steps of this many pixels' time at most, ns. */
const RESTS = [1e6, 1e7, 5e7, 1e8, 5e8, 1e9]

interface EntryFlagProps {
  readonly mark: Mark
  readonly of: EntryMark
  /** CSS pixels from the left: where it happens, and where the flag stands. */
  readonly x: number
  readonly place: number
  readonly title: string
  readonly time: TimeScale
}

export default function EntryFlag({ mark, of, x, place, title, time }: EntryFlagProps) {
  const Sign = (of.part === 'start' && KIND_ICONS[of.entry.what]) || CircleCheck
  const button = useRef<HTMLButtonElement>(null)
  const start = useRef<number>(undefined)
  /** While it is dragged. */
  const [to, setTo] = useState<number>()
  const hasMoved = useRef(false)
  const instant = (event: PointerEvent) => rested(toInstant(time, x + event.clientX - start.current!), time)
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    hasMoved.current = false
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = event.clientX
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (start.current === undefined) return
    if (!hasMoved.current && Math.abs(event.clientX - start.current) < SLACK) return
    hasMoved.current = true
    setTo(instant(event))
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (start.current !== undefined && hasMoved.current) put(of, instant(event), false)
    start.current = undefined
    setTo(undefined)
  }
  const onClick = () => {
    if (hasMoved.current || !button.current) return
    seek(mark.at - RUN_UP)
    touch({ kind: 'entry', section: of.entry.section, index: of.entry.index }, button.current)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Delete' || event.key === 'Backspace') takeOut(of.entry)
    else {
      const by = nudge(event)
      if (by === undefined) return
      put(of, Math.min(time.duration, Math.max(0, mark.at + by)), true)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <li
      style={{ left: to === undefined ? place : toX(time, to) }}
      data-dragged={to !== undefined || undefined}
    >
      <button
        type="button"
        ref={button}
        className={css.flag}
        data-kind={mark.kind}
        data-held
        data-tip={to === undefined ? title : undefined}
        aria-label={title}
        aria-description="Arrow keys move it, Delete takes it out"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          start.current = undefined
          setTo(undefined)
        }}
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        <Sign size={12} strokeWidth={2.5} aria-hidden="true" />
      </button>
      {to !== undefined && <span className={css.flagTime}>{clock(to, 2)}</span>}
    </li>
  )
}

/** Puts an entry's beginning, or its end, at an instant. */
function put({ entry, part }: EntryMark, at: number, merge: boolean): void {
  const { section, index, what, target } = entry
  const name = `${what} ${target}`
  if (part === 'start') {
    moveTimed(section, index, at, name, merge)
    return
  }
  const lasts = secondsText(Math.max(1e6, at - entry.at))
  changeTimed(
    section,
    index,
    { [what === 'restart' ? 'takes' : 'for']: lasts },
    `how long “${name}” lasts`,
    merge,
  )
}

function takeOut({ section, index, what, target }: TimedEntry): void {
  removeTimed(section, index, `${what} ${target}`)
}

/** A round instant, as far as a pixel can tell. */
function rested(at: number, { duration, width }: TimeScale): number {
  const pixel = width > 0 ? duration / width : 1
  const rest = RESTS.findLast((one) => one <= 2 * pixel) ?? RESTS[0]!
  return Math.min(duration, Math.round(at / rest) * rest)
}
