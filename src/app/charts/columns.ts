/** Reading a run's series: a column by its name, its value at an instant, steps merged for few pixels. */

import type { NodeSeries, RunSeries, SeriesColumn, SeriesKind } from '../../measure/series.ts'
import type { TimeSpan } from '../stores/brush.ts'

export function column(series: RunSeries, id: string): SeriesColumn | undefined {
  return series.columns.find((other) => other.id === id)
}

export function nodeFigure(series: RunSeries, id: string): NodeSeries | undefined {
  return series.nodes.find((other) => other.id === id)
}

/** The step that an instant is in; -1 when it is not computed. */
export function stepAt(series: Pick<RunSeries, 'step' | 'steps'>, at: number): number {
  const step = Math.floor(at / series.step)
  if (step === series.steps && at <= series.steps * series.step) return series.steps - 1
  return step >= 0 && step < series.steps ? step : -1
}

/** NaN where there is none. */
export function valueAt(
  series: Pick<RunSeries, 'step' | 'steps'>,
  values: ArrayLike<number> | undefined,
  at: number,
): number {
  const step = stepAt(series, at)
  return step < 0 || !values ? Number.NaN : (values[step] ?? Number.NaN)
}

/** One node's figure as a column of its own. */
export function ofNode(figure: NodeSeries, node: number, steps: number): Float64Array {
  const values = new Float64Array(steps)
  for (let step = 0; step < steps; step++) values[step] = figure.values[step * figure.nodes + node]!
  return values
}

/** Steps merged so that at most about `most` are left. */
export interface Merged {
  /** How many steps became one. */
  readonly per: number
  /** The step that the first group begins with. */
  readonly first: number
  readonly count: number
  /** Average of rates and gauges; of quantiles the highest. */
  readonly values: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

/**
 * Merges neighbouring steps so that a chart of few pixels hides no peak: `low` and `high` keep them. Groups
 * begin at multiples of their size, so that a picture does not flicker while it grows or moves.
 * @param from first step that is wanted
 */
export function merge(
  values: ArrayLike<number>,
  steps: number,
  kind: SeriesKind,
  most: number,
  from = 0,
): Merged {
  const per = Math.max(1, Math.ceil((steps - from) / Math.max(1, most)))
  const first = Math.floor(from / per) * per
  const count = Math.max(0, Math.ceil((steps - first) / per))
  const merged = { per, first, count, values: column64(count), low: column64(count), high: column64(count) }
  for (let group = 0; group < count; group++) {
    const begin = first + group * per
    const end = Math.min(steps, begin + per)
    let sum = 0
    let said = 0
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let step = begin; step < end; step++) {
      const value = values[step]!
      if (Number.isNaN(value)) continue
      sum += value
      said++
      if (value < low) low = value
      if (value > high) high = value
    }
    if (said === 0) continue
    merged.values[group] = kind === 'quantile' ? high : kind === 'count' ? sum : sum / said
    merged.low[group] = low
    merged.high[group] = high
  }
  return merged
}

/** The steps that lie in a stretch of time, and one more at each side; `to` is not among them. */
export function stepsIn(
  { step, steps }: Pick<RunSeries, 'step' | 'steps'>,
  span: TimeSpan,
): { readonly from: number; readonly to: number } {
  const from = Math.min(steps, Math.max(0, Math.floor(span.from / step) - 1))
  return { from, to: Math.max(from, Math.min(steps, Math.ceil(span.to / step) + 1)) }
}

/** The largest finite number among the first `steps`; `otherwise` when there is none. */
export function highest(values: ArrayLike<number>, steps: number, otherwise = 0): number {
  let most = Number.NEGATIVE_INFINITY
  for (let step = 0; step < steps; step++) if (values[step]! > most) most = values[step]!
  return Number.isFinite(most) ? most : otherwise
}

/** The smallest number above 0 among the first `steps`; `otherwise` when there is none. */
export function lowestAbove0(values: ArrayLike<number>, steps: number, otherwise = 0): number {
  let least = Number.POSITIVE_INFINITY
  for (let step = 0; step < steps; step++)
    if (values[step]! > 0 && values[step]! < least) least = values[step]!
  return Number.isFinite(least) ? least : otherwise
}

function column64(length: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN)
}
