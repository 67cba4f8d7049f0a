/** What every strategy promises, under loads, failures and changes of weight by chance. */

import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../../src/base/stream.ts'
import { copyTree } from '../../../../src/engine/tree.ts'
import { first } from '../../../../src/policies/balancing/first.ts'
import { haproxyLeastconn } from '../../../../src/policies/balancing/haproxy-leastconn.ts'
import { haproxyRoundRobin } from '../../../../src/policies/balancing/haproxy-round-robin.ts'
import { joinIdleQueue } from '../../../../src/policies/balancing/join-idle-queue.ts'
import { leastConnections } from '../../../../src/policies/balancing/least-connections.ts'
import { leastRequest } from '../../../../src/policies/balancing/least-request.ts'
import { leastTime } from '../../../../src/policies/balancing/least-time.ts'
import { peakEwma } from '../../../../src/policies/balancing/peak-ewma.ts'
import { staticRr } from '../../../../src/policies/balancing/static-rr.ts'
import type { Strategy } from '../../../../src/policies/balancing/strategy.ts'
import { type Driven, drive, explained, reply, send, set } from './driver.ts'

const deterministic: readonly Strategy<any>[] = [
  haproxyRoundRobin,
  staticRr,
  first,
  haproxyLeastconn,
  leastTime,
  leastConnections,
]
const random: readonly Strategy<any>[] = [leastRequest, peakEwma, joinIdleQueue]

const weights = [3, 1, 2, 1, 5, 0.5, 1]

/** One thing that happens by chance: a request, a reply, a replica that goes or comes, a change of weight. */
function happen(d: Driven, chance: Float64Array): number | undefined {
  const { pool } = d
  pool.now += 1 + below(chance, 5e6)
  const what = below(chance, 20)
  const i = below(chance, pool.size)
  if (what < 10) return send(d)
  if (what < 17) {
    if (pool.inFlight[i]! > 0) reply(d, i, 1 + below(chance, 5e7), what === 16)
  } else if (what < 19) set(d, i, pool.isReady[i] === 0)
  else set(d, i, pool.isReady[i] === 1, weights[below(chance, weights.length)])
  return undefined
}

describe.each([...deterministic, ...random].map((strategy) => [strategy.name, strategy] as const))(
  '%s',
  (_name, strategy) => {
    test('never picks a replica that is not ready, and always one when any is', () => {
      const d = drive(strategy, weights)
      const chance = stream(11, 'chance')
      for (let n = 0; n < 5_000; n++) {
        const { isReady, readyCount } = { isReady: d.pool.isReady.slice(), readyCount: d.pool.readyCount }
        const picked = happen(d, chance)
        if (picked === undefined) continue
        if (readyCount === 0) expect(picked).toBe(-1)
        else expect(isReady[picked]).toBe(1)
      }
    })

    test('goes on alike from a copy of its memory', () => {
      const live = drive(strategy, weights)
      const chance = stream(12, 'chance')
      for (let n = 0; n < 1_000; n++) happen(live, chance)
      const copy: Driven = {
        ...live,
        ...copyTree({ ...live, strategy: undefined, asked: live.asked }),
        strategy,
      }
      const sameChance = copyTree(chance)
      const goOn = (d: Driven, from: Float64Array) => Array.from({ length: 1_000 }, () => happen(d, from))
      expect(goOn(copy, sameChance)).toEqual(goOn(live, chance))
    })

    test('uses every replica of equal weight, sooner or later, when requests overlap', () => {
      const d = drive(strategy, [1, 1, 1, 1], strategy.name === 'first' ? { maxconn: 2 } : {})
      const used = new Set<number>()
      for (let n = 0; n < 200; n++) {
        const picked = [send(d), send(d), send(d), send(d), send(d), send(d), send(d)]
        for (const replica of picked) reply(d, replica)
        for (const replica of picked) used.add(replica)
        d.pool.now += 1e6
      }
      expect(used.size).toBe(4)
    })

    test('explains every ready replica and no other, and changes nothing by it', () => {
      const d = drive(strategy, weights)
      const chance = stream(13, 'chance')
      for (let n = 0; n < 300; n++) {
        happen(d, chance)
        const before = copyTree(d.memory)
        const scores = strategy.explain(d.pool, d.asked, d.memory)
        const listed = scores.map((score) => score.replica).sort((a, b) => a - b)
        expect(listed).toEqual([...d.pool.ready.subarray(0, d.pool.readyCount)])
        expect(d.memory).toEqual(before)
      }
    })

    test('takes a pool that already has requests in flight and replicas that are not ready', () => {
      const { pool, asked, random: draws } = drive(strategy, weights)
      pool.inFlight.set([1, 2, 0, 4, 1, 0, 3])
      pool.isReady[2] = 0
      pool.ready.set([0, 1, 3, 4, 5, 6])
      pool.readyCount = 6
      const params = Object.fromEntries(Object.entries(strategy.params).map(([k, p]) => [k, p.default]))
      const d: Driven = { strategy, pool, asked, random: draws, memory: strategy.remember(params, pool) }
      for (let n = 0; n < 50; n++) expect(send(d)).not.toBe(2)
    })
  },
)

test.each(deterministic.map((strategy) => [strategy.name, strategy] as const))(
  '%s picks whom explain puts first',
  (_name, strategy) => {
    const d = drive(strategy, weights)
    const chance = stream(14, 'chance')
    for (let n = 0; n < 3_000; n++) {
      happen(d, chance)
      if (d.pool.readyCount > 0) {
        const expected = explained(d)
        expect(send(d)).toBe(expected)
      }
    }
  },
)
