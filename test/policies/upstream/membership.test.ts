import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../src/base/stream.ts'
import { SECOND } from '../../../src/base/time.ts'
import { refresh, without } from '../../../src/policies/upstream/choose.ts'
import { letIn, setRuntimeWeight, takeOut, weigh } from '../../../src/policies/upstream/membership.ts'
import { openUpstream } from '../../../src/policies/upstream/open-upstream.ts'
import { slowShare } from '../../../src/policies/upstream/slow-start.ts'
import {
  CLOSED,
  DOWN,
  DRAINING,
  FULL,
  MAINTENANCE,
  OUTSIDE,
  UNKNOWN,
} from '../../../src/policies/upstream/standing.ts'
import { open, picks, settings } from './build.ts'

test('a replica is out until the last reason is gone', () => {
  const u = open([{}, {}])
  expect(takeOut(u, 0, DOWN)).toBe(true)
  expect(takeOut(u, 0, DOWN)).toBe(false)
  takeOut(u, 0, MAINTENANCE)
  letIn(u, 0, DOWN, 0)
  expect(picks(u, 2)).toEqual([1, 1])
  letIn(u, 0, MAINTENANCE, 0)
  expect(new Set(picks(u, 2))).toEqual(new Set([0, 1]))
})

test('what a request has tried is out for that request only, and nginx’s turn goes on after it', () => {
  const u = open([{}, {}, {}])
  expect(picks(u, 1)).toEqual([0])
  expect(without(u, [0, 1], 0, () => picks(u, 1))).toEqual([2])
  expect([...u.out]).toEqual([0, 0, 0])
  expect(new Set(picks(u, 3)).size).toBe(3)
})

test('a replica that is unknown from the start gets nothing until it is heard of', () => {
  const u = openUpstream(settings([{}, {}]), stream(1, 'x'), [1])
  expect(picks(u, 2)).toEqual([0, 0])
  letIn(u, 1, UNKNOWN, 0)
  expect(picks(u, 2)).toContain(1)
})

test('counts who is kept out for good, whatever comes and goes, and in whatever order', () => {
  const random = stream(7, 'reasons')
  const u = open([{}, {}, {}, { priority: 1 }, { priority: 1 }], {
    levels: { rule: 'first-backup', overprovisioning: 1.4 },
  })
  const seen = new Set<number>()
  for (let step = 0; step < 5000; step++) {
    const replica = below(random, 5)
    const reason = [DOWN, MAINTENANCE, UNKNOWN, DRAINING, OUTSIDE, FULL][below(random, 6)]!
    if (below(random, 2) === 0) takeOut(u, replica, reason)
    else letIn(u, replica, reason, step)
    const kept = u.out.filter((out) => (out & ~(FULL | CLOSED)) !== 0).length
    expect(u.keptOut).toBe(kept)
    seen.add(kept)
  }
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5])
})

test('weights may change while it runs', () => {
  const u = open([{}, {}], { strategy: { policy: 'haproxy-round-robin', params: {} } })
  setRuntimeWeight(u, 0, 3, 0)
  const counts = [0, 0]
  for (const replica of picks(u, 400)) counts[replica]!++
  expect(Math.abs(counts[0]! - 300)).toBeLessThanOrEqual(4)
})

describe('slow start', () => {
  test('HAProxy’s: sixteenths of the weight in whole seconds (recorded: 10 s, weight 100)', () => {
    const slow = { rule: 'haproxy', window: 10 * SECOND, aggression: 1, least: 0.1 } as const
    const weights = Array.from({ length: 11 }, (_, s) =>
      Math.ceil(100 * slowShare(slow, 100, s * SECOND).share),
    )
    expect(weights).toEqual([7, 13, 25, 32, 44, 57, 63, 75, 82, 94, 100])
    expect(slowShare(slow, 100, 2.4 * SECOND).again).toBeCloseTo(0.6 * SECOND, 0)
  })

  test('Envoy’s: (time / window)^(1 / aggression), never below the least share', () => {
    const slow = { rule: 'envoy', window: 10 * SECOND, aggression: 2, least: 0.1 } as const
    expect(slowShare(slow, 1, 0).share).toBe(0.1)
    expect(slowShare(slow, 1, 2.5 * SECOND).share).toBeCloseTo(0.5, 12)
    expect(slowShare(slow, 1, 10 * SECOND)).toEqual({ share: 1, again: Infinity })
  })

  test('begins when a replica comes up, and counts for its limit too', () => {
    const u = open([{ maxConnections: 100 }, {}], {
      slowStart: { rule: 'haproxy', window: 10 * SECOND, aggression: 1, least: 0.1 },
    })
    takeOut(u, 0, DOWN)
    letIn(u, 0, DOWN, 50 * SECOND)
    expect(u.limit[0]).toBe(1)
    expect(weigh(u, 0, 55 * SECOND)).toBe(56 * SECOND)
    expect(u.limit[0]).toBe(50)
    expect(u.groups[0]!.pool.weight[0]).toBeCloseTo(9 / 16, 12)
    expect(weigh(u, 0, 60 * SECOND)).toBe(Infinity)
    expect(u.groups[0]!.pool.weight[0]).toBe(1)
  })
})

describe('subsets', () => {
  const used = (rule: 'aperture' | 'random', balancer: number) => {
    const u = openUpstream(
      settings(Array(12).fill({}), { subset: { rule, size: 3, balancer, of: 4 } }),
      stream(balancer, 'balancing'),
    )
    return new Set(picks(u, 60))
  }

  test('apertures share the replicas evenly', () => {
    const loads = Array(12).fill(0)
    for (let balancer = 0; balancer < 4; balancer++)
      for (const replica of used('aperture', balancer)) loads[replica]++
    expect(loads).toEqual(Array(12).fill(1))
  })

  test('random subsets have the wanted size and differ', () => {
    const all = [0, 1, 2, 3].map((balancer) => used('random', balancer))
    expect(all.map(({ size }) => size)).toEqual([3, 3, 3, 3])
    expect(new Set(all.map((set) => [...set].sort().join())).size).toBeGreaterThan(1)
  })
})

test('with old information the strategy sees counts only when they are refreshed', () => {
  const u = open([{}, {}], {
    strategy: { policy: 'least-connections', params: {} },
    refresh: { every: SECOND, of: 'replicas' },
  })
  refresh(u, Int32Array.of(5, 0), 0)
  expect(picks(u, 4)).toEqual([1, 1, 1, 1])
  refresh(u, Int32Array.of(0, 4), 1)
  expect(picks(u, 3)).toEqual([0, 0, 0])
  expect([...u.inFlight]).toEqual([3, 4])
})
