/** Every policy does, request for request, what its rule says when it is written down plainly. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findRow, NO_ROW } from '../../../src/base/keyed-rows.ts'
import { below, stream } from '../../../src/base/stream.ts'
import { drop } from '../../../src/policies/eviction/cache.ts'
import { evictions } from '../../../src/policies/eviction/index.ts'
import { count, estimate, sketch, widen } from '../../../src/policies/eviction/sketch.ts'
import type { Params } from '../../../src/policies/policy.ts'
import { drive, gone, held, request } from './driver.ts'
import {
  type Naive,
  naiveArc,
  naiveClock,
  naiveFifo,
  naiveLfu,
  naiveLru,
  naiveS3Fifo,
  naiveSieve,
  naiveSlru,
  naiveTwoQ,
  naiveWTinyLfu,
} from './naive.ts'

const cases: readonly (readonly [string, Params, (capacity: number) => Naive])[] = [
  ['lru', {}, naiveLru],
  ['lru', { interval: 5 }, (capacity) => naiveLru(capacity, 5)],
  ['fifo', {}, naiveFifo],
  ['clock', {}, naiveClock],
  ['clock', { chances: 3 }, (capacity) => naiveClock(capacity, 3)],
  ['slru', {}, naiveSlru],
  ['slru', { protected: 0.5 }, (capacity) => naiveSlru(capacity, 0.5)],
  ['lfu', {}, naiveLfu],
  ['2q', {}, naiveTwoQ],
  ['2q', { in: 0.5, out: 1 }, (capacity) => naiveTwoQ(capacity, 0.5, 1)],
  ['arc', {}, naiveArc],
  ['sieve', {}, naiveSieve],
  ['s3-fifo', {}, naiveS3Fifo],
  // Keys few enough for its counters not to meet.
  ['w-tinylfu', {}, naiveWTinyLfu],
]

/** Requests by key, popular ones more often, scans, and some purges (negative). */
const steps = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.nat(7).map((key) => [key]) },
      { weight: 3, arbitrary: fc.nat(30).map((key) => [key]) },
      { weight: 1, arbitrary: fc.nat(20).map((from) => Array.from({ length: 12 }, (_, i) => from + i)) },
      { weight: 1, arbitrary: fc.nat(30).map((key) => [-1 - key]) },
    ),
    { maxLength: 150 },
  )
  .map((lists) => lists.flat())

describe.each(cases)('%s %j', (name, params, plain) => {
  test('hits and gives up the same, in the same order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), steps, (capacity, keys) => {
        // Ghosts know nothing of purges in the papers, so ARC is compared without them.
        const hasPurges = name !== 'arc'
        const d = drive(evictions.get(name), capacity, params)
        const model = plain(capacity)
        for (const step of keys) {
          d.now++
          if (step < 0) {
            const slot = hasPurges ? findRow(d.cache.shelf.table, -1 - step) : NO_ROW
            if (slot === NO_ROW) continue
            model.purge(-1 - step)
            drop(d.eviction, d.cache, slot)
            continue
          }
          const own = { isHit: request(d, step), gone: gone(d) }
          expect(own).toEqual(model.request(step, d.now))
        }
        expect(held(d).toSorted((a, b) => a - b)).toEqual(model.held().toSorted((a, b) => a - b))
      }),
      { numRuns: 200 },
    )
  })
})

test('random: everyone leaves equally often', () => {
  const d = drive(evictions.get('random'), 20)
  for (let key = 0; key < 20; key++) request(d, key)
  const stays: number[] = []
  const came = new Map(held(d).map((key) => [key, 0]))
  for (let n = 0; n < 50_000; n++) {
    request(d, 20 + n)
    const [left = -1] = gone(d)
    stays.push(n - came.get(left)!)
    came.set(20 + n, n)
  }
  // Memoryless: mean 20, standard deviation √(20 · 19); four standard errors.
  const mean = stays.reduce((a, b) => a + b, 0) / stays.length
  expect(Math.abs(mean - 20)).toBeLessThan((4 * Math.sqrt(20 * 19)) / Math.sqrt(stays.length))
  const atOnce = stays.filter((stay) => stay === 1).length / stays.length
  expect(Math.abs(atOnce - 1 / 20)).toBeLessThan(4 * Math.sqrt(0.05 / stays.length))
})

describe('the sketch', () => {
  test('never counts too low, and mostly right', () => {
    const all = sketch()
    widen(all, 1000)
    const truth = new Map<number, number>()
    const chance = stream(1, 'sketch')
    for (let n = 0; n < 5000; n++) {
      const key = Math.min(below(chance, 1500), below(chance, 1500))
      truth.set(key, (truth.get(key) ?? 0) + 1)
      count(all, key, Infinity)
    }
    let right = 0
    for (const [key, times] of truth) {
      expect(estimate(all, key)).toBeGreaterThanOrEqual(Math.min(15, times))
      if (estimate(all, key) === Math.min(15, times)) right++
    }
    expect(right / truth.size).toBeGreaterThan(0.95)
  })

  test('forgets by halves, and keeps its counts when it is widened', () => {
    const all = sketch()
    for (let n = 0; n < 9; n++) count(all, 5, 10)
    expect(estimate(all, 5)).toBe(9)
    const { length } = all.counters
    widen(all, 10_000)
    expect(all.counters.length).toBeGreaterThan(length)
    expect(estimate(all, 5)).toBe(9)
    count(all, 5, 10)
    expect(estimate(all, 5)).toBe(5)
    expect(all.counted).toBe(5)
  })
})
