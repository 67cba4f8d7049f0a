/** The logarithm of the gamma function. */

import { ln } from './ln.ts'

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]
const HALF_LN_TWO_PI = 0.9189385332046728

/**
 * ln Γ(x) for x > 0, to about 1e-14. Source: Lanczos, SIAM J. Numer. Anal. 1 (1964), with g = 7 and nine
 * terms (Godfrey's coefficients).
 */
export function lnGamma(x: number): number {
  const y = x - 1
  let series = 0.9999999999998099
  for (let i = 0; i < LANCZOS.length; i++) series += LANCZOS[i]! / (y + i + 1)
  const t = y + 7.5
  return HALF_LN_TWO_PI + (y + 0.5) * ln(t) - t + ln(series)
}
