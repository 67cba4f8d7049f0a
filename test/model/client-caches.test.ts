/** Caches of clients: what they answer reaches no network, and is as old as it is. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { ClientPopulation } from '../../src/scenario/scenario.ts'
import {
  always,
  asListed,
  chosen,
  clientRetrying,
  clients,
  closed,
  fault,
  listed,
  ms,
  poisson,
  scenario,
  tier,
} from './build.ts'
import { type Fact, factsOf, only } from './facts-of.ts'

const cache = { capacity: 2, hasSizes: false, ttl: SECOND, latency: ms(1), uncacheable: 0 }
const web = tier({ demand: always(ms(100)), concurrency: 99 })

function asked(instants: readonly number[], more: Partial<ClientPopulation> = {}): readonly Fact[] {
  const users = clients(asListed, { cache, ...more })
  return factsOf(scenario({ clients: [users], tiers: [web] }), { logs: listed(...instants.map(ms)) })
}

const latencies = (facts: readonly Fact[]) =>
  only(facts, 'settled')
    .toSorted((a, b) => a.subject - b.subject)
    .map(({ value }) => value / 1e6)

describe('a cache of a client', () => {
  test('answers what it holds as long as it is fresh, from when it came', () => {
    const facts = asked([0, 50, 200, 1149, 1152, 1300])
    expect(latencies(facts)).toEqual([100, 100, 1, 1, 100, 1])
    expect(only(facts, 'asked-at-home').map(({ detail }) => detail)).toEqual([0, 0, 1, 1, 0, 1])
    expect(only(facts, 'sent').length).toBe(3)
  })

  test('keeps nothing that must not be kept, and no failure', () => {
    expect(latencies(asked([0, 200], { cache: { ...cache, uncacheable: 1 } }))).toEqual([100, 100])
    const users = clients(asListed, { cache })
    const faults = [fault(0, 'errors', 0, 1)]
    const facts = factsOf(scenario({ clients: [users], tiers: [web], faults }), { logs: listed(0, ms(200)) })
    expect(only(facts, 'sent').length).toBe(2)
  })

  test('is each visitor’s own', () => {
    const one = clients(poisson(50), { cache, addresses: 3, timeout: always(9 * SECOND) })
    const report = simulate(scenario({ clients: [one], tiers: [web] }))
    const { hits, lookUps } = report.clientCache!
    expect(lookUps).toBe(report.requests.arrived)
    expect(report.tiers.web!.callsPerRequest * report.requests.arrived).toBe(lookUps - hits)
    // Three visitors fetch once in a second and a little, and whatever they ask for while they wait.
    expect(lookUps - hits).toBeGreaterThan(3 * 8)
    expect(lookUps - hits).toBeLessThan(lookUps / 2)
  })

  test('lets a visitor’s own write take out what it holds, and says how old others’ copies are', () => {
    const reader = clients(asListed, { cache })
    const writer = { ...clients(asListed, { cache }), id: 'writers', writes: 1 }
    const logs = new Map([...listed(...[0, 800].map(ms)), ['writers', listed(ms(300)).get('users')!]])
    const facts = factsOf(scenario({ clients: [reader, writer], tiers: [web] }), { logs })
    expect(only(facts, 'asked-at-home').map(({ detail, value }) => [detail, value / 1e6])).toEqual([
      [0, 0],
      [1, 400],
    ])
    const mixed = clients(poisson(40), { cache, addresses: 1, writes: 0.5 })
    const { clientCache, requests } = simulate(scenario({ clients: [mixed], tiers: [web] }))
    expect(clientCache!.lookUps).toBeLessThan(requests.arrived * 0.7)
    expect(clientCache!.hitRate).toBeLessThan(0.9)
  })

  test('serves sessions, closed loops and clients that try again, and time goes on', () => {
    const keys = chosen('uniform', { count: 3 })
    for (const users of [
      clients(poisson(20), { cache, keys, sessions: { requests: always(5), thinkTime: always(0) } }),
      clients(closed(3, always(0)), { cache, keys, latency: always(ms(2)) }),
      clients(poisson(20), { cache, keys, timeout: always(ms(500)), retries: clientRetrying() }),
    ] as ClientPopulation[]) {
      const report = simulate(scenario({ clients: [users], tiers: [web], duration: 3 * SECOND }))
      expect(report.clientCache!.hits).toBeGreaterThan(0)
      expect(report.requests.arrived).toBeGreaterThan(20)
    }
  })
})
