/** The event log: what happened around the playhead, row by row, with filters; a click goes there. */

import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { SpanBar } from '../../charts/board/sight-bar.tsx'
import { endedIn } from '../../charts/board/span-figures.tsx'
import { clock, grouped } from '../../format.ts'
import controls from '../../parts/controls.module.css'
import { brush, spanWithin, type TimeSpan } from '../../stores/brush.ts'
import { playhead, seek } from '../../stores/playhead.ts'
import { type DrawnLane, drawn, type Lane, type Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { firstNode, placesOf } from '../places.ts'
import { useAsked } from '../use-asked.ts'
import { EventFilters, filterOf, type LogFilter, NO_FILTER } from './event-filters.tsx'
import { EventRows } from './event-rows.tsx'
import css from './events.module.css'
import { logSlotAt } from './slot.ts'

/** Facts that are asked for at once. */
const MOST = 20_000
/** Requests that are looked through at once. */
const MOST_REQUESTS = 500_000

export default function Events({ lanes }: { readonly lanes: readonly Lane[] }) {
  const all = drawn(lanes)
  const [key, setKey] = useState('')
  const lane = all.find((one) => one.key === key) ?? all[0]
  if (!lane) return <p className={css.note}>There is no run to look into yet.</p>
  return (
    <div className={css.events}>
      {all.length > 1 && (
        <label className={css.lane}>
          Lane
          <select
            className={controls.field}
            value={lane.key}
            onChange={(event) => setKey(event.target.value)}
          >
            {all.map((one) => (
              <option key={one.key} value={one.key}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <Log lane={lane} />
    </div>
  )
}

function Log({ lane }: { readonly lane: DrawnLane }) {
  const { current: run } = lane
  const [filter, setFilter] = useState<LogFilter>(NO_FILTER)
  const places = useMemo(() => placesOf(run.scenario), [run.scenario])
  const speed = useStore(playhead, (state) => state.speed)
  const duration = useStore(playhead, (state) => Math.min(state.duration, state.frontier))
  const at = useStore(shown, (state) => state.playhead)
  const span = useStore(brush, (state) => state.span)
  const [page, setPage] = useState<{ readonly of: TimeSpan | undefined; readonly from: number }>(NO_PAGE)
  const slot = span
    ? pageOf(run, span, page.of === span ? page.from : span.from, duration)
    : logSlotAt(at, speed, duration)
  const wanted = filterOf(
    filter,
    (tier) => {
      const index = run.scenario.tiers.findIndex(({ id }) => id === tier)
      const first = firstNode(run.scenario, index)
      return [first, first + run.scenario.tiers[index]!.replicas.length - 1]
    },
    places.names,
  )
  const question = duration > 0 ? `${run.number} ${slot.from} ${slot.to} ${JSON.stringify(wanted)}` : ''
  const { answer, isAsking, failure } = useAsked(question, (engine) =>
    engine.facts(run.number, slot.from, slot.to, wanted, MOST),
  )
  const isCut = answer !== undefined && answer.to < slot.to && answer.from === slot.from
  return (
    <>
      <SpanBar />
      <EventFilters filter={filter} onChange={setFilter} scenario={run.scenario} />
      <p className={css.note} role="status">
        {failure ||
          (answer
            ? `${grouped(answer.count)} from ${clock(slot.from, 1)} to ${clock(isCut ? answer.to : slot.to, 1)}${isCut ? ' (too many for the rest)' : ''}`
            : 'Being looked up …')}
      </p>
      {answer && <EventRows facts={answer} places={places} lane={lane.key} at={at} isBusy={isAsking} />}
      {span ? (
        <Steps
          isFirst={slot.from <= span.from}
          isLast={!isCut && slot.to >= span.to}
          onEarlier={() => setPage(NO_PAGE)}
          onLater={() => answer && setPage({ of: span, from: answer.to + 1 })}
        />
      ) : (
        <Steps
          isFirst={slot.from <= 0}
          isLast={slot.to >= duration}
          onEarlier={() => seek(slot.from - 1)}
          onLater={() => seek(slot.to + 1)}
        />
      )}
    </>
  )
}

/** What was chosen on the charts, from an instant on, as much of it as can be looked through at once. */
function pageOf({ series }: Run, span: TimeSpan, from: number, duration: number): TimeSpan {
  const whole = spanWithin(span, duration)
  const { ended } = endedIn(series, whole)
  const length = (whole.to - whole.from) * Math.min(1, MOST_REQUESTS / Math.max(1, ended))
  const begin = Math.max(whole.from, Math.min(from, whole.to))
  return { from: begin, to: Math.min(whole.to, begin + Math.ceil(length)) }
}

const NO_PAGE = { of: undefined, from: 0 } as const

interface StepsProps {
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onEarlier: () => void
  readonly onLater: () => void
}

/** To the stretch before and after. */
function Steps({ isFirst, isLast, onEarlier, onLater }: StepsProps) {
  return (
    <div className={css.steps}>
      <button
        type="button"
        className={controls.button}
        aria-disabled={isFirst}
        onClick={() => isFirst || onEarlier()}
      >
        Earlier
      </button>
      <button
        type="button"
        className={controls.button}
        aria-disabled={isLast}
        onClick={() => isLast || onLater()}
      >
        Later
      </button>
    </div>
  )
}
