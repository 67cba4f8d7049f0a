/** Every replica: what is true of it at the playhead, what the balancers believe, and its share of the run. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { TierReport } from '../../measure/report.ts'
import { healthSpans } from '../charts/health-spans.ts'
import { percent, plain, short } from '../format.ts'
import { Term } from '../parts/term.tsx'
import type { Run } from '../stores/runs.ts'
import { shown } from '../stores/shown.ts'
import css from './figures.module.css'

/** Longer tables help nobody; the charts show them all. */
const MOST_ROWS = 200

export function ReplicaTable({
  run,
  tier,
  first,
}: {
  readonly run: Run
  readonly tier: number
  readonly first: number
}) {
  const { scenario, report, changes } = run
  const { id, replicas } = scenario.tiers[tier]!
  const nodes = scenario.tiers.reduce((sum, other) => sum + other.replicas.length, 0)
  const spans = useMemo(() => healthSpans(changes, nodes, Number.POSITIVE_INFINITY), [changes, nodes])
  const at = useStore(shown, (state) => state.playhead)
  const figures = report?.tiers[id]
  const largest = largestShare(figures)
  const isIn = (stretches: readonly { from: number; to: number }[]) =>
    stretches.some(({ from, to }) => from <= at && at < to)
  return (
    <table className={css.table}>
      <caption>
        {id} {figures && <span className={css.aside}>busiest {plain(figures.imbalance)}× the mean</span>}
      </caption>
      <thead>
        <tr>
          <th scope="col">Replica</th>
          <Column definition="What is true of the replica at the playhead.">Is</Column>
          <Column definition="What the balancers believe of it at the playhead: they act on this.">
            Believed
          </Column>
          <Column definition="Calls sent to it, of all that were sent to this tier in the whole run.">
            Share
          </Column>
          <Column definition="Share of its slots that were busy, over the whole run.">Busy</Column>
          <Column definition="Requests in its queue, averaged over the whole run.">Queue</Column>
        </tr>
      </thead>
      <tbody>
        {replicas.slice(0, MOST_ROWS).map((replica, n) => {
          const figure = figures?.replicas[replica.id]
          const span = spans[first + n]
          const down = span ? isIn(span.down) : false
          const out = span ? isIn(span.out) : false
          return (
            <tr key={replica.id} data-split={down !== out || undefined}>
              <th scope="row">{replica.id}</th>
              <td>
                <State good={!down} words={down ? 'down' : 'up'} />
              </td>
              <td>
                <State good={!out} words={out ? 'out' : 'ready'} />
              </td>
              <td className={css.share}>
                <span
                  className={css.bar}
                  style={{ width: `${figure ? (100 * figure.share) / largest : 0}%` }}
                />
                <span title={figure && `${short(figure.requests)} requests`}>
                  {percent(figure?.share ?? Number.NaN)}
                </span>
              </td>
              <td>{percent(figure?.utilisation ?? Number.NaN)}</td>
              <td>{plain(figure?.meanQueueLength ?? Number.NaN)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Column({ children, definition }: { readonly children: string; readonly definition: string }) {
  return (
    <th scope="col">
      <Term definition={definition}>{children}</Term>
    </th>
  )
}

function State({ good, words }: { readonly good: boolean; readonly words: string }) {
  return (
    <span className={css.state} data-good={good}>
      {words}
    </span>
  )
}

function largestShare(tier: TierReport | undefined): number {
  return Math.max(1e-9, ...Object.values(tier?.replicas ?? {}).map((replica) => replica.share))
}
