/** Miss-ratio curves: against simulations of the same caches, the run itself, the optimum and the theory. */

import { describe, expect, test } from 'vitest'
import { NO_ROW } from '../../src/base/keyed-rows.ts'
import { below, stream, uniform } from '../../src/base/stream.ts'
import { SECOND } from '../../src/base/time.ts'
import { ask, cache, put } from '../../src/policies/eviction/cache.ts'
import type { Eviction } from '../../src/policies/eviction/eviction.ts'
import { evictions } from '../../src/policies/eviction/index.ts'
import { keySamplerOf } from '../../src/policies/keys/index.ts'
import { between, usualCapacities } from '../../src/run/mrc/capacities.ts'
import { independentKeys } from '../../src/run/mrc/independent.ts'
import { type MissRatios, missRatios, type Wanted } from '../../src/run/mrc/mrc.ts'
import { approximateMisses, popularityOf } from '../../src/run/mrc/theory.ts'
import { addRequest, countFrom, type NodeTraffic, nodeTraffic } from '../../src/run/mrc/traffic.ts'
import { simulate } from '../../src/run/simulate.ts'
import { always, cacheSettings, chosen, clients, poisson, scenario, tier } from '../model/build.ts'

const standard = (policy: string) =>
  chosen(
    policy,
    Object.fromEntries(
      Object.entries(evictions.get(policy).params).map(([name, param]) => [name, param.default]),
    ),
  )
const ALL = evictions.names.map(standard)

function solve(traffic: readonly NodeTraffic[], wanted: Partial<Wanted>): MissRatios {
  const steps = missRatios(traffic, {
    policies: [standard('lru')],
    capacities: [1, 10, 100],
    unit: 'objects',
    seed: 1,
    popularity: undefined,
    ...wanted,
  })
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    expect(value).toBeGreaterThanOrEqual(0)
    expect(value).toBeLessThanOrEqual(1)
  }
}

/** Requests of which some come back soon, of sizes from 1 to 50. */
function someTraffic(requests: number, seed: string): NodeTraffic {
  const random = stream(seed, 'traffic')
  const traffic = nodeTraffic()
  for (let i = 0; i < requests; i++) {
    const key = uniform(random) < 0.5 ? below(random, 20) : below(random, 400)
    addRequest(traffic, key, 1 + ((key * 7919) % 50), i)
  }
  countFrom(traffic, requests / 5)
  return traffic
}

/** One cache, asked one request after the other: misses from the first request that counts on. */
function naive(
  { objects, keys, sizes, requests, measured }: NodeTraffic,
  capacity: number,
  hasSizes: boolean,
) {
  const lru = evictions.get('lru') as Eviction
  const one = cache(lru, standard('lru').params, capacity, hasSizes)
  const missed = { requests: 0, bytes: 0 }
  for (let i = 0; i < requests; i++) {
    const [key, size] = [keys[objects[i]!]!, sizes[objects[i]!]!]
    if (ask(lru, one, key, 0) !== NO_ROW) continue
    put(lru, one, key, size, 0, stream('none', 'none'))
    if (i < measured) continue
    missed.requests++
    missed.bytes += size
  }
  return missed
}

describe('the curve of LRU', () => {
  test.each(['objects', 'bytes'] as const)(
    'is what simulations of the same capacities miss, in %s',
    (unit) => {
      const traffic = someTraffic(4000, unit)
      const capacities = [500, 7, 1, 50, 49, 130, 3000]
      const total = traffic.requests - traffic.measured
      const { curves, requests, warmUpRequests } = solve([traffic], { capacities, unit })
      expect([requests, warmUpRequests]).toEqual([3200, 800])
      for (const [i, capacity] of capacities.entries()) {
        const misses = naive(traffic, capacity, unit === 'bytes')
        expect(curves[0]!.missRatio[i]).toBe(misses.requests / total)
        const all = naive(traffic, 0.5, true).bytes
        expect(curves[0]!.byteMissRatio[i]).toBe(misses.bytes / all)
      }
    },
  )

  test('of several caches is that of all their misses', () => {
    const nodes = [someTraffic(500, 'a'), someTraffic(1500, 'b')]
    const { curves } = solve(nodes, { capacities: [30] })
    const misses = nodes.map((node) => naive(node, 30, false).requests)
    expect(curves[0]!.missRatio[0]).toBe((misses[0]! + misses[1]!) / 1600)
  })
})

test('no policy misses less than the optimum, and none more than all or less than first requests', () => {
  const traffic = someTraffic(6000, 'optimum')
  countFrom(traffic, 0)
  const whole = { ...traffic, measured: 0 }
  const { curves, optimum, firstRequestRatio } = solve([whole], {
    policies: ALL,
    capacities: [5, 20, 80, 1000],
  })
  expect(curves.length).toBe(ALL.length)
  for (const { missRatio } of curves) {
    for (const [i, ratio] of missRatio.entries()) {
      expect(ratio).toBeGreaterThanOrEqual(optimum.missRatio[i]!)
      expect(ratio).toBeGreaterThanOrEqual(firstRequestRatio)
      expect(ratio).toBeLessThanOrEqual(1)
    }
    expect(missRatio.at(-1)).toBe(firstRequestRatio)
  }
})

const plain = cacheSettings({ capacity: 50, eviction: standard('lru'), ttl: 9e12 })

test('at its own capacity a run whose fetches take no time misses exactly what the curve says', () => {
  for (const eviction of ALL.filter(({ policy }) => policy !== 'random')) {
    const traffic = [nodeTraffic(), nodeTraffic()]
    const report = simulate(
      scenario({
        clients: [clients(poisson(400), { keys: chosen('zipf', { count: 500, exponent: 0.8 }) })],
        tiers: [
          {
            ...tier({ id: 'cache', demand: always(0), concurrency: 99, replicas: 2 }),
            cache: { ...plain, eviction },
          },
          tier({ demand: always(0), concurrency: 99 }),
        ],
      }),
      { onLookUp: (node, object, bytes, at) => addRequest(traffic[node]!, object, bytes, at) },
    )
    const { curves } = solve(traffic, { policies: [eviction], capacities: [50] })
    const { hits, lookUps } = report.tiers.cache!.cache!
    expect(curves[0]!.missRatio[0]).toBe((lookUps - hits) / lookUps)
  }
})

describe('the theory', () => {
  test('is near the curve of independent requests', () => {
    const popular = chosen('zipf', { count: 3000, exponent: 0.9 })
    const even = chosen('uniform', { count: 4000 })
    const made = scenario({
      clients: [
        clients(poisson(3000), { keys: popular }),
        { ...clients(poisson(1000), { keys: even }), id: 'crawler' },
      ],
      tiers: [{ ...tier({ id: 'cache' }), cache: plain }, tier({})],
    })
    const traffic = nodeTraffic()
    const random = stream('theory', 'keys')
    const [often, evenly] = [keySamplerOf(popular), keySamplerOf(even)]
    for (let i = 0; i < 60_000; i++) {
      const key = uniform(random) < 0.75 ? often(random, 0) : evenly(random, 0)
      addRequest(traffic, key, 1, i)
    }
    countFrom(traffic, 20_000)
    const policies = ['lru', 'fifo', 'random'].map(standard)
    const { curves, theory } = solve([traffic], {
      policies,
      capacities: [50, 500, 1500],
      popularity: independentKeys(made, 0),
    })
    for (const [c, { missRatio }] of curves.entries()) {
      for (const [i, ratio] of missRatio.entries()) {
        expect(Math.abs(ratio - theory![c]!.missRatio[i]!)).toBeLessThan(0.01)
      }
    }
  })

  test('takes high ranks together without harm, and knows the ends', () => {
    const all = popularityOf(chosen('zipf', { count: 1_000_000, exponent: 0.8 }))!
    expect(all.counts.length).toBeLessThan(20_000)
    expect(all.counts.reduce((sum, n) => sum + n)).toBe(1_000_000)
    expect(approximateMisses(all, 1_000_000, true)).toBe(0)
    const uniform = popularityOf(chosen('uniform', { count: 100 }))!
    expect(approximateMisses(uniform, 30, true)).toBeCloseTo(0.7, 6)
    expect(approximateMisses(uniform, 30, false)).toBeCloseTo(0.7, 6)
  })

  test('stands aside where keys decide which cache is asked, or change with time', () => {
    const made = (strategy: string, keys = chosen('uniform', { count: 9 })) =>
      scenario({
        clients: [clients(poisson(9), { keys })],
        tiers: [
          { ...tier({ id: 'cache', replicas: 2, strategy: chosen(strategy, {}) }), cache: plain },
          tier({}),
        ],
      })
    expect(independentKeys(made('random'), 0)).toBeDefined()
    expect(independentKeys(made('rendezvous'), 0)).toBeUndefined()
    const drifting = chosen('hot-set', { count: 9, hot: 3, share: 0.8, drift: SECOND })
    expect(independentKeys(made('random', drifting), 0)).toBeUndefined()
  })
})

test('capacities are round, with both ends and what the tier has', () => {
  expect(between(30, 1000, 'objects')).toEqual([30, 50, 100, 200, 500, 1000])
  expect(between(1000, 8192, 'bytes')).toEqual([1000, 1024, 2048, 4096, 8192])
  expect(usualCapacities(2500, 'objects', 60)).toEqual([
    2, 5, 10, 20, 50, 60, 100, 200, 500, 1000, 2000, 2500,
  ])
  expect(usualCapacities(1, 'objects', undefined)).toEqual([1])
})
