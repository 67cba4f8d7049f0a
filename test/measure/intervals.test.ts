import { describe, expect, test } from 'vitest'
import { lnGamma } from '../../src/base/ln-gamma.ts'
import { normal } from '../../src/base/normal.ts'
import { stream } from '../../src/base/stream.ts'
import { intervalOf } from '../../src/measure/interval.ts'
import { studentProbability, studentQuantile } from '../../src/measure/student-t.ts'

describe("Student's t", () => {
  // Closed forms: Cauchy's distribution at one degree of freedom, an algebraic one at two.
  test('is exact where there is a closed form', () => {
    for (const p of [0.6, 0.9, 0.975, 0.995, 0.9995]) {
      expect(studentQuantile(p, 1) / Math.tan(Math.PI * (p - 0.5))).toBeCloseTo(1, 9)
      expect(studentQuantile(p, 2) / ((2 * p - 1) * Math.sqrt(1 / (2 * p * (1 - p))))).toBeCloseTo(1, 9)
    }
  })

  test('matches printed tables and tends to the normal distribution', () => {
    const table = [4, 9, 19, 29, 120, 1e7].map((freedom) => studentQuantile(0.975, freedom))
    const printed = [2.776445105, 2.262157163, 2.093024054, 2.045229642, 1.979930405, 1.959963985]
    table.forEach((t, i) => {
      expect(t).toBeCloseTo(printed[i]!, 6)
    })
  })

  test('the quantile undoes the probability, on both sides', () => {
    for (const freedom of [1, 1.5, 3, 10, 64, 1000]) {
      for (const p of [0.0005, 0.025, 0.3, 0.5, 0.8, 0.999]) {
        expect(studentProbability(studentQuantile(p, freedom), freedom)).toBeCloseTo(p, 11)
      }
    }
  })
})

test('the gamma function is right at whole and half numbers', () => {
  expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13)
  expect(lnGamma(1)).toBeCloseTo(0, 13)
  expect(lnGamma(11)).toBeCloseTo(Math.log(3628800), 12)
})

describe('an interval', () => {
  test('is mean ± t · s / √n', () => {
    const interval = intervalOf([10.2, 9.7, 11.1, 10.5, 9.9, 10.8, 10.1, 9.5, 10.4, 10.9])
    expect(interval.mean).toBeCloseTo(10.31, 12)
    expect(interval.halfWidth).toBeCloseTo(0.3777042313, 9)
  })

  test('from one value is without end, from none without a middle', () => {
    expect(intervalOf([3])).toEqual({ mean: 3, halfWidth: Infinity, count: 1 })
    expect(intervalOf([])).toEqual({ mean: NaN, halfWidth: Infinity, count: 0 })
  })

  test('covers the truth as often as it says', () => {
    const random = stream(3, 'coverage')
    let covered = 0
    const runs = 4000
    for (let run = 0; run < runs; run++) {
      const { mean, halfWidth } = intervalOf(Array.from({ length: 5 }, () => 7 + normal(random)))
      if (Math.abs(mean - 7) <= halfWidth) covered++
    }
    expect(Math.abs(covered / runs - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / runs))
  })
})
