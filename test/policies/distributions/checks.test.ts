import { expect, test } from 'vitest'
import { distributions, meanOf, varianceOf } from '../../../src/policies/distributions/index.ts'
import type { Chosen } from '../../../src/policies/policy.ts'
import { of } from './cases.ts'

const constant = of('constant', { value: 1 })

test.each<[Chosen, string]>([
  [of('uniform', { min: 3, max: 2 }), 'min must not be above max'],
  [of('pareto', { shape: 1, min: 3, max: 3 }), 'min must be below max'],
  [of('empirical', { values: [] }), 'values must not be empty'],
  [of('mixture', { parts: [] }), 'parts must have at least one entry with a weight above 0'],
  [
    of('mixture', { parts: [{ weight: 0, of: constant }] }),
    'parts must have at least one entry with a weight above 0',
  ],
  [
    of('mixture', {
      parts: [
        { weight: 2, of: constant },
        { weight: -1, of: constant },
      ],
    }),
    'weights must not be negative',
  ],
])('refuses %j: %s', ({ policy, params }, message) => {
  expect(distributions.get(policy).check?.(params)).toEqual([message])
})

test('an unbounded Pareto has no mean with a shape of 1, and no variance with 2', () => {
  expect(meanOf(of('pareto', { shape: 1, min: 1 }))).toBe(Infinity)
  expect(varianceOf(of('pareto', { shape: 1, min: 1 }))).toBe(Infinity)
  expect(meanOf(of('pareto', { shape: 2, min: 1 }))).toBe(2)
  expect(varianceOf(of('pareto', { shape: 2, min: 1 }))).toBe(Infinity)
})

test('a mixture with a part without a mean has none', () => {
  const parts = [
    { weight: 1, of: constant },
    { weight: 1, of: of('pareto', { shape: 1, min: 1 }) },
  ]
  expect(meanOf(of('mixture', { parts }))).toBe(Infinity)
  expect(varianceOf(of('mixture', { parts }))).toBe(Infinity)
})
