/**
 * What paired values tell of two settings that faced the same chance: is there a difference, and how many
 * more pairs would it take to be sure (Law, Simulation Modeling and Analysis, chapter 10).
 */

import { regularisedBeta } from './beta.ts'
import { type Interval, intervalFrom } from './interval.ts'
import { momentsOf, standardDeviation } from './moments.ts'
import { studentQuantile } from './student-t.ts'

/** Of a difference that is the same in every pair, rounding leaves so much spread at most. */
const ROUNDING = 1e-9

export interface PairedTest extends Interval {
  /** Standard deviation of the differences. */
  readonly sd: number
  /** Chance of a difference as large as this if there were none (two-sided, see `twoSided`); NaN below two pairs. */
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

/**
 * Student's. Differences that are all the same have no spread to hold them against; then it is the chance that
 * so many have one sign (the sign test), so that two runs that happen to agree are no proof.
 */
function twoSided(mean: number, sd: number, count: number): number {
  if (count < 2) return NaN
  if (mean === 0 && sd === 0) return 1
  if (isStill(mean, sd)) return signTest(count)
  const t = (mean / sd) * Math.sqrt(count)
  const freedom = count - 1
  return regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
}

/** No spread but that of rounding. */
function isStill(mean: number, sd: number): boolean {
  return sd <= Math.abs(mean) * ROUNDING
}

/** The chance that so many signs are all alike. */
function signTest(count: number): number {
  return 2 ** (1 - count)
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
  const isOutside = (n: number) =>
    (studentQuantile(1 - level / 2, n - 1) * sd) / Math.sqrt(n) < Math.abs(mean)
  const isEnough = (n: number) => (isStill(mean, sd) ? mean !== 0 && signTest(n) <= level : isOutside(n))
  if (!isEnough(most)) return undefined
  let [few, enough] = [1, most]
  while (enough - few > 1) {
    const middle = (few + enough) >> 1
    if (isEnough(middle)) enough = middle
    else few = middle
  }
  return enough
}
