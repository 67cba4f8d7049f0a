/** What the report says of populations apart, of rate limits and of connections. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { factLog } from '../../src/engine/fact-log.ts'
import { link } from '../../src/model/link.ts'
import { addressOf } from '../../src/model/visitors.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { ClientPopulation } from '../../src/scenario/scenario.ts'
import { always, chosen, clients, ms, paced, scenario, tier } from '../model/build.ts'

const users = clients(paced(10), { id: 'users' })
const bots = clients(paced(100), { id: 'bots', role: 'attack' })

/** All addresses that the populations show. */
function shownBy(...populations: readonly ClientPopulation[]): readonly number[][] {
  const linked = link(scenario({ clients: populations }), factLog([])).fixed.clients
  return linked.map((one) => Array.from({ length: one.addresses }, (_, visitor) => addressOf(one, visitor)))
}

function isApart(some: ReadonlySet<number>, others: ReadonlySet<number>): boolean {
  return [...some].every((one) => !others.has(one))
}

describe('attackers', () => {
  test('have addresses apart from those of all users and their gateways, and of each other', () => {
    const office = clients(paced(1), { id: 'office', addresses: 300, nat: { gateways: 3, share: 0.5 } })
    const many = { ...bots, addresses: 500 }
    const all = shownBy(office, many, { ...users, addresses: 700 }, { ...many, id: 'others' })
    const [atOffice, ofBots, ofUsers, ofOthers] = all.map((list) => new Set(list))
    expect(ofBots!.size).toBe(500)
    expect(isApart(ofBots!, ofOthers!)).toBe(true)
    for (const theirs of [atOffice!, ofUsers!]) {
      expect(isApart(theirs, ofBots!)).toBe(true)
      expect(isApart(theirs, ofOthers!)).toBe(true)
    }
    expect(isApart(atOffice!, ofUsers!), 'users overlap').toBe(false)
  })

  test('can show the gateways of their victims', () => {
    const office = clients(paced(1), { id: 'office', addresses: 300, nat: { gateways: 3, share: 0.5 } })
    const hidden = { ...bots, addresses: 90, nat: { gateways: 1, share: 1, sharedWith: 'office' } }
    const [atOffice, ofBots] = shownBy(office, hidden)
    const gateways = new Set(atOffice!.filter((address, visitor) => address !== visitor))
    expect(new Set(ofBots)).toEqual(gateways)
  })

  test('bring more work where their requests cost more', () => {
    const run = (cost: number) =>
      simulate(scenario({ clients: [{ ...bots, cost }], tiers: [tier({ concurrency: 100 })] })).latencyMs!.max
    expect([run(1), run(3)]).toEqual([10, 30])
  })
})

describe('the report', () => {
  const rule = { rule: chosen('token-bucket', { rate: 20, burst: 1 }), keys: 10, status: 429 } as const
  const limit = { ...rule, key: 'address', scope: 'node' } as const
  const tiers = [tier({ concurrency: 100, rateLimits: [limit] })]

  test('tells populations apart, which add up to all', () => {
    const whole = simulate(scenario({ clients: [users, bots], tiers }))
    const { clients: apart, requests, tiers: of, attack, series } = whole
    expect(apart!.users).toMatchObject({
      arrived: 100,
      succeeded: 99,
      limited: 0,
      unfinished: 1,
      availability: 1,
    })
    const { arrived, succeeded, limited, limitedShare, unfinished } = apart!.bots!
    expect(arrived).toBe(1000)
    expect(limited).toBe(arrived - succeeded - unfinished)
    expect(limitedShare).toBeCloseTo(0.8, 2)
    expect(requests.arrived).toBe(1100)
    expect(requests.byOutcome.limited).toBe(limited)
    expect(of.web!.limits).toEqual({ limited, limitedShare: limited / 1100, heldBack: 0 })
    expect(attack).toEqual({
      usersLimitedShare: 0,
      usersAvailability: 1,
      attackersLimitedShare: limitedShare,
      attackersSucceededShare: succeeded / (arrived - unfinished),
      mistakenShare: 0,
    })
    const inAll = (column: string) =>
      (series[column] as readonly number[]).reduce(
        (sum, perSecond) => sum + perSecond * series.stepSeconds,
        0,
      )
    // What is settled at the very end is in no step any more.
    expect(Math.abs(inAll('clients.bots.limitedPerSecond') - limited)).toBeLessThan(1.5)
    expect(Math.abs(inAll('clients.bots.succeededPerSecond') - succeeded)).toBeLessThan(1.5)
    expect(inAll('clients.users.limitedPerSecond')).toBe(0)
  })

  test('has nothing to tell apart of one population', () => {
    const made = simulate(scenario({ clients: [users] }))
    expect(made).not.toHaveProperty('clients')
    expect(made.tiers.web).not.toHaveProperty('limits')
    expect(made.tiers.web).not.toHaveProperty('connections')
  })

  test('counts connections, their handshakes and how many are open', () => {
    const tls = { handshake: always(ms(10)), resumed: always(ms(1)) }
    const made = simulate(
      scenario({
        duration: 10 * SECOND,
        warmUp: SECOND / 2,
        clients: [clients(paced(1))],
        tiers: [tier({ concurrency: 2, tls, connections: { idle: SECOND / 2 } })],
      }),
    )
    const figures = made.tiers.web!.connections!
    const handshakes = made.requests.arrived
    expect(figures).toMatchObject({ opened: handshakes, handshakes, resumptionRate: 0, mostOpen: 1 })
    expect(figures.handshakesPerSecond).toBeCloseTo(handshakes / 9.5, 9)
    // 20 ms of service and half a second of idleness, each second; the last one was just begun.
    expect(figures.meanOpen * 9.5).toBeCloseTo((handshakes - 1) * 0.52, 6)
    expect(figures.handshakeShare! * made.tiers.web!.replicas['web/1']!.utilisation * 2 * 9.5).toBeCloseTo(
      handshakes * 0.01,
      9,
    )
    expect(figures.reuseShare).toBe(0)
    const of = (column: string) => made.series[`tiers.web.${column}`] as readonly number[]
    expect(Math.max(...of('connections'))).toBe(1)
    const opened = of('connectionsOpenedPerSecond')
    expect(of('handshakesPerSecond')).toEqual(opened)
    expect(of('resumptionRate').map((rate) => rate ?? 0)).toEqual(opened.map(() => 0))
    expect(of('resumptionRate').filter((rate) => rate === null)).toHaveLength(
      opened.filter((n) => n === 0).length,
    )
  })
})
