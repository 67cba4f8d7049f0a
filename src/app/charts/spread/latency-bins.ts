/** Latencies of a stretch of time in bins, and what follows from them: shares, tail, percentiles. */

import type { RunSeries } from '../../../measure/series.ts'
import type { TimeSpan } from '../../stores/brush.ts'

export interface LatencyBins {
  /** By bin, where it begins, and at last where they end, ms. */
  readonly bounds: Float64Array
  readonly counts: Float64Array
  readonly total: number
}

/** The bins between the first and the last that hold something; undefined when none does. */
export function latencyBins({ heat, step, steps }: RunSeries, span: TimeSpan): LatencyBins | undefined {
  const bins = heat.bounds.length - 1
  const from = Math.max(0, Math.round(span.from / step))
  const to = Math.min(steps, Math.max(from + 1, Math.round(span.to / step)))
  const all = new Float64Array(bins)
  for (let s = from; s < to; s++)
    for (let bin = 0; bin < bins; bin++) all[bin]! += heat.counts[s * bins + bin]!
  const first = all.findIndex((count) => count > 0)
  if (first < 0) return undefined
  const last = all.findLastIndex((count) => count > 0)
  return {
    bounds: heat.bounds.slice(first, last + 2).map((bound) => bound / 1e6),
    counts: all.slice(first, last + 1),
    total: all.reduce((sum, count) => sum + count, 0),
  }
}

/** Ranges to a doubling of latency. */
const RANGES = 8

/**
 * Ranges are not equally wide on a logarithmic axis; so what lies in one is told as if all were an eighth of a
 * doubling wide.
 */
export function perRange(share: number, low: number, high: number): number {
  return share / (RANGES * Math.log2(high / Math.max(low, high / 2 ** 20)))
}

/** By bound: the share of requests that took longer. */
export function tailOf({ counts, total }: LatencyBins): Float64Array {
  const tail = new Float64Array(counts.length + 1)
  for (let bin = counts.length - 1; bin >= 0; bin--) tail[bin] = tail[bin + 1]! + counts[bin]! / total
  return tail
}

/** The latency that a share of requests does not exceed, ms: evenly spread within its bin. */
export function percentile({ bounds, counts, total }: LatencyBins, share: number): number {
  let below = 0
  for (let bin = 0; bin < counts.length; bin++) {
    const inside = counts[bin]!
    if (below + inside >= share * total && inside > 0) {
      return bounds[bin]! + ((share * total - below) / inside) * (bounds[bin + 1]! - bounds[bin]!)
    }
    below += inside
  }
  return bounds.at(-1)!
}

/** The share above a latency: on a straight line between the bounds of its bin. */
export function shareAbove({ bounds }: LatencyBins, tail: Float64Array, ms: number): number {
  if (ms <= bounds[0]!) return 1
  for (let bin = 0; bin < bounds.length - 1; bin++) {
    const [low, high] = [bounds[bin]!, bounds[bin + 1]!]
    if (ms < high) return tail[bin]! + ((ms - low) / (high - low)) * (tail[bin + 1]! - tail[bin]!)
  }
  return 0
}
