/**
 * Quantiles of a sample, by two of the estimators of Hyndman & Fan, "Sample quantiles in statistical
 * packages", The American Statistician 50 (1996). Reports use the nearest rank (type 1).
 */

/**
 * The rank, from 1, of the value that is at least as large as a `share` of `count` values. A product that
 * rounding has pushed just above a whole number (0.07 · 100) still counts as that number.
 */
export function nearestRank(share: number, count: number): number {
  const place = share * count
  return Math.min(count, Math.max(1, Math.ceil(place - place * 2 ** -50)))
}

/** A value of the sample: the inverse of its distribution function. NaN when it is empty. */
export function quantileOfSorted(ascending: ArrayLike<number>, share: number): number {
  return ascending.length === 0 ? NaN : ascending[nearestRank(share, ascending.length) - 1]!
}

/** Linear interpolation between neighbours (type 7, the default of R, numpy and spreadsheets). */
export function interpolatedQuantile(ascending: ArrayLike<number>, share: number): number {
  if (ascending.length === 0) return NaN
  const place = share * (ascending.length - 1)
  const below = Math.floor(place)
  const low = ascending[below]!
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!
  return low + (place - below) * (high - low)
}
