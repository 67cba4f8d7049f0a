import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/base/stream.ts'
import { HOUR, MINUTE } from '../../../src/base/time.ts'
import { keyChoices, keySamplerOf } from '../../../src/policies/keys/index.ts'
import type { Chosen, Params } from '../../../src/policies/policy.ts'
import { chiSquareOverLimit } from '../statistics.ts'

const N = 100_000

function of(policy: string, params: Params): Chosen {
  return { policy, params }
}

function counts(chosen: Chosen, count: number, now: number): number[] {
  const random = stream(1, 'keys')
  const sampler = keySamplerOf(chosen)
  const found = new Array<number>(count).fill(0)
  for (let i = 0; i < N; i++) found[sampler(random, now)]!++
  return found
}

const cases = [
  of('uniform', { count: 1 }),
  of('uniform', { count: 50 }),
  of('zipf', { count: 50, exponent: 0.9 }),
  of('hot-set', { count: 50, hot: 5, share: 0.8, drift: 0 }),
  of('hot-set', { count: 50, hot: 5, share: 0, drift: MINUTE }),
  of('hot-set', { count: 50, hot: 5, share: 1, drift: MINUTE }),
  of('hot-set', { count: 50, hot: 50, share: 0.3, drift: MINUTE }),
]

test('every choice of the registry has a case here', () => {
  expect([...new Set(cases.map(({ policy }) => policy))].sort()).toEqual([...keyChoices.names].sort())
})

describe.each(cases)('$policy $params', (chosen) => {
  const sampler = keySamplerOf(chosen)
  const count = chosen.params.count as number

  test('draws whole numbers from 0 to count - 1 at any time of the run', () => {
    const random = stream(2, 'range')
    for (const now of [0, 1, MINUTE, 2501 * HOUR]) {
      const keys = Array.from({ length: 1000 }, () => sampler(random, now))
      expect(keys.every((key) => Number.isInteger(key) && key >= 0 && key < count)).toBe(true)
    }
  })
  test('draws the same from the same state', () => {
    const random = stream(3, 'same')
    const copy = random.slice()
    const again = keySamplerOf(structuredClone(chosen))
    for (let i = 0; i < 1000; i++) expect(again(copy, i * MINUTE)).toBe(sampler(random, i * MINUTE))
  })
})

test('uniform keys are equally likely', () => {
  const found = counts(of('uniform', { count: 50 }), 50, 0)
  expect(chiSquareOverLimit(found, new Array(50).fill(N / 50), 49)).toBeLessThan(1)
})

describe('a hot set of 5 in 50 keys with 80 % of the requests', () => {
  const chosen = of('hot-set', { count: 50, hot: 5, share: 0.8, drift: MINUTE })
  const hotFrom = (start: number) =>
    Array.from({ length: 50 }, (_, key) => ((key - start + 50) % 50 < 5 ? (N * 0.8) / 5 : (N * 0.2) / 45))

  test.each([
    ['begins with the first keys', 0, 0],
    ['has moved on by one key after a fifth of its drift', MINUTE / 5, 1],
    ['has moved on by its size after its drift', MINUTE, 5],
    ['wraps around at the last key', 9.6 * MINUTE, 48],
    ['is back where it began after ten times its drift', 10 * MINUTE, 0],
  ])('%s', (_, now, start) => {
    expect(chiSquareOverLimit(counts(chosen, 50, now), hotFrom(start), 49)).toBeLessThan(1)
  })
  test('stays where it is without drift', () => {
    const still = of('hot-set', { count: 50, hot: 5, share: 0.8, drift: 0 })
    expect(chiSquareOverLimit(counts(still, 50, HOUR), hotFrom(0), 49)).toBeLessThan(1)
  })
  test('that holds all keys is uniform', () => {
    const found = counts(of('hot-set', { count: 50, hot: 50, share: 0.1, drift: 0 }), 50, 0)
    expect(chiSquareOverLimit(found, new Array(50).fill(N / 50), 49)).toBeLessThan(1)
  })
  test('must not be larger than all keys', () => {
    const check = (hot: number) => keyChoices.get('hot-set').check?.({ count: 50, hot, share: 0.8, drift: 0 })
    expect(check(50)).toEqual([])
    expect(check(51)).toEqual(['hot must not be above count'])
  })
})
