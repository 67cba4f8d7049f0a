/** The gamma function, for the moments of distributions: (n - 1)! carried on to all numbers above 0. */

import { exp } from './exp.ts'
import { ln } from './ln.ts'

const HALF_LN_TURN = 0.9189385332046727

/**
 * Γ(x) for x > 0, to about 14 digits; Infinity above 171.6.
 *
 * Stirling's series from 12 on (the first term left out is below 10^-17), and Γ(x) = Γ(x + 1) / x below.
 */
export function gamma(x: number): number {
  let product = 1
  while (x < 12) product *= x++
  const z = 1 / (x * x)
  const series =
    (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360)))))) / x
  return exp((x - 0.5) * ln(x) - x + HALF_LN_TURN + series) / product
}
