/**
 * The palette of what can happen: a chip is dragged onto a part of the stage, where it happens now, or onto the
 * timeline, where a form asks whom; pressed, it opens the same form.
 */

import { type PointerEvent, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from 'zustand'
import { toInstant } from '../charts/time-scale.ts'
import { clock } from '../format.ts'
import { playhead } from '../stores/playhead.ts'
import { drawn, runs } from '../stores/runs.ts'
import css from './faults.module.css'
import { fitting } from './fitting.ts'
import { happen } from './happen.ts'
import { KIND_ICONS } from './icons.ts'
import { HAPPENINGS, type Kind } from './kinds.ts'
import { initially } from './said.ts'
import { canHappen } from './targets.ts'
import { type Area, touch } from './touched.ts'

/** A hand that moved less has pressed, CSS pixels. */
const SLACK = 5

/** Where a chip would fall. */
type Place =
  | { readonly on: 'node'; readonly target: string; readonly area: Area }
  | { readonly on: 'timeline'; readonly at: number; readonly area: Area }

interface Drag {
  readonly kind: Kind
  readonly x: number
  readonly y: number
  readonly place: Place | undefined
}

export default function Strip() {
  const scenario = useStore(runs, ({ lanes }) => drawn(lanes)[0]?.current.scenario)
  const [drag, setDrag] = useState<Drag>()
  const from = useRef<{ x: number; y: number }>(undefined)
  const hasMoved = useRef(false)
  if (!scenario) return null
  const placeAt = (kind: Kind, x: number, y: number): Place | undefined => {
    const under = document.elementFromPoint(x, y)
    const track = under?.closest('[data-timeline]')
    if (track) {
      const { left, top, width, height } = track.getBoundingClientRect()
      const at = toInstant({ duration: playhead.getState().duration, width }, x - left)
      return { on: 'timeline', at, area: { left: x, top, width: 1, height } }
    }
    const node = under?.closest<HTMLElement>('[data-target]')
    const target = node?.dataset.target && fitting(kind, node.dataset.target, scenario)
    if (!node || !target) return undefined
    const { left, top, width, height } = node.getBoundingClientRect()
    return { on: 'node', target, area: { left, top, width, height } }
  }
  const handlers = (kind: Kind) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      from.current = { x: event.clientX, y: event.clientY }
      hasMoved.current = false
    },
    onPointerMove({ clientX: x, clientY: y }: PointerEvent<HTMLElement>) {
      if (!from.current) return
      if (!hasMoved.current && Math.hypot(x - from.current.x, y - from.current.y) < SLACK) return
      hasMoved.current = true
      setDrag({ kind, x, y, place: placeAt(kind, x, y) })
    },
    onPointerUp({ clientX: x, clientY: y }: PointerEvent<HTMLElement>) {
      from.current = undefined
      setDrag(undefined)
      if (!hasMoved.current) return
      const place = placeAt(kind, x, y)
      if (place?.on === 'node') happen(kind, initially(kind, place.target), scenario)
      else if (place) touch({ kind: 'new', what: kind.id, at: place.at }, place.area)
    },
    onPointerCancel() {
      from.current = undefined
      setDrag(undefined)
    },
    onClick(event: React.MouseEvent<HTMLElement>) {
      if (!hasMoved.current) touch({ kind: 'new', what: kind.id }, event.currentTarget)
      hasMoved.current = false
    },
  })
  return (
    <fieldset className={css.strip} aria-label="What can happen">
      <p>
        Drag one onto the stage, where it happens now, or onto the timeline; or press it to say whom and when.
      </p>
      {HAPPENINGS.filter((kind) => canHappen(kind, scenario)).map((kind) => {
        const Icon = KIND_ICONS[kind.id]
        return (
          <button
            key={kind.id}
            type="button"
            className={css.chip}
            aria-haspopup="dialog"
            data-tip={kind.summary}
            {...handlers(kind)}
          >
            {Icon && <Icon size={13} aria-hidden="true" />}
            {kind.title}
          </button>
        )
      })}
      {drag && createPortal(<Ghost drag={drag} />, document.body)}
    </fieldset>
  )
}

/** What hangs at the pointer, and a ring around where it would fall. */
function Ghost({ drag: { kind, x, y, place } }: { readonly drag: Drag }) {
  const Icon = KIND_ICONS[kind.id]
  const where = place === undefined ? '' : place.on === 'node' ? place.target : clock(place.at, 1)
  return (
    <>
      {place && <div className={css.ring} style={{ ...place.area }} />}
      <div
        className={css.ghost}
        data-fits={place !== undefined}
        style={{ transform: `translate(${x + 12}px, ${y + 12}px)` }}
      >
        {Icon && <Icon size={14} aria-hidden="true" />}
        {kind.title} {where}
      </div>
    </>
  )
}
