import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  emptyMoments,
  mean,
  mergeMoments,
  momentsOf,
  standardDeviation,
  variance,
} from '../../src/measure/moments.ts'

const list = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 2, maxLength: 200 })

function varianceInTwoPasses(values: readonly number[]): number {
  const centre = values.reduce((sum, x) => sum + x, 0) / values.length
  return values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (values.length - 1)
}

test('mean and variance are those of two passes over the values', () => {
  fc.assert(
    fc.property(list, (values) => {
      const moments = momentsOf(values)
      expect(mean(moments)).toBeCloseTo(values.reduce((sum, x) => sum + x, 0) / values.length, 6)
      const exact = varianceInTwoPasses(values)
      expect(Math.abs(variance(moments) - exact)).toBeLessThanOrEqual(exact * 1e-9)
    }),
  )
})

test('a small spread far from 0 is not lost', () => {
  const hour = 3600e9
  expect(standardDeviation(momentsOf([hour + 1, hour + 2, hour + 3, hour + 4]))).toBeCloseTo(1.2909944487, 9)
})

test('the sum of whole nanoseconds is exact', () => {
  const moments = momentsOf([3, 2 ** 52, 1])
  expect(moments.origin * moments.count + moments.sum).toBe(2 ** 52 + 4)
})

test('merging gives the moments of all values together', () => {
  fc.assert(
    fc.property(list, list, (ours, theirs) => {
      const merged = emptyMoments()
      mergeMoments(merged, momentsOf(ours))
      mergeMoments(merged, momentsOf(theirs))
      mergeMoments(merged, emptyMoments())
      const together = momentsOf([...ours, ...theirs])
      expect(merged.count).toBe(together.count)
      expect(mean(merged)).toBeCloseTo(mean(together), 6)
      expect(Math.abs(variance(merged) - variance(together))).toBeLessThanOrEqual(variance(together) * 1e-9)
    }),
  )
})

test('nothing has no mean and no variance; one value has variance 0', () => {
  expect([mean(emptyMoments()), variance(emptyMoments())]).toEqual([NaN, NaN])
  expect(variance(momentsOf([7]))).toBe(0)
})
