/** Prequal: its pool of answers, the rule of hot and cold, and its probes, by the words of the paper. */

import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../../src/base/stream.ts'
import { SECOND } from '../../../../src/base/time.ts'
import { prequal } from '../../../../src/policies/balancing/prequal.ts'
import type { Params } from '../../../../src/policies/policy.ts'
import { chiSquareOverLimit } from '../../statistics.ts'
import { type Driven, drive, set } from './driver.ts'

const STILL = { probes: 0, removals: 0, reuse: 1_000_000 }

function start(replicas: number, params: Params = {}): Driven {
  return drive(
    prequal,
    Array.from({ length: replicas }, () => 1),
    params,
  )
}

function told(d: Driven, replica: number, inFlight: number, latency: number): void {
  prequal.reported!(d.pool, d.memory, replica, {
    utilisation: 0.5,
    inSystem: inFlight,
    requestsPerSecond: 1,
    errorsPerSecond: 0,
    serviceTime: 0,
    latency,
  })
}

const pickOf = (d: Driven) => prequal.pick(d.pool, d.asked, d.memory, d.random)

function probesOf(d: Driven): number[] {
  const probed: number[] = []
  for (;;) {
    const replica = prequal.toProbe!(d.pool, d.memory, d.random)
    if (replica < 0) return probed
    probed.push(replica)
  }
}

/** Whose answers it has, by what it says of them. */
function known(d: Driven): number[] {
  return prequal
    .explain(d.pool, d.asked, d.memory)
    .filter(({ note }) => !/has not answered/.test(note))
    .map(({ replica }) => replica)
}

describe('the choice', () => {
  test('is the fastest of the cold, though a hot one is faster still', () => {
    const d = start(4, { ...STILL, hotAbove: 0.5 })
    told(d, 0, 9, 1e6)
    told(d, 1, 1, 5e6)
    told(d, 2, 2, 3e6)
    told(d, 3, 8, 2e6)
    expect(pickOf(d)).toBe(2)
  })

  test('is the one with the fewest in flight when all are hot', () => {
    const d = start(6, { ...STILL, hotAbove: 0.5 })
    for (const i of [3, 4, 5]) told(d, i, 0, 1e6)
    told(d, 0, 7, 1e6)
    told(d, 1, 5, 9e6)
    told(d, 2, 6, 1e6)
    for (const i of [3, 4, 5]) set(d, i, false)
    expect(pickOf(d)).toBe(1)
  })

  test.each([
    [0, 1],
    [1, 0],
  ])(
    'with a limit at the share %d goes by requests in flight alone or by latency alone',
    (hotAbove, picked) => {
      const d = start(2, { ...STILL, hotAbove })
      told(d, 0, 9, 1e6)
      told(d, 1, 1, 5e6)
      expect(pickOf(d)).toBe(picked)
    },
  )

  test('is the best by the rule, of many answers by chance, with the limit from the last 128 of them', () => {
    const chance = stream(10, 'answers')
    for (let n = 0; n < 20; n++) {
      const d = start(40, { ...STILL, poolSize: 8, hotAbove: 0.7 })
      const pool = new Map<number, { inFlight: number; latency: number }>()
      const last: number[] = []
      for (let k = 0; k < 250; k++) {
        const [i, inFlight, latency] = [below(chance, 40), below(chance, 30), 1 + below(chance, 1e9)]
        told(d, i, inFlight, latency)
        pool.delete(i)
        if (pool.size === 8) pool.delete([...pool.keys()][0]!)
        pool.set(i, { inFlight, latency })
        last.push(inFlight)
        if (pool.size < 2) continue
        const sorted = last.slice(-128).sort((a, b) => a - b)
        const limit = sorted[Math.ceil(0.7 * sorted.length) - 1]!
        const all = [...pool].map(([replica, told]) => ({ replica, ...told }))
        const cold = all.filter((one) => one.inFlight <= limit)
        const best =
          cold.length > 0
            ? cold.reduce((a, b) => (b.latency < a.latency ? b : a))
            : all.reduce((a, b) => (b.inFlight < a.inFlight ? b : a))
        expect(pickOf(d)).toBe(best.replica)
      }
    }
  })

  test('is drawn evenly among all while there are fewer than two answers', () => {
    const d = start(4, STILL)
    told(d, 2, 0, 1e6)
    const counts = [0, 0, 0, 0]
    for (let n = 0; n < 8000; n++) counts[pickOf(d)]!++
    expect(chiSquareOverLimit(counts, [2000, 2000, 2000, 2000], 3)).toBeLessThan(1)
  })
})

describe('answers', () => {
  test('count the requests that they have brought', () => {
    const d = start(2, { ...STILL, hotAbove: 0 })
    told(d, 0, 1, 1e6)
    told(d, 1, 2, 1e6)
    const picked = Array.from({ length: 6 }, () => {
      const replica = pickOf(d)
      d.pool.inFlight[replica]!++
      prequal.sent!(d.pool, d.memory, replica)
      return replica
    })
    expect(picked).toEqual([0, 0, 1, 0, 1, 0])
  })

  test('are thrown out by each request, the oldest and the worst in turn', () => {
    const d = start(9, { probes: 0, removals: 1, reuse: 1_000_000, hotAbove: 0.5 })
    for (const [i, inFlight] of [3, 1, 9, 2, 8].entries()) told(d, i, inFlight, 1e6 * (i + 1))
    pickOf(d)
    expect(known(d)).toEqual([1, 2, 3, 4])
    pickOf(d)
    expect(known(d)).toEqual([1, 3, 4])
    pickOf(d)
    expect(known(d)).toEqual([3, 4])
    pickOf(d)
    expect(known(d)).toEqual([3])
  })

  test('by half a removal a request: one with every second', () => {
    const d = start(9, { probes: 0, removals: 0.5, reuse: 1_000_000 })
    for (let i = 0; i < 8; i++) told(d, i, i, 1e6)
    const left = Array.from({ length: 6 }, () => {
      pickOf(d)
      return known(d).length
    })
    expect(left).toEqual([8, 7, 7, 6, 6, 5])
  })

  test('serve so many requests and go', () => {
    const d = start(5, { probes: 0, removals: 0, reuse: 2 })
    for (let i = 0; i < 4; i++) told(d, i, 0, 1e6 * (i + 1))
    expect(Array.from({ length: 6 }, () => pickOf(d))).toEqual([0, 0, 1, 1, 2, 2])
    expect(known(d)).toEqual([3])
  })

  test.each([
    // 2 / ((1 - 16/100) x 3 - 1) = 1.32; 2 / ((1 - 16/1000) x 1.5 - 1) = 4.2; no limit with 16 replicas
    [100, 3, 1.32],
    [1000, 1.5, 4.2],
    [16, 3, Infinity],
  ])('of %d replicas with %d probes a request serve as the formula says', (replicas, probes, uses) => {
    const d = start(replicas, { probes, removals: 1 })
    const given: number[] = []
    for (let n = 0; n < 200; n++) {
      told(d, n % 16, 1, 1e6)
      given.push(d.memory.probes.uses[d.memory.probes.count - 1])
    }
    const mean = given.reduce((sum, one) => sum + one, 0) / given.length
    if (uses === Infinity) expect(mean).toBe(Infinity)
    else expect(mean).toBeCloseTo(uses, 1)
  })

  test('go when they are too old, or their replica is not ready', () => {
    const d = start(6, STILL)
    told(d, 0, 0, 1e6)
    d.pool.now += SECOND / 2
    for (const i of [1, 2, 3]) told(d, i, 0, 1e6)
    set(d, 2, false)
    expect(known(d)).toEqual([0, 1, 3])
    d.pool.now += SECOND / 2 + 1
    pickOf(d)
    expect(known(d)).toEqual([1, 3])
    told(d, 2, 0, 1e6)
    set(d, 2, true)
    expect(known(d)).toEqual([1, 3])
  })

  test('to requests are no answers to probes', () => {
    const d = start(3, STILL)
    prequal.reported!(d.pool, d.memory, 1, {
      utilisation: 0.5,
      inSystem: 1,
      requestsPerSecond: 1,
      errorsPerSecond: 0,
      serviceTime: 1e6,
      latency: 1e6,
    })
    expect(known(d)).toEqual([])
  })
})

describe('probes', () => {
  test.each([
    [3, [3, 3, 3, 3]],
    [0.5, [0, 1, 0, 1]],
    [2.25, [2, 2, 2, 3]],
  ])('%d a request', (probes, expected) => {
    const d = start(10, { probes })
    const sent = Array.from({ length: 4 }, () => {
      pickOf(d)
      return probesOf(d).length
    })
    expect(sent).toEqual(expected)
  })

  test('of one request go to different replicas, all equally often, and to ready ones only', () => {
    const d = start(6, { probes: 3 })
    set(d, 4, false)
    const counts = [0, 0, 0, 0, 0, 0]
    for (let n = 0; n < 5000; n++) {
      pickOf(d)
      const probed = probesOf(d)
      expect(new Set(probed).size).toBe(3)
      for (const replica of probed) counts[replica]!++
    }
    expect(counts[4]).toBe(0)
    const others = counts.filter((_, i) => i !== 4)
    expect(chiSquareOverLimit(others, [3000, 3000, 3000, 3000, 3000], 4)).toBeLessThan(1)
  })

  test('are not more than there are replicas', () => {
    const d = start(2, { probes: 5 })
    pickOf(d)
    expect(probesOf(d).sort()).toEqual([0, 1])
  })
})
