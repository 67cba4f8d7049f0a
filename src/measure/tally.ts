/** A figure of many requests: its distribution and its moments, in constant memory. */

import { BUCKETS, type Histogram, merge, quantile } from './histogram.ts'
import { emptyMoments, type Moments, mean, mergeMoments, standardDeviation } from './moments.ts'
import type { Summary } from './report.ts'

/**
 * Plain data, all in one typed array because it is added to for every request: the counts of a histogram's
 * buckets, then how many, their least and greatest, the first, the sum and the sum of squares of what the
 * others exceed it by. Values are whole nanoseconds.
 */
export type Tally = Float64Array

const COUNT = BUCKETS
const LEAST = BUCKETS + 1
const GREATEST = BUCKETS + 2
const ORIGIN = BUCKETS + 3
const SUM = BUCKETS + 4
const SQUARES = BUCKETS + 5

export function emptyTally(): Tally {
  const tally = new Float64Array(BUCKETS + 6)
  tally[LEAST] = Infinity
  tally[GREATEST] = -Infinity
  return tally
}

/** Counts a value whose bucket is known. */
export function count(tally: Tally, value: number, bucket: number): void {
  tally[bucket]!++
  if (tally[COUNT]!++ === 0) tally[ORIGIN] = value
  if (value < tally[LEAST]!) tally[LEAST] = value
  if (value > tally[GREATEST]!) tally[GREATEST] = value
  const excess = value - tally[ORIGIN]!
  tally[SUM]! += excess
  tally[SQUARES]! += excess * excess
}

/** Counts a value for its distribution only, not for mean and deviation. */
export function countBucket(tally: Tally, value: number, bucket: number): void {
  tally[bucket]!++
  tally[COUNT]!++
  if (value < tally[LEAST]!) tally[LEAST] = value
  if (value > tally[GREATEST]!) tally[GREATEST] = value
}

export function countOf(tally: Tally): number {
  return tally[COUNT]!
}

/** As a histogram; shares the counts. */
export function histogramOf(tally: Tally): Histogram {
  return {
    counts: tally.subarray(0, BUCKETS),
    total: tally[COUNT]!,
    min: tally[LEAST]!,
    max: tally[GREATEST]!,
  }
}

export function momentsOfTally(tally: Tally): Moments {
  return { count: tally[COUNT]!, origin: tally[ORIGIN]!, sum: tally[SUM]!, squares: tally[SQUARES]! }
}

/** In milliseconds, with `zeros` values of zero added; null when nothing was counted. */
export function summaryMs(tally: Tally, zeros = 0): Summary | null {
  const histogram = histogramOf(tally.slice())
  const moments = { ...momentsOfTally(tally) }
  if (zeros > 0) {
    const counts = new Float64Array(BUCKETS)
    counts[0] = zeros
    merge(histogram, { counts, total: zeros, min: 0, max: 0 })
    mergeMoments(moments, { ...emptyMoments(), count: zeros })
  }
  if (histogram.total === 0) return null
  const at = (share: number) => quantile(histogram, share) / 1e6
  return {
    mean: mean(moments) / 1e6,
    sd: standardDeviation(moments) / 1e6,
    min: histogram.min / 1e6,
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: histogram.max / 1e6,
  }
}
