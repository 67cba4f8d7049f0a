import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/base/stream.ts'
import { keySamplerOf } from '../../../src/policies/keys/index.ts'
import { chiSquareOverLimit } from '../statistics.ts'

/** Σ 1 / k^s for k = from … to: term by term up to 1000, by Euler and Maclaurin's formula beyond. */
function harmonic(from: number, to: number, s: number): number {
  let sum = 0
  const direct = Math.min(to, Math.max(from - 1, 1000))
  for (let k = from; k <= direct; k++) sum += k ** -s
  if (direct >= to) return sum
  const [a, b] = [direct, to]
  const area = Math.abs(s - 1) < 1e-12 ? Math.log(b / a) : (b ** (1 - s) - a ** (1 - s)) / (1 - s)
  return sum + area + (b ** -s - a ** -s) / 2 - (s / 12) * (b ** (-s - 1) - a ** (-s - 1))
}

/** Upper bounds of bins: each of the first keys by itself, then ever wider ones. */
function binEnds(count: number): number[] {
  const ends: number[] = []
  for (let end = 1; end < count; end = end < 12 ? end + 1 : Math.ceil(end * 1.4)) ends.push(end)
  return [...ends, count]
}

const N = 200_000

/** Draws, and compares the counts in bins of at least 20 expected draws. */
function chiSquare(count: number, exponent: number): number {
  const random = stream(1, `zipf ${count} ${exponent}`)
  const sampler = keySamplerOf({ policy: 'zipf', params: { count, exponent } })
  const drawn = Float64Array.from({ length: N }, () => sampler(random, 0) + 1).sort()
  const total = harmonic(1, count, exponent)
  const [observed, expected] = [[0], [0]]
  let [from, next] = [1, 0]
  for (const end of binEnds(count)) {
    if (expected.at(-1)! >= 20) {
      observed.push(0)
      expected.push(0)
    }
    expected[expected.length - 1]! += (N * harmonic(from, end, exponent)) / total
    for (; next < N && drawn[next]! <= end; next++) observed[observed.length - 1]!++
    from = end + 1
  }
  expect(next, 'draws between 0 and count - 1').toBe(N)
  if (expected.length > 1 && expected.at(-1)! < 20) {
    observed.push(observed.pop()! + observed.pop()!)
    expected.push(expected.pop()! + expected.pop()!)
  }
  if (expected.length === 1) return 0
  return chiSquareOverLimit(observed, expected, expected.length - 1)
}

describe.each([0, 0.5, 0.9, 1, 1.2, 2, 5])('with an exponent of %d', (exponent) => {
  test.each([1, 2, 3, 10, 1000, 100_000, 10_000_000])(
    '%d keys are drawn as often as they should',
    (count) => {
      expect(chiSquare(count, exponent)).toBeLessThan(1)
    },
  )
})

test('an exponent next to 1 is no trap', () => {
  for (const exponent of [1 - 1e-9, 1 + 1e-9, 1 - 1e-16, 1 + 2e-16]) {
    expect(chiSquare(100_000, exponent), `1 + ${exponent - 1}`).toBeLessThan(1)
  }
})

// Reference values (group "statistics"): probability, standard error of one draw.
test.each([
  [100, 1, 1, 0.192775636, 0.3944783773],
  [100, 1, 2, 0.09638781799, 0.2951223586],
  [100, 1, 10, 0.0192775636, 0.1374988696],
  [1000, 0.8, 1, 0.06464203344, 0.2458931495],
  [1000, 0.8, 2, 0.03712709874, 0.1890732061],
  [1000, 0.8, 10, 0.01024507187, 0.1006981151],
])('of %d keys with exponent %d, number %d has probability %d', (count, exponent, rank, share, sigma) => {
  const random = stream(2, 'zipf')
  const sampler = keySamplerOf({ policy: 'zipf', params: { count, exponent } })
  let hits = 0
  for (let i = 0; i < N; i++) if (sampler(random, 0) === rank - 1) hits++
  expect(Math.abs(hits / N - share)).toBeLessThan((4 * sigma) / Math.sqrt(N))
})

test('a billion keys need no table, and the coldest are drawn too', () => {
  const random = stream(3, 'zipf')
  const sampler = keySamplerOf({ policy: 'zipf', params: { count: 1e9, exponent: 0.9 } })
  const keys = Array.from({ length: N }, () => sampler(random, 0))
  const cold = keys.filter((key) => key > 5e8)
  const share = harmonic(5e8 + 1, 1e9, 0.9) / harmonic(1, 1e9, 0.9)
  expect(Math.abs(cold.length / N - share)).toBeLessThan(4 * Math.sqrt(share / N))
  expect(new Set(cold).size).toBeGreaterThan(0.999 * cold.length)
  expect(new Set(cold.map((key) => key % 10)).size).toBe(10)
})
