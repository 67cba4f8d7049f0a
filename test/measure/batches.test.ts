import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream, uniform } from '../../src/base/stream.ts'
import { addObservation, batchMeans, batchMeansOf, emptyBatches } from '../../src/measure/batch-means.ts'
import { MSER_BATCH, mser5, mserOfBatches } from '../../src/measure/mser.ts'

const series = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 2000 })

describe('batches', () => {
  test('in constant memory are those of the whole series', () => {
    fc.assert(
      fc.property(series, (values) => {
        const batches = emptyBatches(16, 3)
        for (const value of values) addObservation(batches, value)
        const complete = Math.floor(values.length / batches.size)
        expect(batches.complete).toBe(complete)
        expect(batchMeans(batches)).toEqual(batchMeansOf(values, complete, batches.size))
      }),
    )
  })

  test('are never more than the limit, nor fewer than half of it once it was reached', () => {
    const batches = emptyBatches(8, 1)
    for (let i = 1; i <= 1000; i++) {
      addObservation(batches, i)
      expect(batches.complete).toBeLessThanOrEqual(8)
      if (i >= 8) expect(batches.complete).toBeGreaterThanOrEqual(4)
    }
  })

  test('leave out what does not fill one', () => {
    expect(batchMeansOf([1, 3, 5, 7, 100], 2)).toEqual([2, 6])
    expect(batchMeansOf([1], 2)).toEqual([])
  })
})

describe('MSER-5', () => {
  test('cuts off a start that differs from the rest', () => {
    const random = stream(5, 'mser')
    const values = Array.from({ length: 1000 }, (_, i) => uniform(random) + (i < 103 ? 5 : 0))
    const { truncated, mean, isSettled } = mser5(values)
    expect(truncated).toBeGreaterThanOrEqual(105)
    expect(truncated).toBeLessThan(150)
    expect(mean).toBeCloseTo(0.5, 1)
    expect(isSettled).toBe(true)
  })

  test('leaves a series alone that has no warm-up', () => {
    expect(mser5(Array.from({ length: 500 }, (_, i) => i % 5)).truncated).toBe(0)
  })

  test('says when a series is too short for its warm-up', () => {
    expect(mser5(Array.from({ length: 500 }, (_, i) => 1000 - i)).isSettled).toBe(false)
  })

  test('looks at whole batches of five only', () => {
    expect(mser5([1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 99, 99, 99, 99]).mean).toBe(3)
    expect(mser5([1, 2]).mean).toBeNaN()
  })

  test('in constant memory gives the same until batches are joined, and a cut at a batch thereafter', () => {
    fc.assert(
      fc.property(series, (values) => {
        const batches = emptyBatches(64, MSER_BATCH)
        for (const value of values) addObservation(batches, value)
        const streamed = mserOfBatches(batches)
        if (batches.size === MSER_BATCH) expect(streamed).toEqual(mser5(values))
        expect(streamed.truncated % batches.size).toBe(0)
        expect(streamed.truncated).toBeLessThanOrEqual(values.length / 2)
      }),
    )
  })
})
