/**
 * What paired values tell of two settings that faced the same chance: is there a difference, and how many
 * more pairs would it take to be sure (Law, Simulation Modeling and Analysis, chapter 10).
 */

import { regularisedBeta } from './beta.ts'
import { type Interval, intervalFrom } from './interval.ts'
import { momentsOf, standardDeviation } from './moments.ts'
import { studentQuantile } from './student-t.ts'

export interface PairedTest extends Interval {
  /** Standard deviation of the differences. */
  readonly sd: number
  /** Chance of a difference as large as this if there were none (two-sided, Student's); NaN below two pairs. */
  readonly p: number
}

/**
 * Tests `ours - theirs`, pair by pair.
 * @param theirs as many as `ours`, from the same replications
 */
export function pairedTest(
  ours: readonly number[],
  theirs: readonly number[],
  confidence = 0.95,
): PairedTest {
  const moments = momentsOf(ours.map((value, i) => value - theirs[i]!))
  const interval = intervalFrom(moments, confidence)
  const sd = standardDeviation(moments)
  return { ...interval, sd, p: twoSided(interval.mean, sd, interval.count) }
}

function twoSided(mean: number, sd: number, count: number): number {
  if (count < 2) return NaN
  if (sd === 0) return mean === 0 ? 1 : 0
  const t = (mean / sd) * Math.sqrt(count)
  const freedom = count - 1
  return regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
}

/**
 * Probabilities of many tests, raised so that all that are at most 1 - confidence hold together.
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statistics 6 (1979).
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((_, i) => i).sort((a, b) => probabilities[a]! - probabilities[b]!)
  const adjusted = probabilities.map(() => 1)
  let least = 0
  for (const [rank, i] of order.entries()) {
    least = Math.max(least, Math.min(1, probabilities[i]! * (probabilities.length - rank)))
    adjusted[i] = least
  }
  return adjusted
}

/**
 * The smallest number of pairs whose interval would leave out 0, if their mean and spread stay what they are.
 * An estimate: with so many the chance to be sure is about even.
 * @param level the two-sided probability to fall below, such as 0.05
 * @returns undefined when `most` would not do
 */
export function pairsToDecide(
  { mean, sd }: Pick<PairedTest, 'mean' | 'sd'>,
  level: number,
  most: number,
): number | undefined {
  const isEnough = (n: number) => (studentQuantile(1 - level / 2, n - 1) * sd) / Math.sqrt(n) < Math.abs(mean)
  if (!isEnough(most)) return undefined
  let [few, enough] = [1, most]
  while (enough - few > 1) {
    const middle = (few + enough) >> 1
    if (isEnough(middle)) enough = middle
    else few = middle
  }
  return enough
}
