/** Caches in the cluster: who is answered from them, who waits, who fetches, and what a crash or a purge does. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { startRun } from '../../src/run/run.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { CacheSettings } from '../../src/scenario/cache.ts'
import type { Fault } from '../../src/scenario/scenario.ts'
import {
  always,
  asListed,
  cacheSettings,
  chosen,
  clients,
  fault,
  listed,
  ms,
  poisson,
  scenario,
  tier,
} from './build.ts'
import { type Fact, factsOf, only, outcomes } from './facts-of.ts'
import { leftovers, runDry } from './leftovers.ts'

const plain = cacheSettings()

/** Requests for one key at these ms, through a cache of no work in front of an origin that takes 100 ms. */
function behindCache(
  instants: readonly number[],
  more: Partial<CacheSettings> = {},
  faults: readonly Fault[] = [],
  origin: Parameters<typeof tier>[0] = {},
): readonly Fact[] {
  const cache = tier({ id: 'cache', demand: always(0), concurrency: 100 })
  const tiers = [
    { ...cache, cache: { ...plain, ...more } },
    tier({ id: 'web', demand: always(ms(100)), concurrency: 100, ...origin }),
  ]
  return factsOf(scenario({ clients: [clients(asListed)], tiers, faults }), {
    logs: listed(...instants.map(ms)),
  })
}

/** The latencies in ms, in order of birth. */
function latencies(facts: readonly Fact[]): number[] {
  return only(facts, 'settled')
    .toSorted((a, b) => a.subject - b.subject)
    .map(({ value }) => value / 1e6)
}

/** How many requests reached the origin. */
const fetches = (facts: readonly Fact[]) => only(facts, 'sent', 1).length

describe('a cache in front of a tier', () => {
  test('serves what it holds as long as it is fresh', () => {
    const facts = behindCache([0, 200, 1099, 1101])
    expect(latencies(facts)).toEqual([100, 0, 0, 100])
    expect(fetches(facts)).toBe(2)
  })

  test('lets those wait who ask for what is being fetched', () => {
    const facts = behindCache([0, 10, 20, 99])
    expect(latencies(facts)).toEqual([100, 90, 80, 1])
    expect(fetches(facts)).toBe(1)
  })

  test('without coalescing lets each of them fetch', () => {
    const facts = behindCache([0, 10, 20, 150], { coalesce: false })
    expect(latencies(facts)).toEqual([100, 100, 100, 0])
    expect(fetches(facts)).toBe(3)
  })

  test('serves what is old within grace, and fetches it once in the background', () => {
    const facts = behindCache([0, 1200, 1210, 1350], { grace: SECOND })
    expect(latencies(facts)).toEqual([100, 0, 0, 0])
    expect(fetches(facts)).toBe(2)
    expect(only(facts, 'looked-up').map(({ detail }) => detail)).toEqual([3, 2, 1, 0])
    expect(only(facts, 'fetched').map(({ subject, detail }) => [subject, detail])).toEqual([
      [0, 0],
      [1.5, 16],
    ])
  })

  test('by the rule of nginx lets those who wait look every 500 ms', () => {
    const facts = behindCache([0, 10, 20], { rule: 'nginx' }, [], { demand: always(ms(300)) })
    expect(latencies(facts)).toEqual([300, 500, 500])
    expect(fetches(facts)).toBe(1)
  })

  test('by the rule of nginx is fresh through the whole second', () => {
    expect(latencies(behindCache([0, 1999, 2000], { rule: 'nginx' }))).toEqual([100, 0, 100])
  })

  test('that may keep nothing lets them fetch one after the other, and by the rule of Varnish at once', () => {
    const uncacheable = 1
    expect(latencies(behindCache([0, 1, 2], { uncacheable }))).toEqual([100, 199, 298])
    const marked = behindCache([0, 1, 2, 150, 151], {
      uncacheable,
      rule: 'varnish',
      hitForMiss: 120 * SECOND,
    })
    expect(latencies(marked)).toEqual([100, 199, 198, 100, 100])
  })

  test('fails for all who wait when the fetch fails, unless it may serve what is old', () => {
    const broken = fault(ms(1150), 'errors', 0, 1, 1)
    const failing = behindCache([0, 1200, 1201], {}, [broken])
    expect(outcomes(failing)).toEqual(['ok', 'error', 'error'])
    const serving = behindCache([0, 1200, 1201], { staleIfError: 9 * SECOND }, [broken])
    expect(outcomes(serving)).toEqual(['ok', 'ok', 'ok'])
  })

  test('keeps failures when told so', () => {
    const broken = fault(0, 'errors', 0, 1, 1)
    const facts = behindCache([1, 2, 3], { negative: SECOND }, [broken])
    expect(outcomes(facts)).toEqual(['error', 'error', 'error'])
    expect(fetches(facts)).toBe(1)
  })

  test('that crashes has lost everything, and fails those who wait', () => {
    const crash = [fault(ms(150), 'crash'), fault(ms(200), 'recover')]
    expect(latencies(behindCache([0, 140, 300], {}, crash))).toEqual([100, 0, 100])
    expect(outcomes(behindCache([60, 100, 300], {}, crash))).toEqual(['broken', 'broken', 'ok'])
  })

  test('that hangs answers those who waited when it is back', () => {
    const hang = [fault(ms(50), 'hang'), fault(ms(500), 'recover')]
    const facts = behindCache([0, 10], {}, hang)
    expect(latencies(facts)).toEqual([500, 490])
    expect(fetches(facts)).toBe(1)
  })

  test('fetches anew after a purge, and serves what is old after a soft one', () => {
    expect(latencies(behindCache([0, 200, 400], {}, [fault(ms(300), 'purge')]))).toEqual([100, 0, 100])
    const soft = behindCache([0, 200, 400, 600], { grace: SECOND }, [fault(ms(300), 'softPurge')])
    expect(latencies(soft)).toEqual([100, 0, 0, 0])
    expect(fetches(soft)).toBe(2)
  })

  test('loses only the keys that a ban is about', () => {
    const held = (keys: number | undefined) => {
      const users = clients(poisson(400), { keys: chosen('uniform', { count: 200 }) })
      const cache = tier({ id: 'cache', demand: always(0), concurrency: 9 })
      const ban = { ...fault(4 * SECOND, 'purge'), ...(keys === undefined ? {} : { keys }) }
      const tiers = [
        { ...cache, cache: { ...plain, capacity: 999, ttl: 99 * SECOND } },
        tier({ concurrency: 99 }),
      ]
      return only(factsOf(scenario({ clients: [users], tiers, faults: [ban] })), 'purged').map(
        (f) => f.subject,
      )
    }
    expect(held(undefined)).toEqual([200])
    const [some] = held(0.2)
    expect(some).toBeGreaterThan(20)
    expect(some).toBeLessThan(60)
  })

  test('serves what has changed at its origin until its time is over, and says how old that is', () => {
    const facts = behindCache([0, 200, 400, 1200], {}, [fault(ms(300), 'update')])
    expect(only(facts, 'served-old').map(({ subject, value }) => [subject, value])).toEqual([[2, ms(100)]])
  })

  test('that is told of changes fetches anew', () => {
    const invalidation = { delay: ms(50), soft: false }
    const facts = behindCache([0, 200, 320, 400], { invalidation }, [fault(ms(300), 'update')])
    expect(latencies(facts)).toEqual([100, 0, 0, 100])
  })
})

describe('what a cache need not fetch whole', () => {
  const asks = { notModified: 0.1, keep: SECOND }

  test('costs a share of the work and brings no bytes, as long as it is kept', () => {
    const facts = behindCache([0, 1200, 3400], asks)
    expect(latencies(facts)).toEqual([100, 10, 100])
    expect(only(facts, 'fetched').map(({ detail }) => detail)).toEqual([0, 32, 0])
  })

  test('is fetched whole when it has changed', () => {
    const facts = behindCache([0, 1200, 2500], asks, [fault(ms(300), 'update')])
    expect(latencies(facts)).toEqual([100, 100, 10])
  })

  test('spares the origin in the background, too', () => {
    const facts = behindCache([0, 1200, 1215], { ...asks, grace: SECOND })
    expect(only(facts, 'looked-up').map(({ detail }) => detail)).toEqual([3, 2, 0])
  })

  test('spares the tiers up to the next cache only', () => {
    const cache = { ...plain, ...asks }
    const edge = { ...tier({ id: 'edge', demand: always(0), concurrency: 9 }), cache }
    const shared = {
      ...tier({ id: 'shared', demand: always(ms(20)), concurrency: 9 }),
      cache: { ...plain, ttl: 1, coalesce: false },
    }
    const tiers = [edge, shared, tier({ id: 'web', demand: always(ms(100)) })]
    const facts = factsOf(scenario({ clients: [clients(asListed)], tiers }), {
      logs: listed(...[0, 1500].map(ms)),
    })
    expect(latencies(facts)).toEqual([120, 102])
  })
})

describe('what goes past a cache or does not come in', () => {
  test('an answer that must not be kept leaves a mark that lets all pass until its time is over', () => {
    const facts = behindCache([0, 1, 150, 900, 1250], { uncacheable: 1, hitForPass: SECOND })
    expect(latencies(facts)).toEqual([100, 199, 100, 100, 100])
    expect(only(facts, 'looked-up').map(({ detail }) => detail)).toEqual([3, 4, 21, 5, 5, 3])
  })

  test('objects that are not admitted are fetched each time', () => {
    expect(fetches(behindCache([0, 200, 400], { admission: 0 }))).toBe(3)
  })

  test('some requests are neither looked up nor kept', () => {
    const facts = behindCache([0, 200, 400], { bypass: 1 })
    expect(latencies(facts)).toEqual([100, 100, 100])
    expect(only(facts, 'looked-up')).toEqual([])
    expect(only(facts, 'went-past').length).toBe(3)
  })
})

describe('requests that change something', () => {
  /** Two caches in turn, both filled by 101 ms; a write through the first ends at 600 ms; reads from then on. */
  function written(
    more: Partial<CacheSettings>,
    reads: readonly number[] = [800, 900, 1000, 1200],
  ): readonly Fact[] {
    const cache = tier({ id: 'cache', demand: always(0), concurrency: 9, replicas: 2 })
    const tiers = [
      { ...cache, cache: { ...plain, ttl: 9 * SECOND, ...more } },
      tier({ id: 'web', demand: always(ms(100)), concurrency: 9 }),
    ]
    const editors = { ...clients(asListed), id: 'editors', writes: 1 }
    const logs = new Map([...listed(...[0, 1, ...reads].map(ms))])
    logs.set('editors', listed(ms(500)).get('users')!)
    return factsOf(scenario({ clients: [clients(asListed), editors], tiers }), { logs })
  }
  const old = (facts: readonly Fact[]) =>
    only(facts, 'served-old').map(({ object, at, value }) => [object, at / 1e6, value / 1e6])
  const looks = (facts: readonly Fact[]) =>
    only(facts, 'looked-up')
      .slice(2)
      .map(({ object, detail }) => [object, detail])

  test('go past, and take out what they have changed where they passed, not elsewhere', () => {
    const facts = written({})
    expect(only(facts, 'went-past').map(({ object, detail }) => [object, detail])).toEqual([[0, 1]])
    expect(looks(facts)).toEqual([
      [1, 0],
      [0, 3],
      [1, 0],
      [0, 0],
    ])
    expect(old(facts)).toEqual([
      [1, 800, 200],
      [1, 1000, 400],
    ])
  })

  test('take it out of the other nodes when the news is there', () => {
    const facts = written({ writes: { effect: 'invalidate', delay: always(ms(300)) } })
    expect(looks(facts)).toEqual([
      [1, 0],
      [0, 3],
      [1, 3],
      [0, 0],
    ])
    expect(old(facts)).toEqual([[1, 800, 200]])
  })

  test('written through, make it new in each', () => {
    const facts = written({ writes: { effect: 'update', delay: always(ms(300)) } })
    expect(looks(facts)).toEqual([
      [1, 0],
      [0, 0],
      [1, 0],
      [0, 0],
    ])
    expect(old(facts)).toEqual([[1, 800, 200]])
    expect(only(facts, 'invalidated').map(({ object, at }) => [object, at / 1e6])).toEqual([
      [0, 600],
      [1, 900],
    ])
  })

  test('by the rules of nginx and Varnish change nothing that is held', () => {
    const facts = written({ rule: 'varnish' })
    expect(old(facts).length).toBe(4)
  })
})

test('two levels: what the second holds is a miss of the first only', () => {
  const cache = (id: string) => ({
    ...tier({ id, demand: always(0), concurrency: 9, replicas: 2 }),
    cache: plain,
  })
  const shared = { ...cache('shared'), replicas: cache('shared').replicas.slice(0, 1) }
  const tiers = [cache('edge'), shared, tier({ id: 'web', demand: always(ms(100)) })]
  const facts = factsOf(scenario({ clients: [clients(asListed)], tiers }), {
    logs: listed(...[0, 200, 400, 600].map(ms)),
  })
  expect(latencies(facts)).toEqual([100, 0, 0, 0])
  expect(only(facts, 'looked-up', 2).map(({ detail }) => detail)).toEqual([3, 0])
})

test('two levels: what the first gets from the second is as old there as it was here', () => {
  const cache = (id: string, ttl: number) => ({
    ...tier({ id, demand: always(0), concurrency: 9 }),
    cache: { ...plain, ttl },
  })
  const tiers = [
    cache('edge', ms(150)),
    cache('shared', SECOND),
    tier({ id: 'web', demand: always(ms(100)) }),
  ]
  const faults = [fault(ms(300), 'update', 0, 0, 0), fault(ms(300), 'update', 0, 0, 1)]
  const own = { capacity: 9, hasSizes: false, ttl: ms(100), latency: 1, uncacheable: 0 }
  const old = (users: ReturnType<typeof clients>) => {
    const facts = factsOf(scenario({ clients: [users], tiers, faults }), {
      logs: listed(...[0, 400, 450, 1300].map(ms)),
    })
    return facts.flatMap(({ kind, object, at, value }) =>
      (kind === 'served-old' || kind === 'asked-at-home') && value > 0
        ? [[kind, object, at / 1e6, value / 1e6]]
        : [],
    )
  }
  expect(old(clients(asListed))).toEqual([
    ['served-old', 1, 400, 100],
    ['served-old', 0, 450, 150],
  ])
  expect(old(clients(asListed, { cache: own }))).toEqual([
    ['served-old', 1, 400, 100],
    ['asked-at-home', 0, 450, 150],
  ])
})

test('objects have one size, and what is larger than the cache is not kept', () => {
  const sized = (capacity: number, more: Partial<CacheSettings> = {}) =>
    simulate(
      scenario({
        clients: [
          clients(poisson(200), {
            keys: chosen('uniform', { count: 20 }),
            size: chosen('uniform', { min: 500, max: 1500 }),
          }),
        ],
        tiers: [
          {
            ...tier({ id: 'cache', demand: always(0) }),
            cache: { ...plain, hasSizes: true, capacity, ttl: 9e12, ...more },
          },
          tier({ demand: always(ms(1)), concurrency: 9 }),
        ],
      }),
    )
  const all = sized(1e6).tiers.cache!.cache!
  expect(all.evictions).toBe(0)
  expect(all.fetches).toBe(20)
  expect(sized(400).tiers.cache!.cache!.hits).toBe(0)
  expect(sized(1e6, { maxSize: 400 }).tiers.cache!.cache!.hits).toBe(0)
})

test('nothing is left over when all is done, whatever befalls it', () => {
  for (const rule of ['standard', 'varnish', 'nginx'] as const) {
    const cache = { ...plain, rule, grace: SECOND, uncacheable: 0.2, staleIfError: SECOND, variants: 2 }
    const run = startRun(
      scenario({
        clients: [
          clients(poisson(300), {
            keys: chosen('uniform', { count: 30 }),
            timeout: always(ms(80)),
            onTimeout: 'cancel',
          }),
        ],
        tiers: [
          {
            ...tier({ id: 'cache', demand: always(ms(1)), replicas: 2, concurrency: 4, blocking: true }),
            cache,
          },
          tier({ demand: chosen('exponential', { mean: ms(60) }), replicas: 3, concurrency: 3 }),
        ],
        faults: [
          fault(2e9, 'crash', 0),
          fault(3e9, 'recover', 0),
          fault(4e9, 'errors', -1, 0.5, 1),
          fault(5e9, 'hang', 1),
          fault(6e9, 'recover', 1),
          fault(7e9, 'recover', -1, 0, 1),
          fault(8e9, 'crash', 0, 0, 1),
          fault(9e9, 'recover', 0, 0, 1),
        ],
      }),
    )
    expect(runDry(run.cluster)).toBe(true)
    expect(Object.entries(leftovers(run.cluster)).filter(([, n]) => n !== 0)).toEqual([])
    const fetching = run.cluster.caches!.nodes.reduce((sum, node) => sum + (node?.fetches.size ?? 0), 0)
    expect(fetching).toBe(0)
  }
})
