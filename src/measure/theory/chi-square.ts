/** The chi-square distribution: whether counts differ from what they should be by more than chance. */

import { exp, ln } from '../../base/maths.ts'
import { lnGamma } from '../beta.ts'

const MOST_TERMS = 100_000

/** The probability of a sum of `freedom` squared normals of at most `x`. */
export function chiSquareProbability(x: number, freedom: number): number {
  if (x <= 0) return 0
  const a = freedom / 2
  const z = x / 2
  const front = exp(a * ln(z) - z - lnGamma(a))
  // Abramowitz & Stegun 6.5.29 and 6.5.31
  if (z >= a + 1) return 1 - front * upperFraction(z, a)
  let term = 1 / a
  let sum = term
  for (let n = 1; n < MOST_TERMS && term > sum * 1e-17; n++) {
    term *= z / (a + n)
    sum += term
  }
  return front * sum
}

/** The continued fraction of the upper incomplete gamma function, by Lentz's method. */
function upperFraction(z: number, a: number): number {
  let b = z + 1 - a
  let c = 1e300
  let d = 1 / b
  let value = d
  for (let n = 1; n < MOST_TERMS; n++) {
    const factor = -n * (n - a)
    b += 2
    d = 1 / (b + factor * d)
    c = b + factor / c
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-16) break
  }
  return value
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

/** Σ (observed - expected)² / expected. */
export function chiSquare(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce((sum, count, i) => {
    const excess = count - expected[i]!
    return sum + (excess * excess) / expected[i]!
  }, 0)
}
