/**
 * The Kolmogorov-Smirnov test: how far a sample may be from the distribution it was drawn from.
 *
 * Source: Kolmogorov (1933); the limit law as alternating series, Abramowitz & Stegun style. Good for more
 * than about 50 values.
 */

import { exp } from '../../base/maths.ts'

/** The chance that √n · D exceeds `x` for a large sample of its own distribution. */
export function kolmogorovTail(x: number): number {
  if (x < 0.2) return 1
  let sum = 0
  for (let k = 1, term = 1; Math.abs(term) > 1e-17 && k < 100; k++) {
    term = (k % 2 === 1 ? 2 : -2) * exp(-2 * k * k * x * x)
    sum += term
  }
  return sum
}

/** What √n · D exceeds with probability `level`: 1.36 at 5 %, 1.63 at 1 %, 1.95 at 0.1 %. */
export function kolmogorovCritical(level: number): number {
  let low = 0.2
  let high = 10
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (kolmogorovTail(middle) > level) low = middle
    else high = middle
  }
  return high
}
