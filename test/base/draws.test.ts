import { describe, expect, test } from 'vitest'
import { exponential } from '../../src/base/exponential.ts'
import { exp } from '../../src/base/maths.ts'
import { normal } from '../../src/base/normal.ts'
import { normalCdf } from '../../src/base/normal-cdf.ts'
import { type Stream, stream, uniform } from '../../src/base/stream.ts'
import { chiSquareOverLimit, expectMoments, KOLMOGOROV_LIMIT, kolmogorov } from '../policies/statistics.ts'
import { bitHash } from './bits-of.ts'

const N = 1_000_000

describe.each([
  { name: 'exponential', draw: exponential, mean: 1, cdf: (x: number) => 1 - exp(-x), hash: '819b9da2' },
  { name: 'normal', draw: normal, mean: 0, cdf: normalCdf, hash: '42eaa4d2' },
])('$name draws', ({ draw, mean, cdf, hash }) => {
  const random = stream(1, 'draws')
  const sample = Array.from({ length: N }, () => draw(random))

  test('have the right mean and a variance of 1', () => expectMoments(sample, mean, 1))
  test('follow the distribution function', () => {
    expect(kolmogorov(sample, cdf)).toBeLessThan(KOLMOGOROV_LIMIT)
  })
  test('fill a thousand equally likely bins evenly', () => {
    const bins = new Array<number>(1000).fill(0)
    for (const x of sample) bins[Math.min(999, Math.floor(cdf(x) * 1000))]!++
    expect(chiSquareOverLimit(bins, new Array(1000).fill(N / 1000), 999)).toBeLessThan(1)
  })
  test('are independent of the draw before', () => {
    let sum = 0
    for (let i = 1; i < N; i++) sum += (sample[i - 1]! - mean) * (sample[i]! - mean)
    expect(Math.abs(sum / N)).toBeLessThan(4 / Math.sqrt(N))
  })
  test('have pinned bits', () => expect(bitHash(sample.slice(0, 100_000))).toBe(hash))
  test('are the same again from the same state', () => {
    const copy = random.slice()
    const again = (from: Stream) => Array.from({ length: 10_000 }, () => draw(from))
    expect(again(copy)).toEqual(again(random))
  })
})

test('an exponential draw is above 0 and in 97.8 % of the cases takes one draw of the stream', () => {
  const random = stream(2, 'cost')
  const reference = random.slice()
  let least = Infinity
  let inStep = 0
  for (let i = 0; i < 100_000; i++) {
    uniform(reference)
    least = Math.min(least, exponential(random))
    if (random[2] === reference[2]) inStep++
    else reference.set(random)
  }
  expect(least).toBeGreaterThan(0)
  expect(inStep).toBeGreaterThan(97_500)
})

test.each([
  { name: 'exponential', draw: exponential, edges: [8, 10, 12], beyond: (x: number) => exp(-x) },
  { name: 'normal', draw: normal, edges: [3.7, 4, 4.5], beyond: (x: number) => normalCdf(-x) },
])('the $name tail beyond the last layer thins out as it should', ({ draw, edges, beyond }) => {
  const random = stream(3, 'tail')
  const counts = edges.map((edge) => ({ edge, count: 0 }))
  for (let i = 0; i < 4 * N; i++) {
    const x = draw(random)
    for (const bin of counts) if (x > bin.edge) bin.count++
  }
  for (const { edge, count } of counts) {
    const expected = 4 * N * beyond(edge)
    expect(Math.abs(count - expected), `beyond ${edge}`).toBeLessThan(4 * Math.sqrt(expected))
  }
})
