/** Caches beside services: the same mind as in front of a tier, where a fetch is work of the replica's own. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { PHASE_DOOR } from '../../src/model/facts.ts'
import type { LogSource } from '../../src/scenario/access-log/log-source.ts'
import type { CacheSettings } from '../../src/scenario/cache.ts'
import type { ClientPopulation, Fault } from '../../src/scenario/scenario.ts'
import { always, asListed, cacheSettings, clients, fault, ms, scenario, tier } from './build.ts'
import { type Fact, factsOf, only, outcomes } from './facts-of.ts'

const plain = cacheSettings({ at: 'sidecar' })

/** Requests of [ms, key] at a replica whose service takes 100 ms. */
function beside(
  wanted: readonly (readonly [at: number, key: number])[],
  more: Partial<CacheSettings> = {},
  web: Parameters<typeof tier>[0] = {},
  faults: readonly Fault[] = [],
  users: Partial<ClientPopulation> = {},
): readonly Fact[] {
  const source: LogSource = {
    count: wanted.length,
    end: ms(wanted.at(-1)![0]),
    read(index, into) {
      const one = wanted[index]
      if (one === undefined) return false
      Object.assign(into, { at: ms(one[0]), address: 0, key: one[1], size: 0 })
      return true
    },
  }
  const service = tier({ demand: always(ms(100)), concurrency: 9, ...web })
  const tiers = [{ ...service, cache: { ...plain, ...more } }]
  return factsOf(scenario({ clients: [clients(asListed, users)], tiers, faults }), {
    logs: new Map([['users', source]]),
  })
}

const one = (...instants: readonly number[]) => instants.map((at) => [at, 0] as const)

/** The latencies in ms, in order of birth. */
function latencies(facts: readonly Fact[]): number[] {
  return only(facts, 'settled')
    .toSorted((a, b) => a.subject - b.subject)
    .map(({ value }) => value / 1e6)
}

const services = (facts: readonly Fact[]) => only(facts, 'started').map(({ at }) => at / 1e6)

describe('a cache beside a service', () => {
  test('spares it the work for what is held', () => {
    const facts = beside(one(0, 50, 200), { coalesce: false })
    expect(latencies(facts)).toEqual([100, 100, 0])
    expect(services(facts)).toEqual([0, 50])
  })

  test('lets those wait who ask for what is being fetched', () => {
    const facts = beside(one(0, 10, 20, 99))
    expect(latencies(facts)).toEqual([100, 90, 80, 1])
    expect(services(facts)).toEqual([0])
  })

  test('they wait in no slot and in no queue', () => {
    const wanted = [
      [0, 0],
      [10, 0],
      [20, 1],
      [30, 1],
    ] as const
    const facts = beside(wanted, {}, { concurrency: 2, queue: 0 })
    expect(latencies(facts)).toEqual([100, 90, 100, 90])
    expect(services(facts)).toEqual([0, 20])
  })

  test('by nginx’s rule they look every 500 ms', () => {
    const facts = beside(one(0, 10, 20), { rule: 'nginx' })
    expect(latencies(facts)).toEqual([100, 500, 500])
  })

  test('when the fetch fails they fail with it; by Varnish’s rule the next one tries', () => {
    const turnedAway = (rule: CacheSettings['rule']) => {
      // Key 1 has the only slot until 100, so that key 0 waits in the queue, and for no longer than 50 ms.
      const wanted = [[0, 1] as const, ...one(10, 20, 70)]
      return beside(wanted, { rule }, { concurrency: 1, patience: always(ms(50)) })
    }
    const shared = turnedAway('standard')
    expect(outcomes(shared)).toEqual(['ok', 'expired in queue', 'expired in queue', 'ok'])
    expect(latencies(shared)).toEqual([100, 50, 40, 130])
    const inTurn = turnedAway('varnish')
    expect(outcomes(inTurn)).toEqual(['ok', 'expired in queue', 'ok', 'ok'])
    expect(latencies(inTurn)).toEqual([100, 50, 180, 130])
  })

  test('whoever fetches and gives up leaves that to the next', () => {
    const facts = beside(one(0, 30, 100), {}, {}, [], { timeout: always(ms(80)), onTimeout: 'cancel' })
    expect(latencies(facts)).toEqual([80, 80, 80])
    expect(services(facts)).toEqual([0, 80, 110])
  })

  test('serves what is old within grace, and fetches it once in the background, for nobody', () => {
    const facts = beside(one(0, 1200, 1210, 1350), { grace: SECOND })
    expect(latencies(facts)).toEqual([100, 0, 0, 0])
    expect(services(facts)).toEqual([0, 1200])
    expect(only(facts, 'fetched').map(({ at, detail }) => [at / 1e6, detail])).toEqual([
      [100, 0],
      [1300, 16],
    ])
    expect(only(facts, 'looked-up').map(({ detail }) => detail)).toEqual([3, 2, 1, 0])
    expect(only(facts, 'sent').length).toBe(4)
  })

  test('that fetch takes a slot, or is turned away when there is none', () => {
    const wanted = [...one(0), [1200, 0], [1210, 1]] as const
    expect(latencies(beside(wanted, { grace: SECOND }, { concurrency: 1 }))).toEqual([100, 0, 190])
    const full = [[0, 0], [1190, 1], ...one(1200, 1210)] as const
    const facts = beside(full, { grace: SECOND }, { concurrency: 1, queue: 0 })
    expect(latencies(facts)).toEqual([100, 100, 0, 0])
    // Both tried: outcome 4 is a full queue, 16 the background.
    expect(only(facts, 'fetched').map(({ detail }) => detail)).toEqual([0, 20, 20, 0])
    expect(only(facts, 'fetch-left').map(({ detail }) => detail)).toEqual([PHASE_DOOR, PHASE_DOOR])
  })

  test('gives what is old when its service has turned the fetch away', () => {
    const wanted = [
      [0, 0],
      [1150, 1],
      [1200, 0],
    ] as const
    const full = { concurrency: 1, queue: 0 }
    expect(outcomes(beside(wanted, {}, full))).toEqual(['ok', 'ok', 'rejected'])
    expect(outcomes(beside(wanted, { staleIfError: SECOND }, full))).toEqual(['ok', 'ok', 'ok'])
  })

  test('a crash breaks off those who wait, and what is fetched for nobody', () => {
    const facts = beside(one(0, 1200, 1220, 1500), { grace: SECOND }, {}, [
      fault(ms(1250), 'crash'),
      fault(ms(1260), 'recover'),
    ])
    expect(latencies(facts)).toEqual([100, 0, 0, 100])
    const waiting = beside(one(0, 20), {}, {}, [fault(ms(50), 'crash')])
    expect(outcomes(waiting)).toEqual(['broken', 'broken'])
    expect(latencies(waiting)).toEqual([50, 30])
  })
})
