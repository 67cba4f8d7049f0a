import { describe, expect, test } from 'vitest'
import { stream, uniform } from '../../src/base/stream.ts'
import { chiSquare, chiSquareCritical, chiSquareProbability } from '../../src/measure/theory/chi-square.ts'
import { kolmogorovCritical, kolmogorovDistance } from '../../src/measure/theory/kolmogorov.ts'

describe('chi-square', () => {
  test('is exponential with two degrees of freedom', () => {
    for (const x of [0.1, 1, 5, 20]) expect(chiSquareProbability(x, 2)).toBeCloseTo(1 - Math.exp(-x / 2), 13)
  })

  test('critical values match printed tables', () => {
    expect(chiSquareCritical(0.05, 1)).toBeCloseTo(3.841458821, 8)
    expect(chiSquareCritical(0.001, 9)).toBeCloseTo(27.87716487, 7)
    expect(chiSquareCritical(0.01, 99)).toBeCloseTo(134.6415988, 4)
  })

  test('sums squares over what was expected', () => expect(chiSquare([8, 12], [10, 10])).toBeCloseTo(0.8, 12))
})

describe('Kolmogorov-Smirnov', () => {
  test('critical values match printed tables', () => {
    expect(kolmogorovCritical(0.05)).toBeCloseTo(1.358098639, 8)
    expect(kolmogorovCritical(0.01)).toBeCloseTo(1.627623612, 8)
  })

  test('accepts a uniform sample as uniform and refuses another law', () => {
    const random = stream(1, 'kolmogorov')
    const sample = Array.from({ length: 2000 }, () => uniform(random)).sort((a, b) => a - b)
    const limit = kolmogorovCritical(0.001) / Math.sqrt(2000)
    expect(kolmogorovDistance(sample, (x) => x)).toBeLessThan(limit)
    expect(kolmogorovDistance(sample, (x) => x * x)).toBeGreaterThan(limit)
  })
})
