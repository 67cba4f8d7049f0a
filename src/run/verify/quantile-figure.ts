/**
 * Quantiles of a sample, exact (by sorting), with their uncertainty: the share of requests below the measured
 * quantile differs from batch to batch, and that spread is carried over to the quantile itself.
 */

import { quantileOfSorted } from '../../measure/quantile.ts'
import { batchInterval } from './batch-interval.ts'
import { places } from './figures.ts'
import type { Sample } from './sample.ts'
import { UNIT } from './units.ts'
import { type Measured, STANDARD_ERRORS } from './verdict.ts'

export interface QuantileName {
  /** 0 to 1. */
  readonly share: number
  readonly of: 'sojourn' | 'wait'
}

/** Reads `p95_sojourn`, `p999_wait`, `p50_sojourn_accepted`, `p95_end_to_end_sojourn`. */
export function quantileNamed(name: string): QuantileName | undefined {
  const match = /^p(\d{1,5})_(?:end_to_end_)?(sojourn|wait)(?:_accepted)?$/.exec(name)
  if (!match) return undefined
  const [, digits = '', of] = match
  return { share: Number(digits) / 10 ** Math.max(2, digits.length), of: of as 'sojourn' | 'wait' }
}

/** @param ascending the succeeded requests' values, sorted */
export function measureQuantile(
  sample: Sample,
  { share, of }: QuantileName,
  ascending: Float64Array,
): Measured {
  const at = (p: number) => quantileOfSorted(ascending, Math.min(1, Math.max(0, p))) / UNIT
  const value = at(share)
  const { error } = batchInterval((batch) => shareBelow(sample, of, value * UNIT, batch))
  return {
    value,
    n: sample.n,
    error: (at(share + error) - at(share - error)) / 2,
    low: at(share - 2 * error),
    high: at(share + 2 * error),
    around: [at(share - STANDARD_ERRORS * error), at(share + STANDARD_ERRORS * error)],
  }
}

/** The succeeded requests' values, ascending. */
export function sorted(sample: Sample, of: QuantileName['of']): Float64Array {
  return sample[of].filter((_, i) => !Number.isNaN(sample.sojourn[i]!)).sort()
}

function shareBelow(sample: Sample, of: QuantileName['of'], limit: number, batch: number): number {
  const [first, last] = places(sample, batch, batch + 1)
  let below = 0
  let count = 0
  for (let i = first; i < last; i++) {
    if (Number.isNaN(sample.sojourn[i]!)) continue
    count++
    if (sample[of][i]! <= limit) below++
  }
  return count === 0 ? NaN : below / count
}
