import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/base/stream.ts'
import { jitters, pauseBefore } from '../../../src/policies/resilience/back-off.ts'

const back = (jitter: string) => ({ jitter, base: 100, max: 1500, factor: 2 })
const drawn = (jitter: string, nth: number, before: number) => {
  const random = stream(1, jitter)
  return Array.from({ length: 20_000 }, () => pauseBefore(back(jitter), nth, before, random))
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

test('without jitter a pause doubles up to the most', () => {
  const random = stream(1, 'none')
  expect([1, 2, 3, 4, 5, 6, 1000].map((nth) => pauseBefore(back('none'), nth, 0, random))).toEqual([
    100, 200, 400, 800, 1500, 1500, 1500,
  ])
})

describe('as in the article', () => {
  test('full: anywhere up to the exponential pause', () => {
    const pauses = drawn('full', 3, 0)
    expect(Math.min(...pauses)).toBeLessThan(5)
    expect(Math.max(...pauses)).toBeGreaterThan(395)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(400)
    expect(mean(pauses)).toBeCloseTo(200, -1)
  })

  test('equal: half of it, and anywhere in the other half', () => {
    const pauses = drawn('equal', 3, 0)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(200)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(400)
    expect(mean(pauses)).toBeCloseTo(300, -1)
  })

  test('decorrelated: anywhere from the base to three times the pause before', () => {
    const pauses = drawn('decorrelated', 3, 300)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(100)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(900)
    expect(mean(pauses)).toBeCloseTo(500, -1)
    expect(Math.max(...drawn('decorrelated', 9, 1500))).toBe(1500)
    expect(Math.max(...drawn('decorrelated', 1, 0))).toBeLessThanOrEqual(300)
  })
})

test('no jitter draws a pause below nothing or above the most', () => {
  for (const jitter of jitters.names) {
    for (const nth of [1, 2, 7]) {
      const pauses = drawn(jitter, nth, 700)
      expect(pauses.every((ns) => Number.isInteger(ns) && ns >= 0 && ns <= 1500)).toBe(true)
    }
  }
})
