/** The chi-square distribution: whether counts differ from what they should be by more than chance. */

import { lowerGamma } from '../../base/incomplete-gamma.ts'

/** The probability of a sum of `freedom` squared normals of at most `x`. */
export function chiSquareProbability(x: number, freedom: number): number {
  return lowerGamma(freedom / 2, x / 2)
}

/** The value that is exceeded with probability `level` when nothing but chance is at work. */
export function chiSquareCritical(level: number, freedom: number): number {
  let high = freedom + 1
  while (chiSquareProbability(high, freedom) < 1 - level) high *= 2
  let low = 0
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (chiSquareProbability(middle, freedom) < 1 - level) low = middle
    else high = middle
  }
  return high
}
