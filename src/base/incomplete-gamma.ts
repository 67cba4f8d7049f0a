/** The regularised incomplete gamma function, for the distributions of gamma and chi-square. */

import { exp } from './exp.ts'
import { ln } from './ln.ts'
import { lnGamma } from './ln-gamma.ts'

const MOST_TERMS = 100_000

/** P(a, z): the chance that a gamma variable of shape `a` and scale 1 is at most `z`. */
export function lowerGamma(a: number, z: number): number {
  if (!(z > 0)) return 0
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
