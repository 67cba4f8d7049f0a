import { describe, expect, test } from 'vitest'
import { meanOf, varianceOf } from '../../src/policies/distributions/index.ts'
import { distributionFrom } from '../../src/run/verify/distributions.ts'
import { Unfit } from '../../src/run/verify/unfit.ts'

describe('a distribution as rows write it', () => {
  test.each([
    [{ dist: 'deterministic', value: 3 }, 3, 0],
    [{ dist: 'exponential', rate: 0.5 }, 2, 4],
    [{ dist: 'erlang', k: 4, mean: 2 }, 2, 1],
    [{ dist: 'gamma', shape: 2, scale: 3 }, 6, 18],
    [{ dist: 'lognormal', mean: 2, cv: 1.5 }, 2, 9],
    [{ dist: 'lognormal', mu: -0.3465735903, sigma: 0.8325546112 }, 1, 1],
    [{ dist: 'hyperexponential2_balanced_means', mean: 1, scv: 4 }, 1, 4],
    [{ dist: 'hyperexponential', p1: 0.25, mean1: 1, mean2: 3 }, 2.5, 7.75],
    [{ dist: 'bounded_pareto', alpha: 1.5, min: 0.34, max: 340 }, 0.9877760041, 9.644613337],
    [{ dist: 'uniform', min: 0, max: 2 }, 1, 1 / 3],
    [{ dist: 'two_point', p1: 0.9, v1: 0.5, v2: 5.5 }, 1, 2.25],
    [{ dist: 'weibull', shape: 1, scale: 7 }, 7, 49],
    [5, 5, 0],
  ])('has its mean and variance: %j', (form, mean, variance) => {
    const chosen = distributionFrom(form, 10)
    expect(meanOf(chosen) / (10 * mean)).toBeCloseTo(1, 8)
    expect(varianceOf(chosen)).toBeCloseTo(100 * variance, 5)
  })

  test('may be words, with the mean said elsewhere', () => {
    expect(distributionFrom('lognormal cv=2', 1, 3)).toEqual({
      policy: 'lognormal',
      params: { mean: 3, cv: 2 },
    })
    expect(distributionFrom({ dist: 'deterministic', mean: 2 }, 1).params).toEqual({ value: 2 })
  })

  test.each([
    { dist: 'cauchy' },
    { dist: 'erlang', k: 2 },
    { mean: 1 },
    null,
    { dist: 'uniform', min: 2, max: 1 },
  ])('is refused when there is none such: %j', (form) =>
    expect(() => distributionFrom(form, 1)).toThrow(Unfit),
  )
})
