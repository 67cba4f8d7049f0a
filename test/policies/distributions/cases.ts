/** Parameters for every distribution of the registry, over the range of its shapes. */

import type { Chosen, Params } from '../../../src/policies/policy.ts'

export function of(policy: string, params: Params): Chosen {
  return { policy, params }
}

export const cases: readonly Chosen[] = [
  of('constant', { value: 12e6 }),
  of('constant', { value: 0 }),
  of('uniform', { min: 2, max: 9 }),
  of('uniform', { min: 5, max: 5 }),
  of('exponential', { mean: 10e6 }),
  of('erlang', { k: 1, mean: 3 }),
  of('erlang', { k: 4, mean: 8 }),
  of('erlang', { k: 100, mean: 1e9 }),
  of('hyperexponential', { mean: 10, cv: 1 }),
  of('hyperexponential', { mean: 10, cv: 2 }),
  of('hyperexponential', { mean: 1e6, cv: 5 }),
  of('lognormal', { mean: 20, cv: 0.1 }),
  of('lognormal', { mean: 20, cv: 1.5 }),
  of('pareto', { shape: 2.5, min: 3 }),
  of('pareto', { shape: 1.5, min: 1, max: 1000 }),
  of('pareto', { shape: 1, min: 2, max: 50 }),
  of('pareto', { shape: 2, min: 2, max: 50 }),
  of('weibull', { shape: 0.5, mean: 7 }),
  of('weibull', { shape: 1.5, mean: 7 }),
  of('weibull', { shape: 10, mean: 7 }),
  of('gamma', { shape: 0.3, mean: 7 }),
  of('gamma', { shape: 1, mean: 7 }),
  of('gamma', { shape: 12.5, mean: 7 }),
  of('geometric', { mean: 1 }),
  of('geometric', { mean: 1.25 }),
  of('geometric', { mean: 40 }),
  of('empirical', { values: [3] }),
  of('empirical', { values: [9, 1, 4, 4, 25, 0] }),
  of('mixture', {
    parts: [
      { weight: 3, of: of('exponential', { mean: 2 }) },
      { weight: 1, of: of('uniform', { min: 10, max: 12 }) },
      { weight: 0, of: of('pareto', { shape: 0.5, min: 1 }) },
    ],
  }),
  of('mixture', {
    parts: [
      { weight: 0.5, of: of('constant', { value: 1 }) },
      { weight: 0.5, of: of('mixture', { parts: [{ weight: 9, of: of('geometric', { mean: 3 }) }] }) },
    ],
  }),
]
