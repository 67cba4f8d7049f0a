/**
 * A histogram of whole nanoseconds from 0 to 2^53: exact up to 255, then 128 buckets an octave, so that the
 * middle of a bucket is within 0.4 % of every value in it. Counts are whole numbers (exact to 2^53 in each
 * bucket), so merging is exact and the order does not matter.
 *
 * The log-linear layout is that of HdrHistogram (Gil Tene): octave in the high part of the index, a linear
 * division of the octave in the low part.
 */

import { nearestRank } from './quantile.ts'

/** Plain data: it can be cloned, stored and posted. */
export interface Histogram {
  /** By `bucketOf`. */
  readonly counts: Float64Array
  total: number
  /** Infinity while empty. */
  min: number
  /** -Infinity while empty. */
  max: number
}

/** How many buckets there are. */
export const BUCKETS = 6017

/** The bucket of a whole number from 0 to 2^53. */
export function bucketOf(value: number): number {
  // Dividing by 2^24 leaves the leading 8 bits alone: 24 octaves lower, and small enough for 32-bit integers.
  return value < 2147483648 ? smallBucket(value | 0) : 3072 + smallBucket((value * 2 ** -24) | 0)
}

/** Shifts an integer below 2^31 until its leading 8 bits are left (128 to 255); each shift is an octave. */
function smallBucket(value: number): number {
  if (value < 256) return value
  const shift = 24 - Math.clz32(value)
  return (shift << 7) + (value >>> shift)
}

/** Adds all of `from` to `into`; exact, in any order. */
export function merge(into: Histogram, from: Histogram): void {
  if (from.total === 0) return
  const last = bucketOf(from.max)
  for (let b = bucketOf(from.min); b <= last; b++) into.counts[b] = into.counts[b]! + from.counts[b]!
  into.total += from.total
  into.min = Math.min(into.min, from.min)
  into.max = Math.max(into.max, from.max)
}

/** The smallest value of a bucket; also defined for `BUCKETS`, as the end of the last one. */
export function lowerBound(bucket: number): number {
  const shift = Math.max(0, (bucket >> 7) - 1)
  return (bucket - shift * 128) * 2 ** shift
}

/** The value that stands for all of a bucket: the whole number in its middle. */
export function middle(bucket: number): number {
  const low = lowerBound(bucket)
  return low + Math.floor((lowerBound(bucket + 1) - low) / 2)
}

/**
 * The quantile by nearest rank, within 0.4 %; exact where it is the least or the greatest value, or at most
 * 255. NaN when nothing was counted.
 * @param share 0 to 1
 */
export function quantile(histogram: Histogram, share: number): number {
  const { counts, total, min, max } = histogram
  if (total === 0) return NaN
  const rank = nearestRank(share, total)
  if (rank === 1) return min
  if (rank === total) return max
  let bucket = bucketOf(min)
  for (let below = counts[bucket]!; below < rank; below += counts[bucket]!) bucket++
  return Math.min(max, Math.max(min, middle(bucket)))
}
