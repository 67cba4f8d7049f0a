import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/base/stream.ts'
import {
  cdfOf,
  distributions,
  meanOf,
  samplerOf,
  varianceOf,
} from '../../../src/policies/distributions/index.ts'
import { expectMean, expectMoments, KOLMOGOROV_LIMIT, kolmogorov } from '../statistics.ts'
import { cases } from './cases.ts'

const N = 100_000

test('every distribution of the registry has a case here', () => {
  expect([...new Set(cases.map(({ policy }) => policy))].sort()).toEqual([...distributions.names].sort())
})

describe.each(cases)('$policy $params', (chosen) => {
  const random = stream(1, 'sample')
  const sampler = samplerOf(chosen)
  const sample = Array.from({ length: N }, () => sampler(random))

  test('passes its own check', () => {
    expect(distributions.get(chosen.policy).check?.(chosen.params) ?? []).toEqual([])
  })
  test('has the mean and the variance that it states', () => {
    // Where the fourth moment is infinite, a sample cannot say how far off its variance may be: the mean it can.
    const isHeavy = chosen.policy === 'pareto' && chosen.params.max === undefined
    if (isHeavy) expectMean(sample, meanOf(chosen), varianceOf(chosen))
    else expectMoments(sample, meanOf(chosen), varianceOf(chosen))
  })
  test('follows its distribution function', () => {
    expect(kolmogorov(sample, (x) => cdfOf(chosen, x))).toBeLessThan(KOLMOGOROV_LIMIT)
  })
  test('has a distribution function that climbs from 0 to 1', () => {
    expect(cdfOf(chosen, -1)).toBe(0)
    expect(cdfOf(chosen, 1e30)).toBeCloseTo(1, 9)
    const sorted = Float64Array.from(sample.slice(0, 1000)).sort()
    let last = 0
    for (const x of sorted) {
      expect(cdfOf(chosen, x)).toBeGreaterThanOrEqual(last)
      last = cdfOf(chosen, x)
    }
  })
  test('draws nothing below 0 and nothing infinite', () => {
    expect(sample.every((x) => x >= 0 && Number.isFinite(x))).toBe(true)
  })
  test('draws the same from the same state, however often it is compiled', () => {
    const copy = random.slice()
    const again = samplerOf(structuredClone(chosen))
    const rest = Array.from({ length: 100 }, () => sampler(random))
    expect(Array.from({ length: 100 }, () => again(copy))).toEqual(rest)
  })
})
