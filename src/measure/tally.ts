/** A figure of many requests: its distribution and its moments, in constant memory. */

import { add, emptyHistogram, type Histogram, merge, quantile } from './histogram.ts'
import { addValue, emptyMoments, type Moments, mean, mergeMoments, standardDeviation } from './moments.ts'
import type { Summary } from './report.ts'

/** Plain data. Values are whole nanoseconds. */
export interface Tally {
  readonly histogram: Histogram
  readonly moments: Moments
}

export function emptyTally(): Tally {
  return { histogram: emptyHistogram(), moments: emptyMoments() }
}

export function count(tally: Tally, value: number): void {
  add(tally.histogram, value)
  addValue(tally.moments, value)
}

/** Counts `times` values of zero at once. */
export function countZeros(tally: Tally, times: number): void {
  if (times === 0) return
  const zeros = emptyTally()
  zeros.histogram.counts[0] = times
  Object.assign(zeros.histogram, { total: times, min: 0, max: 0 })
  zeros.moments.count = times
  merge(tally.histogram, zeros.histogram)
  mergeMoments(tally.moments, zeros.moments)
}

/** In milliseconds; null when nothing was counted. */
export function summaryMs(tally: Tally): Summary | null {
  const { histogram, moments } = tally
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
