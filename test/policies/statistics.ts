/** The statistics that samplers are held against; significance is 0.1 % a test, and the seeds are fixed. */

import { expect } from 'vitest'

/** Checks mean and variance to within 4 standard errors, estimated from the sample itself. */
export function expectMoments(sample: readonly number[], mean: number, variance: number): void {
  const n = sample.length
  const average = sample.reduce((sum, x) => sum + x, 0) / n
  let second = 0
  let fourth = 0
  for (const x of sample) {
    const square = (x - average) ** 2
    second += square / n
    fourth += (square * square) / n
  }
  const rounding = 1e-12 * mean
  expect(Math.abs(average - mean), 'error of the mean').toBeLessThanOrEqual(
    4 * Math.sqrt(second / n) + rounding,
  )
  expect(Math.abs(second - variance), 'error of the variance').toBeLessThanOrEqual(
    4 * Math.sqrt(Math.max(0, fourth - second * second) / n) + rounding * mean,
  )
}

/** The sample's mean is within 4 standard errors of `mean`, by the variance that the distribution states. */
export function expectMean(sample: readonly number[], mean: number, variance: number): void {
  const average = sample.reduce((sum, x) => sum + x, 0) / sample.length
  expect(Math.abs(average - mean), 'error of the mean').toBeLessThanOrEqual(
    4 * Math.sqrt(variance / sample.length),
  )
}

/** √n times the largest distance between the sample's distribution function and `cdf` (Kolmogorov–Smirnov). */
export function kolmogorov(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort()
  const n = sorted.length
  let distance = 0
  for (let i = 0, after = 0; i < n; i = after) {
    const x = sorted[i]!
    while (after < n && sorted[after] === x) after++
    const justBelow = cdf(x - 1e-9 * (Math.abs(x) || 1))
    distance = Math.max(distance, Math.abs(after / n - cdf(x)), Math.abs(i / n - justBelow))
  }
  return Math.sqrt(n) * distance
}

/** Exceeded by √n · D with probability 0.1 %. */
export const KOLMOGOROV_LIMIT = 1.95

/** Σ (observed - expected)² / expected over its 0.1 % limit: above 1 is significant. */
export function chiSquareOverLimit(observed: readonly number[], expected: readonly number[], free: number) {
  const chiSquare = observed.reduce((sum, n, i) => sum + (n - expected[i]!) ** 2 / expected[i]!, 0)
  return chiSquare / chiSquareLimit(free)
}

/** Exceeded with probability 0.1 %, by Wilson and Hilferty's approximation. */
export function chiSquareLimit(free: number): number {
  const a = 2 / (9 * free)
  return free * (1 - a + 3.0902 * Math.sqrt(a)) ** 3
}
