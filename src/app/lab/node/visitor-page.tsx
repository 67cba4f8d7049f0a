/** One visitor, by its address: its requests around the playhead, whom they met, and what became of its session. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { clock } from '../../format.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { placesOf } from '../places.ts'
import { useAsked } from '../use-asked.ts'
import css from './node.module.css'
import { RequestList } from './request-list.tsx'
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
      <RequestList rows={rows} lane={lane} places={places} at={at} />
    </article>
  )
}
