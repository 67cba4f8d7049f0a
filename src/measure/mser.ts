/**
 * MSER-5: how much of a series belongs to the warm-up. It leaves out as many batches of five as make the
 * estimate of the mean most precise: those that minimise Σ(Zj - mean)² / (k - d)² over the batches kept.
 *
 * Source: White, "An effective truncation heuristic for bias reduction in simulation output", Simulation 69
 * (1997); White, Cobb & Spratt, "A comparison of five steady-state truncation heuristics", WSC 2000.
 */

import { type Batches, batchMeans, batchMeansOf } from './batch-means.ts'

export const MSER_BATCH = 5

export interface Truncation {
  /** Observations to leave out. */
  readonly truncated: number
  /** The mean of the whole batches that remain; NaN when there is none. */
  readonly mean: number
  /**
   * False when as much as is ever tried was left out (half): the series is then too short to tell its
   * warm-up from its noise.
   */
  readonly isSettled: boolean
}

/** MSER-5 of a series; observations after the last whole batch of five are not looked at. */
export function mser5(series: ArrayLike<number>): Truncation {
  return truncationOf(batchMeansOf(series, Math.floor(series.length / MSER_BATCH), MSER_BATCH), MSER_BATCH)
}

/**
 * MSER of a series that was too long to be kept: on the means of its batches, so that the cut falls between
 * two of them. Equal to `mser5` while the batches are those of `emptyBatches(most, MSER_BATCH)` unjoined.
 */
export function mserOfBatches(batches: Batches): Truncation {
  return truncationOf(batchMeans(batches), batches.size)
}

function truncationOf(means: readonly number[], size: number): Truncation {
  const best = batchesToCut(means)
  const kept = means.slice(best)
  const isSettled = best < Math.floor(means.length / 2)
  return { truncated: best * size, mean: kept.reduce((sum, z) => sum + z, 0) / kept.length, isSettled }
}

/** How many of the first values to leave out, at most half of them; the first of equally good places. */
function batchesToCut(means: readonly number[]): number {
  const half = Math.floor(means.length / 2)
  let best = 0
  let least = Infinity
  // From the end, so that mean and sum of squares of what is kept grow by one value at a time (Welford).
  let mean = 0
  let squares = 0
  for (let d = means.length - 1; d >= 0; d--) {
    const kept = means.length - d
    const excess = means[d]! - mean
    mean += excess / kept
    squares += excess * (means[d]! - mean)
    const error = squares / (kept * kept)
    if (d <= half && error <= least) {
      least = error
      best = d
    }
  }
  return best
}
