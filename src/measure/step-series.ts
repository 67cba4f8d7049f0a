/**
 * The columns of a run's series, filled step by step. They are only ever written at the present step, so a
 * checkpoint need not hold them: going back means writing over.
 */

import type { Instant } from '../base/time.ts'
import { type CacheCounts, cacheColumns, writeCaches } from './caches.ts'
import { type Capacity, capacityColumns, capacityWidth, writeCapacity } from './capacity.ts'
import { type Connections, connectionColumns, writeConnections } from './connections.ts'
import { BUCKETS, bucketOf, type Histogram, lowerBound, quantile } from './histogram.ts'
import type { Layout } from './layout.ts'
import { type NodeAreas, OTHER, stepArea, USED, WAITING } from './node-areas.ts'
import type { NodeSeries, RunSeries, SeriesColumn, SeriesKind } from './series.ts'
import { histogramOf, type Tally } from './tally.ts'
import { type TierCounts, tierColumns, writeTiers } from './tier-steps.ts'

/** Buckets of the heat map: 8 an octave from 1 µs to about 1,100 s; beyond goes into the first and the last. */
const FIRST_BIN = bucketOf(1024) >> 4
const BINS = 240

/** What one step counts before it is written down. Plain data. */
export interface StepCounts {
  arrived: number
  succeeded: number
  failed: number
  rejected: number
  timedOut: number
  /** Instants at which requests settled minus those at which they came, since the step's start. */
  inSystemSum: number
}

export interface StepSeries extends RunSeries {
  /** Steps written so far; `steps` of the series handed out. */
  steps: number
}

const COLUMNS: readonly [id: string, title: string, unit: string, kind: SeriesKind][] = [
  ['arrivalsPerSecond', 'Arrivals', '1/s', 'rate'],
  ['succeededPerSecond', 'Succeeded', '1/s', 'rate'],
  ['failedPerSecond', 'Failed', '1/s', 'rate'],
  ['rejectedPerSecond', 'Rejected', '1/s', 'rate'],
  ['timedOutPerSecond', 'Timed out', '1/s', 'rate'],
  ['latencyP50Ms', 'Latency p50', 'ms', 'quantile'],
  ['latencyP90Ms', 'Latency p90', 'ms', 'quantile'],
  ['latencyP99Ms', 'Latency p99', 'ms', 'quantile'],
  ['availability', 'Availability', '', 'share'],
  ['inSystem', 'In the system', 'requests', 'gauge'],
]

const NODE_FIGURES: readonly [id: string, title: string, unit: string, kind: SeriesKind][] = [
  ['inFlight', 'At the replica', 'requests', 'gauge'],
  ['queueLength', 'Waiting', 'requests', 'gauge'],
  ['utilisation', 'Utilisation', '', 'share'],
]

const HIT_RATE: (typeof NODE_FIGURES)[number] = ['hitRate', 'Hit rate', '', 'share']

export function emptyCounts(): StepCounts {
  return { arrived: 0, succeeded: 0, failed: 0, rejected: 0, timedOut: 0, inSystemSum: 0 }
}

export function stepSeries(layout: Layout): StepSeries {
  const { step, steps } = layout
  const nodes = layout.replicas.length
  return {
    step,
    steps: 0,
    columns: [
      ...COLUMNS.map(
        ([id, title, unit, kind]): SeriesColumn => ({
          id,
          title,
          unit,
          kind,
          values: new Float64Array(steps).fill(NaN),
        }),
      ),
      ...capacityColumns(layout),
      ...tierColumns(layout),
      ...connectionColumns(layout),
      ...cacheColumns(layout),
    ],
    nodes: [...NODE_FIGURES, ...(layout.hasCache.includes(true) ? [HIT_RATE] : [])].map(
      ([id, title, unit, kind]): NodeSeries => ({
        id,
        title,
        unit,
        kind,
        nodes,
        values: new Float32Array(steps * nodes),
      }),
    ),
    heat: {
      bounds: Float64Array.from({ length: BINS + 1 }, (_, bin) => lowerBound((FIRST_BIN + bin) << 4)),
      counts: new Uint32Array(steps * BINS),
    },
  }
}

/** Writes down step `i`, which ends at `at` (the last one may be cut short). */
export function writeStep(
  series: StepSeries,
  layout: Layout,
  i: number,
  at: Instant,
  counts: StepCounts,
  inSystemArea: number,
  tally: Tally,
  areas: NodeAreas,
  ofTiers: TierCounts,
  capacity: Capacity,
  ofCaches: CacheCounts,
  ofConnections: Connections | undefined,
): void {
  const length = at - areas.stepStart
  const latency = histogramOf(tally)
  const perSecond = 1e9 / length
  const ended = counts.succeeded + counts.failed + counts.rejected + counts.timedOut
  const row = [
    counts.arrived * perSecond,
    counts.succeeded * perSecond,
    counts.failed * perSecond,
    counts.rejected * perSecond,
    counts.timedOut * perSecond,
    quantile(latency, 0.5) / 1e6,
    quantile(latency, 0.9) / 1e6,
    quantile(latency, 0.99) / 1e6,
    ended === 0 ? NaN : counts.succeeded / ended,
    inSystemArea / length,
  ]
  for (const [k, value] of row.entries()) series.columns[k]!.values[i] = value
  writeCapacity(series.columns, COLUMNS.length, i, capacity, layout, length, counts, ofTiers.sent)
  writeTiers(series.columns, COLUMNS.length + capacityWidth(layout), i, ofTiers, layout, length)
  const nodes = areas.slots.length
  const [here, waiting, utilisation, hitRate] = series.nodes
  const firstOfCaches = series.columns.length - 2 * layout.hasCache.filter((has) => has).length
  const firstOfConnections = firstOfCaches - 2 * layout.hasTransport.filter((has) => has).length
  writeConnections(series.columns, firstOfConnections, i, ofConnections, layout, length)
  writeCaches(series.columns, firstOfCaches, hitRate?.values, i, ofCaches, layout, length)
  for (let node = 0; node < nodes; node++) {
    const waits = stepArea(areas, node, WAITING, at) / length
    const used = stepArea(areas, node, USED, at) / length
    here!.values[i * nodes + node] = waits + used + stepArea(areas, node, OTHER, at) / length
    waiting!.values[i * nodes + node] = waits
    utilisation!.values[i * nodes + node] = used / areas.slots[node]!
  }
  writeHeat(series.heat.counts, i, latency)
  series.steps = i + 1
}

function writeHeat(heat: Uint32Array, i: number, latency: Histogram): void {
  heat.fill(0, i * BINS, (i + 1) * BINS)
  if (latency.total === 0) return
  const last = Math.min(BUCKETS - 1, bucketOf(latency.max))
  for (let bucket = bucketOf(latency.min); bucket <= last; bucket++) {
    const bin = Math.min(Math.max((bucket >> 4) - FIRST_BIN, 0), BINS - 1)
    heat[i * BINS + bin]! += latency.counts[bucket]!
  }
}
