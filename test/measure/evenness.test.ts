import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenness } from '../../src/measure/evenness.ts'

const of = (...counts: number[]) => evenness(Float64Array.from(counts), 0, counts.length)

test('equal counts are even, and so is nothing at all', () => {
  expect(of(5, 5, 5)).toEqual({ imbalance: 1, jain: 1, cv: 0 })
  expect(of(0, 0)).toEqual({ imbalance: 1, jain: 1, cv: 0 })
})

test('all at one of n is as uneven as can be', () => {
  const { imbalance, jain, cv } = of(0, 8, 0, 0)
  expect([imbalance, jain]).toEqual([4, 0.25])
  expect(cv).toBeCloseTo(Math.sqrt(3), 12)
})

test('by hand: 1, 2, 3', () => {
  const { imbalance, jain, cv } = of(1, 2, 3)
  expect(imbalance).toBe(1.5)
  expect(jain).toBeCloseTo(36 / (3 * 14), 12)
  expect(cv).toBeCloseTo(Math.sqrt(2 / 3) / 2, 12)
})

test('looks at its part only, and at any scale', () => {
  const counts = Float64Array.of(9, 1, 2, 3, 9)
  expect(evenness(counts, 1, 4)).toEqual(of(1, 2, 3))
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 }), (list) => {
      const one = of(...list)
      const doubled = of(...list.map((n) => 2 * n))
      expect(doubled.jain).toBeCloseTo(one.jain, 12)
      expect(one.imbalance).toBeGreaterThanOrEqual(1)
      expect(one.jain).toBeGreaterThanOrEqual(1 / list.length - 1e-12)
      expect(one.jain).toBeCloseTo(1 / (1 + one.cv ** 2), 9)
    }),
  )
})
