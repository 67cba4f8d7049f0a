/**
 * The columns of a run's series, filled step by step. They are only ever written at the present step, so a
 * checkpoint need not hold them: going back means writing over.
 */

import type { Instant } from '../base/time.ts'
import { type CacheCounts, cacheColumns, writeCaches } from './caches.ts'
import { type Capacity, capacityColumns, writeCapacity } from './capacity.ts'
import { type Classes, classColumns, writeClasses } from './classes.ts'
import { type ClientCacheCounts, clientCacheColumns, writeClientCaches } from './client-caches.ts'
import { type Connections, connectionColumns, writeConnections } from './connections.ts'
import { BUCKETS, bucketOf, type Histogram, lowerBound, quantile } from './histogram.ts'
import type { Layout } from './layout.ts'
import { type NodeAreas, OTHER, stepArea, stepSlots, USED, WAITING } from './node-areas.ts'
import { type Populations, populationColumns, writePopulations } from './populations.ts'
import type { ColumnHead, NodeSeries, RunSeries, SeriesColumn } from './series.ts'
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

/** What a step has counted, by what it is about. */
export interface Stepped {
  readonly counts: StepCounts
  readonly stepLatency: Tally
  readonly areas: NodeAreas
  readonly tierCounts: TierCounts
  readonly capacity: Capacity
  readonly connections: Connections | undefined
  readonly populations: Populations | undefined
  readonly classes: Classes | undefined
  readonly caches: CacheCounts
  readonly clientCaches: ClientCacheCounts | undefined
}

export interface StepSeries extends RunSeries {
  /** Where the columns of each part begin, in the order of `partsOf`. */
  readonly firsts: readonly number[]
  /** Steps written so far; `steps` of the series handed out. */
  steps: number
}

const COLUMNS: readonly ColumnHead[] = [
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

const NODE_FIGURES: readonly ColumnHead[] = [
  ['inFlight', 'At the replica', 'requests', 'gauge'],
  ['queueLength', 'Waiting', 'requests', 'gauge'],
  ['utilisation', 'Utilisation', '', 'share'],
]

const HIT_RATE: ColumnHead = ['hitRate', 'Hit rate', '', 'share']

export function emptyCounts(): StepCounts {
  return { arrived: 0, succeeded: 0, failed: 0, rejected: 0, timedOut: 0, inSystemSum: 0 }
}

export function stepSeries(layout: Layout): StepSeries {
  const { step, steps } = layout
  const nodes = layout.replicas.length
  const parts = partsOf(layout)
  return {
    step,
    steps: 0,
    columns: parts.flat(),
    firsts: parts.map((_, part) => parts.slice(0, part).flat().length),
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

function partsOf(layout: Layout): readonly (readonly SeriesColumn[])[] {
  return [
    COLUMNS.map(([id, title, unit, kind]): SeriesColumn => {
      return { id, title, unit, kind, values: new Float64Array(layout.steps).fill(NaN) }
    }),
    capacityColumns(layout),
    tierColumns(layout),
    connectionColumns(layout),
    populationColumns(layout),
    classColumns(layout),
    cacheColumns(layout),
    clientCacheColumns(layout),
  ]
}

/** Writes down step `i`, which ends at `at` (the last one may be cut short). */
export function writeStep(
  series: StepSeries,
  layout: Layout,
  i: number,
  at: Instant,
  counted: Stepped,
  inSystemArea: number,
): void {
  const { counts, areas } = counted
  const length = at - areas.stepStart
  const latency = histogramOf(counted.stepLatency)
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
  const { columns, firsts } = series
  for (const [k, value] of row.entries()) columns[k]!.values[i] = value
  const nodes = areas.slots.length
  const [here, waiting, utilisation, hitRate] = series.nodes
  const [, ofCapacity, ofTiers, ofConnections, ofPopulations, ofClasses, ofCaches, ofClientCaches] = firsts
  const { capacity, tierCounts, connections, populations, classes, caches, clientCaches } = counted
  writeCapacity(columns, ofCapacity!, i, capacity, layout, length, counts, tierCounts.sent)
  writeTiers(columns, ofTiers!, i, tierCounts, layout, length)
  writeConnections(columns, ofConnections!, i, connections, layout, length)
  writePopulations(columns, ofPopulations!, i, populations, layout, length)
  writeClasses(columns, ofClasses!, i, classes, length)
  writeCaches(columns, ofCaches!, hitRate?.values, i, caches, layout, length)
  writeClientCaches(columns, ofClientCaches!, i, clientCaches)
  for (let node = 0; node < nodes; node++) {
    const waits = stepArea(areas, node, WAITING, at) / length
    const used = stepArea(areas, node, USED, at) / length
    here!.values[i * nodes + node] = waits + used + stepArea(areas, node, OTHER, at) / length
    waiting!.values[i * nodes + node] = waits
    utilisation!.values[i * nodes + node] = used / stepSlots(areas, node, length)
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
