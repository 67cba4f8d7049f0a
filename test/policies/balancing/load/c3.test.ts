/** C3's score by hand, and what it does with a slow replica. */

import { describe, expect, test } from 'vitest'
import { c3 } from '../../../../src/policies/balancing/c3.ts'
import type { LoadReport } from '../../../../src/policies/balancing/strategy.ts'
import { type Driven, drive, send } from './driver.ts'

const MS = 1e6

function answer(d: Driven, i: number, latency: number, service: number, queue: number): void {
  d.pool.inFlight[i]!--
  const report: LoadReport = {
    utilisation: 1,
    inSystem: queue,
    requestsPerSecond: 1,
    errorsPerSecond: 0,
    serviceTime: service,
    latency,
  }
  c3.replied!(d.pool, d.memory, i, latency, false)
  c3.reported!(d.pool, d.memory, i, report)
}

const scores = (d: Driven) => c3.explain(d.pool, d.asked, d.memory)
const scoreOf = (d: Driven, i: number) => scores(d).find(({ replica }) => replica === i)!.score

describe('c3', () => {
  test('tries everybody once before it compares, in order', () => {
    const d = drive(c3, [1, 1, 1])
    expect([send(d), send(d), send(d)]).toEqual([0, 1, 2])
    answer(d, 1, 10 * MS, 4 * MS, 0)
    expect(send(d)).toBe(0)
  })

  test('scores response - service + service x (1 + in flight x clients + queue)^3', () => {
    const d = drive(c3, [1, 1], { clients: 2, newest: 1 })
    for (const i of [send(d), send(d)]) answer(d, i, 10 * MS, 4 * MS, i)
    expect(scoreOf(d, 0)).toBe(6 * MS + 4 * MS * 1)
    expect(scoreOf(d, 1)).toBe(6 * MS + 4 * MS * 2 ** 3)
    expect(send(d)).toBe(0)
    expect(scoreOf(d, 0)).toBe(6 * MS + 4 * MS * (1 + 2) ** 3)
    expect(send(d)).toBe(1)
    expect(scoreOf(d, 1)).toBe(6 * MS + 4 * MS * (1 + 2 + 1) ** 3)
  })

  test('keeps moving means', () => {
    const d = drive(c3, [1], { newest: 0.9 })
    send(d)
    answer(d, 0, 10 * MS, 10 * MS, 0)
    send(d)
    answer(d, 0, 20 * MS, 20 * MS, 2)
    // service 0.9 x 20 + 0.1 x 10, queue 0.9 x 2
    expect(scoreOf(d, 0)).toBeCloseTo(19 * MS * 2.8 ** 3, -3)
  })

  test('learns nothing from failures, so that a replica that fails fast looks no faster', () => {
    const d = drive(c3, [1, 1], { newest: 1 })
    for (const i of [send(d), send(d)]) answer(d, i, 10 * MS, 10 * MS, 0)
    const before = scoreOf(d, 0)
    expect(send(d)).toBe(0)
    d.pool.inFlight[0]!--
    c3.replied!(d.pool, d.memory, 0, 1, true)
    expect(scoreOf(d, 0)).toBe(before)
  })

  // Two fast ones can do 2 requests a millisecond, the slow one 0.2; 2.08 come.
  test('gives a replica that is five times as slow only what the others cannot do, and keeps queues short', () => {
    const d = drive(c3, [1, 1, 1], { newest: 0.9 })
    const service = [1 * MS, 1 * MS, 5 * MS]
    const ends: { at: number; i: number; sent: number }[] = []
    const busyUntil = [0, 0, 0]
    const counts = [0, 0, 0]
    const there = [0, 0, 0]
    for (let n = 0; n < 6000; n++) {
      d.pool.now += 0.48 * MS
      ends.sort((a, b) => a.at - b.at)
      while (ends.length > 0 && ends[0]!.at <= d.pool.now) {
        const { at, i, sent } = ends.shift()!
        there[i]!--
        answer(d, i, at - sent, service[i]!, there[i]!)
      }
      const i = send(d)
      counts[i]!++
      there[i]!++
      busyUntil[i] = Math.max(busyUntil[i]!, d.pool.now) + service[i]!
      ends.push({ at: busyUntil[i]!, i, sent: d.pool.now })
    }
    expect(counts[2]! / 6000).toBeGreaterThan(0.035)
    expect(counts[2]! / 6000).toBeLessThan(0.097)
    expect(Math.max(...there)).toBeLessThan(6)
  })
})
