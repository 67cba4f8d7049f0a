/** Sessions, visitors and addresses: who comes, how often, and what two clusters have in common. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { addressOf } from '../../src/model/visitors.ts'
import type { ClientPopulation, Scenario } from '../../src/scenario/scenario.ts'
import {
  always,
  chosen,
  clients,
  closed,
  exponential,
  fault,
  ms,
  paced,
  poisson,
  scenario,
  tier,
} from './build.ts'
import { endings, type Fact, factsOf, only } from './facts-of.ts'
import { linkedClient } from './visitors-of.ts'

const three = { requests: always(3), thinkTime: always(ms(100)) }

function coming(more: Partial<ClientPopulation>, rest: Partial<Scenario> = {}): readonly Fact[] {
  return factsOf(scenario({ clients: [clients(paced(1), more)], tiers: [tier()], ...rest }))
}

const times = (facts: readonly Fact[]) => facts.map(({ at }) => at / ms(1))

describe('a session', () => {
  test('is so many requests, each a think time after the answer before it', () => {
    const facts = coming({ sessions: three }, { duration: 2.5 * SECOND })
    expect(times(only(facts, 'arrived'))).toEqual([1000, 1110, 1220, 2000, 2110, 2220])
  })

  test('waits for a slow answer, and goes on after a failure too', () => {
    const slow = coming(
      { sessions: three },
      { duration: 1.9 * SECOND, tiers: [tier({ demand: always(ms(50)) })] },
    )
    expect(times(only(slow, 'arrived'))).toEqual([1000, 1150, 1300])
    const dead = coming({ sessions: three }, { duration: 1.9 * SECOND, faults: [fault(0, 'crash')] })
    expect(times(only(dead, 'arrived'))).toEqual([1000, 1100, 1200])
  })

  test('of one visitor keeps its address', () => {
    const facts = coming(
      { sessions: three, addresses: 1000 },
      { clients: [clients(poisson(5), { sessions: three, addresses: 1000 })] },
    )
    const addresses = only(facts, 'arrived').map(({ object }) => object)
    const counts = new Map<number, number>()
    for (const address of addresses) counts.set(address, (counts.get(address) ?? 0) + 1)
    expect(counts.size).toBeGreaterThan(30)
    const whole = [...counts.values()].filter((n) => n % 3 === 0).length
    expect(whole / counts.size, 'but for those cut off by the end').toBeGreaterThan(0.9)
  })

  test('of a closed population is followed by the user’s own think time', () => {
    const arrivals = closed(1, always(SECOND))
    const facts = coming(
      { sessions: three },
      { clients: [clients(arrivals, { sessions: three })], duration: 3.4 * SECOND },
    )
    expect(times(only(facts, 'arrived'))).toEqual([1000, 1110, 1220, 2230, 2340, 2450])
  })

  test('brings no request after the end, nor more than are asked for', () => {
    const wanted = scenario({ clients: [clients(paced(1), { sessions: three })], duration: 1.15 * SECOND })
    expect(only(factsOf(wanted), 'arrived')).toHaveLength(2)
    expect(only(factsOf({ ...wanted, duration: 5 * SECOND }, { requests: 4 }), 'arrived')).toHaveLength(4)
  })
})

describe('the j-th request of the k-th session', () => {
  const more: Partial<ClientPopulation> = {
    sessions: { requests: chosen('geometric', { mean: 5 }), thinkTime: exponential(ms(200)) },
    keys: chosen('zipf', { count: 100, exponent: 0.9 }),
    // So many that no visitor has two sessions at a time.
    addresses: 1_000_000_000,
  }
  const population = clients(poisson(20), more)

  /** Keys that each visitor asks for, in order. */
  function asked(wanted: Partial<Scenario>) {
    const facts = factsOf(scenario({ clients: [population], ...wanted }))
    const byVisitor = new Map<number, number[]>()
    for (const { object, value } of only(facts, 'arrived')) {
      byVisitor.set(object, [...(byVisitor.get(object) ?? []), value])
    }
    return { byVisitor, facts }
  }

  test('asks for the same whatever the cluster does', () => {
    const fast = asked({ tiers: [tier({ replicas: 4, demand: exponential(ms(5)) })] })
    const slow = asked({
      tiers: [tier({ replicas: 2, demand: exponential(ms(5)), strategy: chosen('random') })],
      faults: [fault(2 * SECOND, 'slow', -1, 20)],
    })
    expect(slow.facts).not.toEqual(fast.facts)
    let compared = 0
    for (const [visitor, keys] of fast.byVisitor) {
      const others = slow.byVisitor.get(visitor) ?? []
      const common = Math.min(keys.length, others.length)
      expect(others.slice(0, common)).toEqual(keys.slice(0, common))
      compared += common
    }
    expect(compared).toBeGreaterThan(300)
  })
})

describe('visitors', () => {
  const count = 1000

  test('behind gateways show the gateways’ addresses, the others their own', () => {
    const fixed = linkedClient(clients(poisson(1), { addresses: count, nat: { gateways: 4, share: 0.3 } }))
    const shown = Array.from({ length: count }, (_, visitor) => addressOf(fixed, visitor))
    const own = shown.filter((address, visitor) => address === visitor)
    expect(own).toHaveLength(700)
    const gateways = shown.filter((address) => address >= count)
    expect(new Set(gateways).size).toBe(4)
    expect(new Set(gateways.map((address) => address >> 8)).size, 'a network each').toBe(4)
    for (const gateway of new Set(gateways)) {
      expect(gateways.filter((address) => address === gateway)).toHaveLength(75)
    }
  })

  test('behind one gateway all stick to one replica by their source, not by their cookie', () => {
    const nat = { gateways: 1, share: 1 }
    const shares = (structure: NonNullable<ReturnType<typeof tier>['structure']>) => {
      const wanted = { clients: [clients(poisson(100), { addresses: count, nat })] }
      const facts = factsOf(
        scenario({ ...wanted, tiers: [tier({ replicas: 4, demand: always(ms(1)), structure })] }),
      )
      return new Set(only(facts, 'sent').map(({ object }) => object)).size
    }
    const rules = { onFailure: 'rebalance', afterRecovery: 'stay', expiry: 0, size: 0 } as const
    expect(shares({ affinity: { by: 'source', ...rules } })).toBe(1)
    expect(shares({ affinity: { by: 'cookie', ...rules } })).toBe(4)
  })

  test('come unequally often when they are said to', () => {
    const often = (skew?: number) => {
      const more = { addresses: count, ...(skew ? { skew } : {}) }
      const facts = factsOf(
        scenario({ clients: [clients(poisson(500), more)], tiers: [tier({ demand: always(0) })] }),
      )
      return only(facts, 'arrived').filter(({ object }) => object === 0).length
    }
    expect(often()).toBeLessThan(30)
    expect(often(1)).toBeGreaterThan(400)
  })
})

test('sessions end like everything else: answered, in order', () => {
  const facts = coming({ sessions: three })
  expect(endings(facts).filter((ending) => ending !== undefined).length).toBeGreaterThan(20)
})
