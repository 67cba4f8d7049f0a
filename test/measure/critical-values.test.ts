import { describe, expect, test } from 'vitest'
import { chiSquareCritical, chiSquareProbability } from '../../src/measure/theory/chi-square.ts'
import { kolmogorovCritical } from '../../src/measure/theory/kolmogorov.ts'

describe('chi-square', () => {
  test('is exponential with two degrees of freedom', () => {
    for (const x of [0.1, 1, 5, 20]) expect(chiSquareProbability(x, 2)).toBeCloseTo(1 - Math.exp(-x / 2), 13)
  })

  test('critical values match printed tables', () => {
    expect(chiSquareCritical(0.05, 1)).toBeCloseTo(3.841458821, 8)
    expect(chiSquareCritical(0.001, 9)).toBeCloseTo(27.87716487, 7)
    expect(chiSquareCritical(0.01, 99)).toBeCloseTo(134.6415988, 4)
  })
})

describe('Kolmogorov-Smirnov', () => {
  test('critical values match printed tables', () => {
    expect(kolmogorovCritical(0.05)).toBeCloseTo(1.358098639, 8)
    expect(kolmogorovCritical(0.01)).toBeCloseTo(1.627623612, 8)
  })
})
