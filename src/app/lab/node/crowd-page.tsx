/** Who is there at the playhead, of one population or some of its addresses: each with its replica. */

import { useStore } from 'zustand'
import { clock, grouped } from '../../format.ts'
import { rowsAt } from '../../stage/crowd/crowd-view.ts'
import { many, wordFor } from '../../stage/crowd/crowd-words.ts'
import { useCrowd } from '../../stage/crowd/use-crowd.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { inspect, type Subject } from '../inspected.ts'
import { placesOf } from '../places.ts'
import { bearerName } from './bearer-words.ts'
import css from './node.module.css'
import { visitorName } from './visitor-rows.ts'

interface CrowdPageProps {
  readonly run: Run
  readonly lane: string
  readonly of: Extract<Subject, { readonly kind: 'crowd' }>
}

const SHOWN = 200
const CHANGES = ['', 'has moved here', 'what was known of it is gone']

export function CrowdPage({ run, lane, of: { client, first, last } }: CrowdPageProps) {
  const at = useStore(shown, (state) => state.playhead)
  const crowd = useCrowd(run)
  const population = run.scenario.clients[client]
  if (!population) return <p className={css.note}>This cluster has no such clients.</p>
  if (crowd?.run !== run.number) return <p className={css.note}>Being looked up …</p>
  const { names } = placesOf(run.scenario)
  const isHere = (row: number) =>
    crowd.client[row] === client && crowd.place[row]! >= first && crowd.place[row]! <= last
  const rows = [...rowsAt(crowd, at)]
    .filter(isHere)
    .sort((a, b) => crowd.address[a]! - crowd.address[b]! || crowd.who[a]! - crowd.who[b]!)
  const word = wordFor(population, crowd)
  return (
    <article className={css.page}>
      <header className={css.head}>
        <h2>
          {many(rows.length, word)} of {population.id}
        </h2>
      </header>
      <p className={css.note}>
        At {clock(at, 1)}
        {crowd.lookBack > 0
          ? `: addresses that asked in the last ${crowd.lookBack / 1e9} s, with the replica that they were sent to last.`
          : `, with the replica of ${run.scenario.tiers[crowd.tier]?.id} that knows them.`}
        {crowd.omitted > 0 && ` ${grouped(crowd.omitted)} more are left out.`}
      </p>
      <ol className={css.history}>
        {rows.slice(0, SHOWN).map((row) => {
          const { [row]: bearer = 0 } = crowd.who
          const { [row]: address = 0 } = crowd.address
          const { [row]: node = -1 } = crowd.node
          const { [row]: change = 0 } = crowd.change
          return (
            <li key={bearer}>
              <button
                type="button"
                className={css.time}
                onClick={() =>
                  inspect(
                    lane,
                    crowd.lookBack > 0 ? { kind: 'visitor', address } : { kind: 'session', bearer },
                  )
                }
              >
                {crowd.lookBack > 0 ? visitorName(address) : bearerName(bearer)}
              </button>
              <span className={css.state} data-good={change < 2}>
                {node < 0 ? 'not served yet' : names[node]}
              </span>
              <span className={css.by}>
                {crowd.lookBack === 0 && `from ${visitorName(address)}`}
                {crowd.place[row]! < 0 && ', behind a NAT gateway'}
                {change > 0 && `; ${CHANGES[change]}`}
              </span>
            </li>
          )
        })}
      </ol>
      {rows.length > SHOWN && <p className={css.note}>and {grouped(rows.length - SHOWN)} more</p>}
    </article>
  )
}
