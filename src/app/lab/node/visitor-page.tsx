/** One visitor, by its address: its requests around the playhead, whom they met, and what became of its session. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { clock, span } from '../../format.ts'
import { OUTCOMES } from '../../stage/outcomes.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { goTo, inspect } from '../inspected.ts'
import { placesOf } from '../places.ts'
import { useAsked } from '../use-asked.ts'
import css from './node.module.css'
import { VISITOR_KINDS, visitorName, visitorRows } from './visitor-rows.ts'

interface VisitorPageProps {
  readonly run: Run
  readonly lane: string
  /** As balancers see it: of visitors behind a gateway the gateway's. */
  readonly address: number
}

/** Half the stretch that is looked at, ns, and how coarsely it follows the playhead. */
const AROUND = 30e9
const EVERY = 15e9
const MOST = 4000
const SHOWN = 200

export function VisitorPage({ run, lane, address }: VisitorPageProps) {
  const places = useMemo(() => placesOf(run.scenario), [run.scenario])
  const slot = useStore(shown, (state) => Math.round(state.playhead / EVERY))
  const at = useStore(shown, (state) => state.playhead)
  const from = Math.max(0, slot * EVERY - AROUND)
  const to = slot * EVERY + AROUND
  const { answer, isAsking } = useAsked(`visitor ${run.number} ${address} ${slot}`, (engine) =>
    engine.facts(run.number, from, to, { kinds: VISITOR_KINDS, address }, MOST),
  )
  const rows = useMemo(() => (answer ? visitorRows(answer) : []), [answer])
  const name = visitorName(address)
  return (
    <article className={css.page}>
      <header className={css.head}>
        <h2>Visitor {name}</h2>
      </header>
      <p className={css.note}>
        {isAsking && !answer
          ? 'Being looked up …'
          : `${rows.length} request${rows.length === 1 ? '' : 's'} from this address between ${clock(from, 0)} and ${clock(Math.min(to, run.duration), 0)}. Whoever is behind a gateway shows the gateway’s address.`}
      </p>
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
    </article>
  )
}
