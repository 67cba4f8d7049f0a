/** Requests of one who asked: when, what became of them, by whom, and what happened on the way. */

import { clock, span } from '../../format.ts'
import { OUTCOMES } from '../../stage/outcomes.ts'
import { goTo, inspect } from '../inspected.ts'
import type { Places } from '../places.ts'
import css from './node.module.css'
import type { VisitorRow } from './visitor-rows.ts'

interface RequestListProps {
  readonly rows: readonly VisitorRow[]
  readonly lane: string
  readonly places: Places
  /** The playhead, ns: what is born later is paler. */
  readonly at: number
}

const SHOWN = 200

export function RequestList({ rows, lane, places, at }: RequestListProps) {
  return (
    <>
      <ol className={css.history}>
        {rows.slice(0, SHOWN).map(({ request, born, key, nodes, outcome, latency, notes }) => (
          <li key={request} data-future={born > at || undefined}>
            <button type="button" className={css.time} onClick={() => goTo(born)}>
              {clock(born, 3)}
            </button>
            <span className={css.state} data-good={outcome <= 0}>
              {outcome < 0 ? 'under way' : `${OUTCOMES[outcome]?.title ?? 'ended'} after ${span(latency)}`}
            </span>
            <span className={css.by}>
              <button
                type="button"
                className={css.link}
                onClick={() => inspect(lane, { kind: 'request', request })}
              >
                request {request}
              </button>{' '}
              for key {key}
              {nodes.length > 0 && ` by ${nodes.map((node) => places.names[node] ?? '?').join(', ')}`}
              {notes.length > 0 && `; ${notes.join(', ')}`}
            </span>
          </li>
        ))}
      </ol>
      {rows.length > SHOWN && <p className={css.note}>and {rows.length - SHOWN} more</p>}
    </>
  )
}
