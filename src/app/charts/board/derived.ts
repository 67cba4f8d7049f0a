/** Columns that are made from others on the way to a chart: replicas of a tier taken together, tries for each request. */

import type { RunSeries, SeriesColumn, SeriesKind } from '../../../measure/series.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { column, nodeFigure } from '../columns.ts'

export interface Derived {
  readonly id: string
  readonly title: string
  readonly definition: string
  /** A line for each tier. */
  linesOf(
    series: RunSeries,
    scenario: Scenario,
  ): readonly { readonly title: string; readonly column: SeriesColumn }[]
}

export const DERIVED: readonly Derived[] = [
  {
    id: 'utilisation',
    title: 'Utilisation',
    definition:
      'Share of a tier’s slots that are busy, averaged over the replicas that exist and over each step.',
    linesOf: (series, scenario) => byTier(series, scenario, 'utilisation', 'mean'),
  },
  {
    id: 'atReplicas',
    title: 'In flight',
    definition: 'Requests at the replicas of a tier, waiting or served, averaged over each step.',
    linesOf: (series, scenario) => byTier(series, scenario, 'inFlight', 'sum'),
  },
  {
    id: 'queued',
    title: 'Queue',
    definition: 'Requests that wait in the queues of a tier’s replicas, averaged over each step.',
    linesOf: (series, scenario) => byTier(series, scenario, 'queueLength', 'sum'),
  },
  {
    id: 'amplification',
    title: 'Amplification',
    definition:
      'What is asked of a tier for each request that clients send: above 1 where requests are tried again, below 1 where caches or limits keep them off.',
    linesOf: (series, { tiers }) => tiers.flatMap(({ id }) => amplification(series, id)),
  },
  {
    id: 'furtherTries',
    title: 'Further tries',
    definition:
      'Tries per second that reach the first tier beyond the first of each request: retries and hedges.',
    linesOf: (series, { tiers }) => tiers.slice(0, 1).flatMap(({ id }) => further(series, id)),
  },
]

/** One figure of all replicas of each tier together. */
function byTier(series: RunSeries, { tiers }: Scenario, id: string, how: 'sum' | 'mean') {
  const figure = nodeFigure(series, id)
  if (!figure) return []
  let first = 0
  return tiers.map((tier) => {
    const from = first
    const to = from + tier.replicas.length
    first = to
    const values = new Float64Array(series.steps)
    const there = column(series, `tiers.${tier.id}.replicasPaid`)?.values
    for (let step = 0; step < series.steps; step++) {
      let sum = 0
      for (let node = from; node < to; node++) sum += figure.values[step * figure.nodes + node] || 0
      values[step] = how === 'sum' ? sum : sum / (there?.[step] || to - from)
    }
    return {
      title: tier.id,
      column: made(`${tier.id}.${id}`, figure.title, figure.unit, figure.kind, values),
    }
  })
}

function amplification(series: RunSeries, tier: string) {
  const values = besideArrivals(series, tier, (offered, arrivals) =>
    arrivals > 0 ? offered / arrivals : Number.NaN,
  )
  if (!values) return []
  return [{ title: tier, column: made(`${tier}.amplification`, 'Amplification', '×', 'gauge', values) }]
}

function further(series: RunSeries, tier: string) {
  const values = besideArrivals(series, tier, (offered, arrivals) => Math.max(0, offered - arrivals))
  if (!values) return []
  return [{ title: 'further tries', column: made('furtherTries', 'Further tries', '1/s', 'rate', values) }]
}

/** Of each step, what is made of what is asked of a tier and of what clients send; both per second. */
function besideArrivals(
  series: RunSeries,
  tier: string,
  of: (offered: number, arrivals: number) => number,
): Float64Array | undefined {
  const offered = column(series, `tiers.${tier}.offeredPerSecond`)
  const arrivals = column(series, 'arrivalsPerSecond')
  if (!offered || !arrivals) return undefined
  const values = new Float64Array(series.steps)
  for (let step = 0; step < series.steps; step++) {
    values[step] = of(offered.values[step]!, arrivals.values[step]!)
  }
  return values
}

function made(id: string, title: string, unit: string, kind: SeriesKind, values: Float64Array): SeriesColumn {
  return { id, title, unit, kind, values }
}
