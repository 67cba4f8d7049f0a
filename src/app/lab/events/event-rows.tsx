/**
 * The rows of the log: only those in sight are made. One stop of the Tab key; arrows move through it, Enter
 * opens the request or the replica of the row.
 */

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { FactColumns } from '../../../worker/protocol.ts'
import { clock } from '../../format.ts'
import { goTo, inspect } from '../inspected.ts'
import type { Places } from '../places.ts'
import { type EventRow, eventOf } from './event-words.ts'
import css from './events.module.css'
import { rowAt } from './slot.ts'

const ROW = 24
const BEYOND = 8

interface EventRowsProps {
  readonly facts: FactColumns
  readonly places: Places
  readonly lane: string
  /** The playhead. */
  readonly at: number
  readonly isBusy: boolean
}

export function EventRows({ facts, places, lane, at, isBusy }: EventRowsProps) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(400)
  const now = rowAt(facts.at, at)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  // It follows the playhead, a third of the way down.
  useEffect(() => {
    const element = box.current
    if (!element || now < 0) return
    const place = now * ROW
    const isInSight = place >= element.scrollTop && place + ROW <= element.scrollTop + element.clientHeight
    if (!isInSight) element.scrollTop = place - element.clientHeight / 3
  }, [now])
  const first = Math.max(0, Math.floor(top / ROW) - BEYOND)
  const last = Math.min(facts.count, Math.ceil((top + height) / ROW) + BEYOND)
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => eventOf(facts, first + i, places))

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(height / ROW) - 1)
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key]
    if (step !== undefined) {
      const next = Math.min(facts.count - 1, Math.max(0, now + step))
      if (next >= 0) goTo(instantOf(facts, next, step))
    } else if (event.key === 'Enter' && now >= 0) open(lane, eventOf(facts, now, places))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  if (facts.count === 0) return <p className={css.none}>Nothing like that happens here.</p>
  return (
    <div
      ref={box}
      className={css.rows}
      role="listbox"
      tabIndex={0}
      aria-label="Events"
      aria-busy={isBusy}
      aria-activedescendant={now >= first && now < last ? `${id}-${now}` : undefined}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: facts.count * ROW }}>
        {rows.map((row, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the list, which keeps the focus
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            key={first + i}
            id={`${id}-${first + i}`}
            className={css.row}
            role="option"
            tabIndex={-1}
            aria-selected={first + i === now}
            aria-posinset={first + i + 1}
            aria-setsize={facts.count}
            data-failure={row.isFailure || undefined}
            data-future={row.at > at || undefined}
            style={{ top: (first + i) * ROW }}
            onClick={({ target }) => {
              if (target instanceof Element && target.closest('[data-open]')) open(lane, row)
              else goTo(row.at)
            }}
            onDoubleClick={() => open(lane, row)}
          >
            <span className={css.at}>{clock(row.at, 6)}</span>
            <span className={css.who}>
              {row.request >= 0 && (
                <span className={css.link} data-open data-tip="Ask why">
                  {row.request}
                </span>
              )}
            </span>
            <span className={css.text}>{row.text}</span>
          </div>
        ))}
      </div>
    </div>
  )
}

/** The instant of a row; of several at one instant, those that the step would not leave are passed. */
function instantOf({ at, count }: FactColumns, row: number, step: number): number {
  const here = at[row]!
  if (Math.abs(step) !== 1) return here
  const before = at[row - step]
  if (step > 0 || before !== here) return here
  // Upwards out of a group of equals.
  let next = row
  while (next > 0 && at[next] === here) next--
  return at[Math.min(count - 1, next)]!
}

function open(lane: string, { request, node, at }: EventRow): void {
  goTo(at)
  if (request >= 0) inspect(lane, { kind: 'request', request })
  else if (node >= 0) inspect(lane, { kind: 'replica', node })
}
