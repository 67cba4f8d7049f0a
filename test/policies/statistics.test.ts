import { expect, test } from 'vitest'
import { chiSquareLimit, chiSquareOverLimit, kolmogorov } from './statistics.ts'

test.each([
  [9, 27.87716487],
  [19, 43.82019596],
  [99, 148.2303592],
])('the limit of chi-square with %d degrees of freedom is right within 1 %%', (free, limit) => {
  expect(Math.abs(chiSquareLimit(free) / limit - 1)).toBeLessThan(0.01)
})

test('a sample from another distribution is found out', () => {
  const squares = Array.from({ length: 1000 }, (_, i) => ((i + 0.5) / 1000) ** 1.2)
  expect(kolmogorov(squares, (x) => x)).toBeGreaterThan(1.95)
  expect(chiSquareOverLimit([480, 520, 580, 420], [500, 500, 500, 500], 3)).toBeGreaterThan(1)
})
