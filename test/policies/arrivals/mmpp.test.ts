import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/base/time.ts'
import { arrivals } from '../../../src/policies/arrivals/index.ts'
import { KOLMOGOROV_LIMIT, kolmogorov } from '../statistics.ts'
import { countsPerWindow, instants } from './cases.ts'

const quick = { rate: 400, stay: 0.05 * SECOND }
const slow = { rate: 40, stay: 0.1 * SECOND }
const twoStates = { policy: 'mmpp', params: { states: [quick, slow], next: 'cyclic' } }

/**
 * Variance over mean of the counts in windows of `t` seconds, for two states of rates a and b that are left
 * at rates u and v (Fischer & Meier-Hellstern 1993).
 */
function dispersionOf(t: number): number {
  const [a, b] = [quick.rate, slow.rate]
  const [u, v] = [SECOND / quick.stay, SECOND / slow.stay]
  const limit = (2 * (a - b) ** 2 * u * v) / ((u + v) ** 2 * (a * v + b * u))
  return 1 + limit * (1 - (1 - Math.exp(-(u + v) * t)) / ((u + v) * t))
}

describe('two states in turn', () => {
  test.each([0.02, 0.1, 1])('are as bursty as theory says in windows of %d s', (t) => {
    const windows = 20_000
    const counts = countsPerWindow(twoStates, t * SECOND, windows * t * SECOND)
    const mean = counts.reduce((sum, n) => sum + n, 0) / windows
    const squares = counts.map((n) => (n - mean) ** 2)
    const variance = squares.reduce((sum, x) => sum + x, 0) / windows
    const fourth = squares.reduce((sum, x) => sum + x * x, 0) / windows
    // Neighbouring windows are correlated: twice the standard error of independent ones, four times.
    const error = (2 * Math.sqrt(fourth - variance ** 2)) / Math.sqrt(windows)
    expect(Math.abs(variance / mean - dispersionOf(t))).toBeLessThan((4 * error) / mean)
    expect(error / mean).toBeLessThan(0.1 * dispersionOf(t))
  })
  test('have the long-run rate that they state', () => {
    const seconds = 5000
    const count = instants(twoStates, seconds * SECOND).length
    const rate = arrivals.get('mmpp').meanRate!(twoStates.params)
    expect(rate).toBeCloseTo(160, 9)
    const sigma = Math.sqrt(dispersionOf(seconds) * rate * seconds)
    expect(Math.abs(count - rate * seconds)).toBeLessThan(4 * sigma)
  })
})

test('the states are visited equally often, in turn or at random', () => {
  const states = [
    { rate: 900, stay: 0.1 * SECOND },
    { rate: 0, stay: 0.3 * SECOND },
    { rate: 60, stay: 0.2 * SECOND },
  ]
  for (const next of ['cyclic', 'random']) {
    const params = { states, next }
    const rate = arrivals.get('mmpp').meanRate!(params)
    expect(rate).toBeCloseTo(170, 9)
    const counts = countsPerWindow({ policy: 'mmpp', params }, 10 * SECOND, 10_000 * SECOND)
    const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length
    const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / counts.length
    expect(Math.abs(mean - 10 * rate)).toBeLessThan(4 * Math.sqrt(variance / counts.length))
  }
})

test('one state alone is a Poisson process', () => {
  const states = [{ rate: 1000, stay: 0.001 * SECOND }]
  for (const next of ['cyclic', 'random']) {
    const all = instants({ policy: 'mmpp', params: { states, next } }, 50 * SECOND)
    const gaps = all.map((at, i) => at - (all[i - 1] ?? 0))
    expect(kolmogorov(gaps, (x) => 1 - Math.exp((-x * 1000) / SECOND))).toBeLessThan(KOLMOGOROV_LIMIT)
  }
})

test('it begins in the first state', () => {
  const states = [
    { rate: 0, stay: 100 * SECOND },
    { rate: 1e6, stay: SECOND },
  ]
  const seeds = Array.from({ length: 200 }, (_, seed) => seed)
  const quiet = seeds.filter((seed) => {
    return instants({ policy: 'mmpp', params: { states, next: 'cyclic' } }, SECOND, seed).length === 0
  })
  // A hundredth leaves the first state within the second.
  expect(quiet.length).toBeGreaterThan(190)
  expect(quiet.length).toBeLessThan(200)
})
