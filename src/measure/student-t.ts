/** Student's t distribution: how wide an interval from a few values must be. Accurate to about 1e-10. */

import { lnGamma } from '../base/ln-gamma.ts'
import { exp, ln } from '../base/maths.ts'
import { regularisedBeta } from './beta.ts'

/** The probability of a value of at most `t` with `freedom` > 0 degrees. */
export function studentProbability(t: number, freedom: number): number {
  const upper = regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
  return t > 0 ? 1 - upper : upper
}

/**
 * The value that is not exceeded with `probability` (above 0, below 1).
 *
 * Newton's method from 0: the distribution function is concave above 0, so that no step overshoots.
 */
export function studentQuantile(probability: number, freedom: number): number {
  if (probability < 0.5) return -studentQuantile(1 - probability, freedom)
  const scale = exp(lnGamma((freedom + 1) / 2) - lnGamma(freedom / 2)) / Math.sqrt(freedom * Math.PI)
  const density = (t: number) => scale * exp((-(freedom + 1) / 2) * ln(1 + (t * t) / freedom))
  let t = 0
  for (;;) {
    const next = t + (probability - studentProbability(t, freedom)) / density(t)
    if (!(next > t * (1 + 1e-14))) return t
    t = next
  }
}
