/** The strategies that look at latencies: least-time and peak-ewma. */

import { describe, expect, test } from 'vitest'
import { leastTime } from '../../../../src/policies/balancing/least-time.ts'
import { peakEwma } from '../../../../src/policies/balancing/peak-ewma.ts'
import { type Driven, drive, reply, send } from './driver.ts'

const MS = 1e6

/** A request to this replica, answered after so many ms. */
function answer(d: Driven, replica: number, ms: number): void {
  d.pool.inFlight[replica]!++
  d.strategy.sent?.(d.pool, d.memory, replica)
  d.pool.now += ms * MS
  reply(d, replica, ms * MS)
}

const scores = (d: Driven) =>
  d.strategy.explain(d.pool, d.asked, d.memory).reduce((all, { replica, score }) => {
    all[replica] = score
    return all
  }, new Array<number>(d.pool.size))

describe('least-time', () => {
  test('tries every replica before it judges', () => {
    const d = drive(leastTime, [1, 1, 1])
    const picked = [send(d), send(d), send(d)]
    expect(picked).toEqual([0, 1, 2])
  })

  test('prefers the fast one until its requests in flight outweigh the difference', () => {
    const d = drive(leastTime, [1, 1])
    answer(d, 0, 10)
    answer(d, 1, 35)
    expect([send(d), send(d), send(d), send(d), send(d)]).toEqual([0, 0, 0, 1, 0])
  })

  test('a replica of twice the weight may be twice as slow', () => {
    const d = drive(leastTime, [1, 2])
    answer(d, 0, 10)
    answer(d, 1, 20)
    expect(scores(d)).toEqual([10 * MS, 10 * MS])
  })

  test('the newest reply counts for its share of the mean', () => {
    const d = drive(leastTime, [1], { newest: 0.25 })
    answer(d, 0, 10)
    answer(d, 0, 50)
    expect(scores(d)).toEqual([20 * MS])
  })
})

describe('peak-ewma', () => {
  test('jumps up to a peak at once', () => {
    const d = drive(peakEwma, [1])
    answer(d, 0, 10)
    answer(d, 0, 500)
    expect(scores(d)[0]).toBe(500 * MS)
  })

  test('a peak falls to 1/e in the decay time', () => {
    const d = drive(peakEwma, [1], { decay: 2e9 })
    answer(d, 0, 100)
    d.pool.now += 2e9
    expect(scores(d)[0]! / MS).toBeCloseTo(100 / Math.E, 9)
  })

  test('a smaller latency pulls the mean down by the time that has passed', () => {
    const d = drive(peakEwma, [1], { decay: 1e9 })
    answer(d, 0, 100)
    d.pool.now += 490 * MS
    answer(d, 0, 10)
    const kept = Math.exp(-0.5)
    expect(scores(d)[0]! / MS).toBeCloseTo(100 * kept + 10 * (1 - kept), 9)
  })

  test('cost grows with the requests in flight, and one that never answered is behind all others', () => {
    const d = drive(peakEwma, [1, 1, 1])
    answer(d, 0, 10)
    d.pool.inFlight.set([2, 1, 0])
    expect(scores(d)).toEqual([30 * MS, 2 ** 47, 0])
  })

  test('of two, the cheaper is always taken', () => {
    const d = drive(peakEwma, [1, 1])
    answer(d, 0, 10)
    answer(d, 1, 11)
    for (let n = 0; n < 100; n++) expect(d.strategy.pick(d.pool, d.asked, d.memory, d.random)).toBe(0)
  })

  test('of many, the dearest is never taken', () => {
    const d = drive(peakEwma, [1, 1, 1, 1])
    for (const [replica, ms] of [10, 20, 30, 40].entries()) answer(d, replica, ms)
    const picks = Array.from({ length: 12_000 }, () => d.strategy.pick(d.pool, d.asked, d.memory, d.random))
    const shares = [0, 1, 2, 3].map((i) => picks.filter((picked) => picked === i).length / picks.length)
    for (const [i, share] of [3 / 6, 2 / 6, 1 / 6, 0].entries()) expect(shares[i]).toBeCloseTo(share, 1)
    expect(shares[3]).toBe(0)
  })

  test('to look at the costs does not change what comes of them', () => {
    const looked = drive(peakEwma, [1])
    const left = drive(peakEwma, [1])
    for (const d of [looked, left]) answer(d, 0, 100)
    for (let n = 0; n < 10; n++) {
      for (const d of [looked, left]) d.pool.now += 1e8
      scores(looked)
    }
    expect(scores(looked)).toEqual(scores(left))
  })
})
