/** What lanes are compared by over time. */

import type { RunSeries, SeriesColumn } from '../../measure/series.ts'
import { column, nodeFigure } from '../charts/columns.ts'
import type { Run } from '../stores/runs.ts'

export interface Metric {
  readonly title: string
  readonly definition: string
  /** log: on the scale that the person chose for latency; share: up to 1; linear: from 0. */
  readonly scale: 'log' | 'share' | 'linear'
  columnOf(run: Run): SeriesColumn | undefined
}

const ofColumn =
  (id: string) =>
  ({ series }: Run) =>
    column(series, id)

export const METRICS: readonly Metric[] = [
  {
    title: 'Latency p99',
    definition: 'All but one in a hundred of the requests that succeeded in a step took no longer.',
    scale: 'log',
    columnOf: ofColumn('latencyP99Ms'),
  },
  {
    title: 'Latency p50',
    definition: 'Median latency of the requests that succeeded in a step.',
    scale: 'log',
    columnOf: ofColumn('latencyP50Ms'),
  },
  {
    title: 'Succeeded',
    definition: 'Requests that were answered in time and without an error, per second of simulated time.',
    scale: 'linear',
    columnOf: ofColumn('succeededPerSecond'),
  },
  {
    title: 'Availability',
    definition: 'Requests that succeeded, of all that ended in a step.',
    scale: 'share',
    columnOf: ofColumn('availability'),
  },
  {
    title: 'In the system',
    definition: 'Requests that clients wait for at once, averaged over each step.',
    scale: 'linear',
    columnOf: ofColumn('inSystem'),
  },
  {
    title: 'Imbalance',
    definition:
      'Requests at the busiest replica over the mean of its tier, averaged over each step, in the least even tier: 1 is even.',
    scale: 'linear',
    columnOf: ({ series, scenario }) =>
      imbalance(
        series,
        scenario.tiers.map(({ replicas }) => replicas.length),
      ),
  },
]

const known = new WeakMap<RunSeries, SeriesColumn>()

/** Largest over mean of what is at the replicas of a tier, step by step; NaN where nothing is. */
export function imbalance(series: RunSeries, tiers: readonly number[]): SeriesColumn | undefined {
  const inFlight = nodeFigure(series, 'inFlight')
  if (!inFlight) return undefined
  const old = known.get(series)
  if (old) return old
  const values = new Float64Array(series.steps).fill(Number.NaN)
  for (let step = 0; step < series.steps; step++) {
    let node = step * inFlight.nodes
    for (const replicas of tiers) {
      let most = 0
      let sum = 0
      for (let i = 0; i < replicas; i++) {
        const value = inFlight.values[node++]!
        sum += value
        if (value > most) most = value
      }
      if (replicas < 2 || sum === 0) continue
      const ratio = (most * replicas) / sum
      if (!(values[step]! >= ratio)) values[step] = ratio
    }
  }
  const made: SeriesColumn = { id: 'imbalance', title: 'Imbalance', unit: '', kind: 'gauge', values }
  known.set(series, made)
  return made
}

/** What a lane has more or less than the first one, step by step; NaN where one of them says nothing. */
export function difference(ours: SeriesColumn, theirs: SeriesColumn, steps: number): SeriesColumn {
  const values = new Float64Array(steps)
  for (let step = 0; step < steps; step++) values[step] = ours.values[step]! - theirs.values[step]!
  return { ...ours, values }
}
