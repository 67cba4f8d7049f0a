/**
 * What a run measured over time: columns of equal steps, each with its unit and kind, so that no chart
 * needs to know a metric by name.
 */

/** How neighbouring steps combine: counts add up, gauges average, quantiles do neither. */
export type SeriesKind = 'count' | 'rate' | 'gauge' | 'share' | 'quantile'

/** What a column is about, before it has values. */
export type ColumnHead = readonly [id: string, title: string, unit: string, kind: SeriesKind]

export interface SeriesColumn {
  /** camelCase, as in the report: `arrivalsPerSecond`. */
  readonly id: string
  readonly title: string
  /** `1/s`, `ms`, `%`, `requests`, … */
  readonly unit: string
  readonly kind: SeriesKind
  /** NaN where a step has nothing to say (no request ended in it). */
  readonly values: Float64Array
}

/** One figure of every node, step by step: values[step * nodes + node]. */
export interface NodeSeries {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly kind: SeriesKind
  readonly nodes: number
  readonly values: Float32Array
}

/** Latency counts: counts[step * bins + bin]; bin b covers bounds[b] to bounds[b + 1] ns. */
export interface HeatMap {
  readonly bounds: Float64Array
  readonly counts: Uint32Array
}

export interface RunSeries {
  /** Length of a step in ns. */
  readonly step: number
  readonly steps: number
  readonly columns: readonly SeriesColumn[]
  readonly nodes: readonly NodeSeries[]
  readonly heat: HeatMap
}

/** A change of what is true or believed, for stage and timeline. */
export interface Change {
  readonly at: number
  readonly kind: 'truth' | 'belief'
  readonly node: number
  /** Only of beliefs. */
  readonly balancer: number
  /** truth: health (see model/facts); belief: 1 ready, 0 not. */
  readonly value: number
  /** truth: work done per second of time (0 when hung, 0.2 when five times slower). */
  readonly rate: number
  /** truth: share of requests that fail. */
  readonly errors: number
  /** Requests that had failed at the node by then. */
  readonly failed?: number
}
