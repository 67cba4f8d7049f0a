import { expect, test } from 'vitest'
import { interpolatedQuantile, nearestRank, quantileOfSorted } from '../../src/measure/quantile.ts'

test('the nearest rank is the least that covers the share', () => {
  expect(nearestRank(0.5, 10)).toBe(5)
  expect(nearestRank(0.51, 10)).toBe(6)
  expect([nearestRank(0, 10), nearestRank(1, 10)]).toEqual([1, 10])
})

test('a rank is not one too high because of rounding', () => {
  for (let percent = 1; percent <= 100; percent++) expect(nearestRank(percent / 100, 100)).toBe(percent)
  for (let i = 1; i <= 1000; i++) expect(nearestRank(i / 1000, 1e6)).toBe(i * 1000)
})

test('quantiles are values of the sample; interpolated ones lie between two', () => {
  const fibonacci = [1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89]
  expect(quantileOfSorted(fibonacci, 0.95)).toBe(89)
  expect(interpolatedQuantile(fibonacci, 0.95)).toBe(72)
  expect(interpolatedQuantile(fibonacci, 1)).toBe(89)
})

test('nothing has no quantile', () => {
  expect(quantileOfSorted([], 0.5)).toBeNaN()
  expect(interpolatedQuantile([], 0.5)).toBeNaN()
})
