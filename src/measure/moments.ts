/**
 * Count, mean and variance in constant memory: sums of what values exceed the first one by. The sum of
 * whole nanoseconds is exact while below 2^53 (104 days of waiting); moving the origin to the first value
 * keeps the variance from cancelling out.
 */

/** Plain data: it can be cloned, stored and posted. */
export interface Moments {
  count: number
  /** The first value that was added. */
  origin: number
  /** Sum of value - origin. */
  sum: number
  /** Sum of (value - origin)². */
  squares: number
}

export function emptyMoments(): Moments {
  return { count: 0, origin: 0, sum: 0, squares: 0 }
}

export function addValue(moments: Moments, value: number): void {
  if (moments.count++ === 0) {
    moments.origin = value
    return
  }
  const excess = value - moments.origin
  moments.sum += excess
  moments.squares += excess * excess
}

/** Adds all of `from` to `into`. */
export function mergeMoments(into: Moments, from: Moments): void {
  if (from.count === 0) return
  if (into.count === 0) {
    Object.assign(into, from)
    return
  }
  const shift = from.origin - into.origin
  into.squares += from.squares + 2 * shift * from.sum + shift * shift * from.count
  into.sum += from.sum + shift * from.count
  into.count += from.count
}

/** NaN when nothing was added. */
export function mean(moments: Moments): number {
  return moments.count === 0 ? NaN : moments.origin + moments.sum / moments.count
}

/** Of a sample (over n - 1); 0 for a single value, NaN when nothing was added. */
export function variance({ count, sum, squares }: Moments): number {
  if (count < 2) return count === 0 ? NaN : 0
  return Math.max(0, (squares - (sum * sum) / count) / (count - 1))
}

/** Standard deviation of a sample. */
export function standardDeviation(moments: Moments): number {
  return Math.sqrt(variance(moments))
}

export function momentsOf(values: Iterable<number>): Moments {
  const moments = emptyMoments()
  for (const value of values) addValue(moments, value)
  return moments
}
