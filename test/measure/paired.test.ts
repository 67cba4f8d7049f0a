import { describe, expect, test } from 'vitest'
import { holm, pairedTest, pairsToDecide } from '../../src/measure/paired.ts'

describe('a paired test', () => {
  test('of five pairs is Student’s of their differences', () => {
    const { mean, sd, halfWidth, count, p } = pairedTest([11, 22, 33, 44, 55], [10, 20, 30, 40, 50])
    expect({ mean, count }).toEqual({ mean: 3, count: 5 })
    expect(sd).toBeCloseTo(Math.sqrt(2.5), 12)
    // 2.7764451051977987: the 97.5 % quantile with four degrees of freedom.
    expect(halfWidth).toBeCloseTo(2.7764451051977987 * Math.sqrt(0.5), 8)
    // With four degrees the distribution has a closed form: 1/2 + 3/8 · u · (1 - u²/12), u = t / √(1 + t²/4).
    const u = Math.sqrt(18 / 5.5)
    expect(p).toBeCloseTo(1 - (3 / 4) * u * (1 - (u * u) / 12), 10)
  })

  test('leaves 0 out of its interval exactly when its probability is below the level', () => {
    for (const shift of [0, 0.5, 1, 1.5, 2, 3]) {
      const { mean, halfWidth, p } = pairedTest([1 + shift, 2, 3.5 + shift, 3, 5 + shift], [1, 2.5, 3, 4, 5])
      expect(Math.abs(mean) > halfWidth).toBe(p < 0.05)
    }
  })

  test('does not care about what both sides have in common', () => {
    const noise = [812, -93, 4711, 0, 377]
    const plain = pairedTest([1, 2, 4, 8, 16], [2, 2, 3, 5, 8])
    const moved = pairedTest(
      noise.map((value, i) => value + [1, 2, 4, 8, 16][i]!),
      noise.map((value, i) => value + [2, 2, 3, 5, 8][i]!),
    )
    expect(moved.halfWidth).toBeCloseTo(plain.halfWidth, 9)
    expect(moved.p).toBeCloseTo(plain.p, 9)
  })

  test('of equal pairs sees no difference; of one that never varies, as much as their signs tell', () => {
    expect(pairedTest([1, 2, 3], [1, 2, 3])).toMatchObject({ mean: 0, sd: 0, halfWidth: 0, p: 1 })
    expect(pairedTest([2, 3, 4], [1, 2, 3])).toMatchObject({ mean: 1, sd: 0, halfWidth: 0, p: 0.25 })
    expect(pairedTest([1.05, 2.05], [1, 2]).p).toBe(0.5)
    expect(pairedTest(Array(20).fill(2), Array(20).fill(1)).p).toBeLessThan(1e-5)
  })

  test('of a single pair says nothing', () => {
    expect(pairedTest([2], [1])).toMatchObject({ mean: 1, halfWidth: Infinity, p: NaN })
  })
})

describe('Holm’s correction', () => {
  test('multiplies the smallest by all, the next by one less, and keeps the order', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005])
    for (const [i, wanted] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[i]).toBeCloseTo(wanted, 12)
  })

  test('never says more than 1, and leaves one alone as it is', () => {
    expect(holm([0.9, 0.8])).toEqual([1, 1])
    expect(holm([0.2])).toEqual([0.2])
    expect(holm([])).toEqual([])
  })
})

describe('how many pairs would decide', () => {
  test('is the first at which Student’s half width falls below the difference', () => {
    // With mean and deviation 1: t / √n is 2.571 / √6 > 1 and 2.447 / √7 < 1.
    expect(pairsToDecide({ mean: -1, sd: 1 }, 0.05, 100)).toBe(7)
    // Large numbers follow the normal distribution: (1.96 · 10)² = 384.1, a few more for Student's.
    expect(pairsToDecide({ mean: 1, sd: 10 }, 0.05, 10_000)).toBe(387)
  })

  test('grows with certainty and with the square of the spread', () => {
    const usual = pairsToDecide({ mean: 1, sd: 10 }, 0.05, 10_000)!
    expect(pairsToDecide({ mean: 1, sd: 10 }, 0.01, 10_000)).toBeGreaterThan(usual)
    expect(pairsToDecide({ mean: 1, sd: 20 }, 0.05, 10_000)! / usual).toBeCloseTo(4, 1)
  })

  test('is so many that all signs alike are no luck, where the difference never varies', () => {
    expect(pairsToDecide({ mean: 1, sd: 0 }, 0.05, 100)).toBe(6)
    expect(pairsToDecide({ mean: 0, sd: 0 }, 0.05, 100)).toBeUndefined()
  })

  test('is unknown beyond the most', () => {
    expect(pairsToDecide({ mean: 1, sd: 1000 }, 0.05, 10_000)).toBeUndefined()
    expect(pairsToDecide({ mean: 0, sd: 1 }, 0.05, 10_000)).toBeUndefined()
  })
})
