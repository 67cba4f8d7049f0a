/** The incomplete beta function, on the exact maths of base. */

import { lnGamma } from '../base/ln-gamma.ts'
import { exp, ln } from '../base/maths.ts'

/** The regularised incomplete beta function I_x(a, b): the chance that a beta(a, b) is at most x. */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * ln(x) + b * ln(1 - x))
  // The fraction converges fast below the mean; above it, use the mirror image.
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a
  return 1 - (front * betaFraction(1 - x, b, a)) / b
}

const TINY = 1e-300
const MOST_TERMS = 10_000

/** The continued fraction of the incomplete beta function, by Lentz's method (Abramowitz & Stegun 26.5.8). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return value
}

function away(fromZero: number): number {
  return Math.abs(fromZero) < TINY ? TINY : fromZero
}
