/**
 * ln(1 + x) / x and (e^x - 1) / x, which lose all their digits near 0 when written out, and are 1 at 0.
 *
 * Source: Kahan's remedy (in Higham, "Accuracy and Stability of Numerical Algorithms", 1.14.1): the rounding
 * error of 1 + x, or of e^x, is made in numerator and denominator alike, and cancels.
 */

import { exp } from './exp.ts'
import { ln } from './ln.ts'

/** ln(1 + x) / x for x > -1. */
export function lnOnePlusOver(x: number): number {
  const y = 1 + x
  if (y === 1) return 1
  return Math.abs(x) < 0.5 ? ln(y) / (y - 1) : ln(y) / x
}

/** (e^x - 1) / x. */
export function expMinusOneOver(x: number): number {
  const y = exp(x)
  if (y === 1) return 1
  return Math.abs(x) < 0.5 ? (y - 1) / ln(y) : (y - 1) / x
}
