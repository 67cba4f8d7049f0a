/** Connections that balancers keep to the replicas of a tier. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { Fault, Scenario } from '../../src/scenario/scenario.ts'
import type { ConnectionPool, Tls } from '../../src/scenario/transport.ts'
import {
  always,
  asListed,
  clients,
  fault,
  leastConnections,
  listed,
  ms,
  retrying,
  scenario,
  tier,
  type WantedTier,
} from './build.ts'
import { endings, type Fact, factsOf, only, outcomes } from './facts-of.ts'

const TLS: Tls = { handshake: always(ms(2)), resumed: always(ms(1)) }

/** One request at each of these instants; replicas 5 ms away, 10 ms of work each. */
function at(
  instants: readonly number[],
  pool: ConnectionPool,
  more: WantedTier = {},
  of: Partial<Scenario> = {},
) {
  const made = scenario({
    clients: [clients(asListed)],
    tiers: [tier({ concurrency: 100, latency: always(ms(5)), pool, ...more })],
    ...of,
  })
  return factsOf(made, { logs: listed(...instants) })
}

const latenciesOf = (facts: readonly Fact[]) => endings(facts).map((ending) => ending?.latency)
const openedAt = (facts: readonly Fact[]) => only(facts, 'connection-opened').map((fact) => fact.at)
const closedAt = (facts: readonly Fact[]) => only(facts, 'connection-closed').map((fact) => fact.at)

/** There, work, and back. */
const BARE = ms(20)

describe('a pool', () => {
  test('costs a round trip for the first request, and nothing while the connection is kept', () => {
    expect(latenciesOf(at([0, SECOND], {}))).toEqual([BARE + ms(10), BARE])
  })

  test('with TLS costs two, and the work of the handshake', () => {
    const facts = at([0, SECOND], {}, { tls: TLS })
    expect(latenciesOf(facts)).toEqual([BARE + ms(20) + ms(2), BARE])
    expect(only(facts, 'connection-opened')).toMatchObject([{ at: 0, value: ms(2), detail: 1 }])
  })

  test('opens another connection only while all are busy, and uses last the one that was idle longest', () => {
    const instants = [0, ms(1), SECOND, 2 * SECOND, 3 * SECOND]
    const facts = at(instants, { idle: 2.5 * SECOND })
    expect(openedAt(facts)).toEqual([0, ms(1)])
    // The one that came back first is never used again.
    expect(closedAt(facts)[0]).toBe(ms(30) + 2.5 * SECOND)
  })

  test('keeps so many that are idle', () => {
    const facts = at([0, ms(1), ms(2)], { kept: 1 })
    expect(openedAt(facts)).toHaveLength(3)
    expect(closedAt(facts).slice(0, 2)).toEqual([ms(31), ms(32)])
  })

  test('closes each with its answer where none is kept', () => {
    for (const pool of [{ idle: 0 }, { kept: 0 }]) {
      expect(latenciesOf(at([0, SECOND], pool))).toEqual([BARE + ms(10), BARE + ms(10)])
    }
  })

  test('replaces a connection that has carried so many requests', () => {
    const instants = [0, 1, 2, 3].map((s) => s * SECOND)
    expect(openedAt(at(instants, { requests: 2 }))).toEqual([0, 2 * SECOND])
  })

  test('carries several requests at once over one connection', () => {
    const facts = at([0, ms(1), ms(2), ms(3)], { streams: 3 })
    expect(openedAt(facts)).toEqual([0, ms(3)])
  })

  test('is of one balancer: each opens its own', () => {
    const instants = [0, 1, 2, 3, 4, 5].map((s) => s * SECOND)
    const facts = at(instants, {}, { structure: { balancers: 3 } })
    const balancers = new Set(only(facts, 'sent').map(({ detail }) => detail))
    expect(balancers.size).toBeGreaterThan(1)
    expect(openedAt(facts)).toHaveLength(balancers.size)
  })

  test('lets who finds all busy wait in line, when there is one', () => {
    const of = { structure: { line: { length: 5 } } }
    const facts = at([0, 0, 0], { size: 1 }, of)
    expect(openedAt(facts)).toEqual([0])
    expect(latenciesOf(facts)).toEqual([BARE + ms(10), 2 * BARE + ms(10), 3 * BARE + ms(10)])
    expect(outcomes(at([0, 0, 0], { size: 2 }))).toEqual(['ok', 'ok', 'unavailable'])
  })

  test('in each replica of a tier is its own', () => {
    const tiers = [
      tier({ id: 'edge', replicas: 2, concurrency: 100 }),
      tier({ id: 'app', replicas: 2, concurrency: 100, strategy: leastConnections, pool: {} }),
    ]
    const facts = at([0, 0, 0, 0], {}, {}, { tiers })
    expect(openedAt(facts)).toHaveLength(4)
  })
})

describe('what ends a connection of a pool', () => {
  const twice = [0, 3 * SECOND]
  const crash = (instant: number): Fault[] => [fault(instant, 'crash'), fault(instant + ms(1), 'recover')]

  test('its replica dies', () => {
    for (const instant of [ms(12), SECOND]) {
      const facts = at(twice, {}, {}, { faults: crash(instant) })
      expect(openedAt(facts)).toEqual(twice)
      expect(closedAt(facts)[0]).toBe(instant)
    }
  })

  test('the node that opened it dies', () => {
    const tiers = [tier({ id: 'edge', concurrency: 100 }), tier({ id: 'app', concurrency: 100, pool: {} })]
    const facts = at(twice, {}, {}, { tiers, faults: crash(SECOND) })
    expect(openedAt(facts)).toEqual(twice.map((instant) => instant + ms(10)))
  })

  test('its request is given up, but for HTTP/2', () => {
    const retries = retrying({ tries: 1, timeout: ms(15) })
    expect(openedAt(at(twice, {}, { retries }))).toEqual(twice)
    expect(openedAt(at(twice, { streams: 10 }, { retries }))).toEqual([0])
  })

  test('nobody knows a dead replica’s tickets, nor those of another one', () => {
    const tls: Tls = { ...TLS, tickets: 60 * SECOND }
    const how = (faults: Fault[]) =>
      only(at([0, SECOND, 3 * SECOND], { idle: 0 }, { tls }, { faults }), 'connection-opened').map(
        ({ detail }) => detail,
      )
    expect(how([])).toEqual([1, 2, 2])
    expect(how(crash(2 * SECOND))).toEqual([1, 2, 1])
  })
})
