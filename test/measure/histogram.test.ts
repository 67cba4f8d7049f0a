import fc from 'fast-check'
import { build } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { stream, uniform } from '../../src/base/stream.ts'
import {
  BUCKETS,
  bucketOf,
  type Histogram,
  lowerBound,
  merge,
  middle,
  quantile,
} from '../../src/measure/histogram.ts'
import { quantileOfSorted } from '../../src/measure/quantile.ts'
import { countBucket, emptyTally, histogramOf } from '../../src/measure/tally.ts'

const shares = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]

const LARGEST = 2 ** 53

/** Counted as a run counts. */
function counted(values: readonly number[]): Histogram {
  const tally = emptyTally()
  for (const value of values) countBucket(tally, value, bucketOf(value))
  return histogramOf(tally)
}

/** Whole numbers of every magnitude up to 2^53. */
const values = fc
  .tuple(fc.integer({ min: 0, max: 53 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([octave, share]) => Math.floor(2 ** octave * share))

describe('buckets', () => {
  test('hold what lies between their bounds, at every edge up to 2^53', () => {
    for (let bucket = 0; bucket < BUCKETS - 1; bucket++) {
      const low = lowerBound(bucket)
      const next = lowerBound(bucket + 1)
      expect([bucketOf(low), bucketOf(next - 1), next > low]).toEqual([bucket, bucket, true])
    }
    expect(bucketOf(LARGEST)).toBe(BUCKETS - 1)
    expect(lowerBound(BUCKETS - 1)).toBe(LARGEST)
  })

  test('have a middle within 0.4 % of all they hold, and are exact up to 255', () => {
    fc.assert(
      fc.property(values, (value) => {
        const error = Math.abs(middle(bucketOf(value)) - value)
        expect(error).toBeLessThanOrEqual(value < 256 ? 0 : value / 256)
      }),
    )
  })
})

describe('quantiles', () => {
  test('are within 0.4 % of those of the sorted values', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 300 }), (list) => {
        const sorted = [...list].sort((a, b) => a - b)
        const histogram = counted(list)
        for (const share of shares) {
          const exact = quantileOfSorted(sorted, share)
          expect(Math.abs(quantile(histogram, share) - exact)).toBeLessThanOrEqual(exact * 0.004)
        }
      }),
    )
  })

  test('agree with HdrHistogram', () => {
    const oracle = build({
      highestTrackableValue: LARGEST - 1,
      numberOfSignificantValueDigits: 4,
      bitBucketSize: 32,
    })
    const random = stream(1, 'histogram')
    const drawn = Array.from({ length: 20_000 }, () => Math.floor(1e6 / uniform(random)))
    for (const value of drawn) oracle.recordValue(value)
    const ours = counted(drawn)
    for (const share of shares.slice(1)) {
      const theirs = oracle.getValueAtPercentile(share * 100)
      expect(Math.abs(quantile(ours, share) / theirs - 1)).toBeLessThan(0.005)
    }
  })

  test('are exact at both ends and for values up to 255', () => {
    const histogram = counted([123_456_789, 7, 200, 987_654_321_012, 200])
    expect([0, 0.2, 0.4, 0.6, 1].map((share) => quantile(histogram, share))).toEqual([
      7, 7, 200, 200, 987_654_321_012,
    ])
  })

  test('of nothing are not a number', () => expect(quantile(counted([]), 0.5)).toBeNaN())
})

test('merging gives the histogram of all values together, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.array(values)), (parts) => {
      const forwards = counted([])
      const backwards = counted([])
      for (const part of parts) merge(forwards, counted(part))
      for (const part of [...parts].reverse()) merge(backwards, counted(part))
      expect(forwards).toEqual(counted(parts.flat()))
      expect(backwards).toEqual(forwards)
    }),
    { numRuns: 30 },
  )
})
