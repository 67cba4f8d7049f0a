import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/base/stream.ts'
import { cdfOf, meanOf, samplerOf, varianceOf } from '../../../src/policies/distributions/index.ts'
import { type Figure, references } from './reference-values.ts'

const N = 400_000
const shares: Readonly<Record<string, number>> = { p10: 0.1, p50: 0.5, p90: 0.9, p99: 0.99 }

describe.each(references)('$chosen.policy $chosen.params', ({ chosen, figures }) => {
  const random = stream(2, 'references')
  const sampler = samplerOf(chosen)
  const sample = Float64Array.from({ length: N }, () => sampler(random)).sort()
  const mean = sample.reduce((sum, x) => sum + x, 0) / N
  const deviation = Math.sqrt(sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / N)

  test.each<Figure>(figures)('states its %s of %d', (name, value) => {
    const share = shares[name]
    if (share !== undefined) expect(cdfOf(chosen, value)).toBeCloseTo(share, 8)
    else {
      const own = name === 'mean' ? meanOf(chosen) : Math.sqrt(varianceOf(chosen))
      expect(Math.abs(own / value - 1)).toBeLessThan(1e-8)
    }
  })
  test.each<Figure>(figures)('draws with a %s of %d', (name, value, sigma) => {
    const share = shares[name]
    const drawn = share !== undefined ? sample[Math.ceil(share * N) - 1]! : name === 'mean' ? mean : deviation
    expect(Math.abs(drawn - value)).toBeLessThan((4 * sigma) / Math.sqrt(N))
  })
})
