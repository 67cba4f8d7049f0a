/** Connections and TLS: what it takes to reach a replica. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { PHASE_HANDSHAKE, PHASE_SERVICE } from '../../src/model/facts.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { ClientPopulation, Scenario } from '../../src/scenario/scenario.ts'
import type { Connections, Tls } from '../../src/scenario/transport.ts'
import {
  always,
  asListed,
  chosen,
  clientRetrying,
  clients,
  fault,
  listed,
  ms,
  scenario,
  tier,
} from './build.ts'
import { endings, type Fact, factsOf, only, outcomes } from './facts-of.ts'

const TLS: Tls = { handshake: always(ms(2)), resumed: always(ms(1)) }

interface Wanted {
  readonly connections?: Connections
  readonly tls?: Tls
  readonly client?: Partial<ClientPopulation>
  readonly more?: Partial<Scenario>
}

/** One request at each of these instants, 5 ms from the replica, 10 ms of work each. */
function at(instants: readonly number[], { connections, tls, client = {}, more = {} }: Wanted) {
  const made = scenario({
    clients: [clients(asListed, { latency: always(ms(5)), ...client })],
    tiers: [tier({ concurrency: 100, ...(connections ? { connections } : {}), ...(tls ? { tls } : {}) })],
    ...more,
  })
  return factsOf(made, { logs: listed(...instants) })
}

function latenciesOf(facts: readonly Fact[]): readonly (number | undefined)[] {
  return endings(facts).map((ending) => ending?.latency)
}

/** 0 without TLS, 1 full, 2 resumed. */
function handshakesOf(facts: readonly Fact[]): readonly number[] {
  return only(facts, 'connection-opened').map(({ detail }) => detail)
}

/** There, work, and back; a round trip is 10 ms. */
const BARE = ms(20)

describe('a connection', () => {
  test('costs a round trip, and nothing once it is open', () => {
    expect(latenciesOf(at([0, SECOND], { connections: {} }))).toEqual([BARE + ms(10), BARE])
  })

  test('is closed when it was idle for long enough', () => {
    const facts = at([0, SECOND, 4 * SECOND], { connections: { idle: 2 * SECOND } })
    expect(handshakesOf(facts)).toHaveLength(2)
    const [closed] = only(facts, 'connection-closed')
    expect(closed).toMatchObject({ at: SECOND + ms(15) + 2 * SECOND, subject: 1 })
  })

  test('is closed at the very instant at which somebody comes back, and open a nanosecond before', () => {
    const idle = { connections: { idle: 2 * SECOND } }
    // Idle from 25 ms on: 5 there, 10 to open it, 10 of work.
    const end = ms(25) + 2 * SECOND
    expect(handshakesOf(at([0, end - ms(5)], idle))).toHaveLength(2)
    expect(handshakesOf(at([0, end - ms(5) - 1], idle))).toHaveLength(1)
  })

  test('that was used again is closed by its last use, in the order of last uses', () => {
    const visits = [
      { at: 0, address: 11 },
      { at: SECOND, address: 22 },
      { at: 2 * SECOND, address: 33 },
      { at: 2.5 * SECOND, address: 11 },
      { at: 3 * SECOND, address: 22 },
      { at: 9 * SECOND, address: 33 },
    ]
    const read = (index: number, into: object) =>
      index < visits.length && Boolean(Object.assign(into, { key: 0, size: 0 }, visits[index]))
    const facts = factsOf(
      scenario({
        clients: [clients(asListed)],
        tiers: [tier({ concurrency: 100, connections: { idle: 3 * SECOND } })],
      }),
      { logs: new Map([['users', { count: visits.length, end: 9 * SECOND, read }]]) },
    )
    expect(handshakesOf(facts)).toHaveLength(4)
    const closed = only(facts, 'connection-closed').map(({ at: instant }) => instant - 3 * SECOND - ms(10))
    expect(closed).toEqual([2 * SECOND, 2.5 * SECOND, 3 * SECOND])
  })

  test('is closed with the answer where it is not kept', () => {
    expect(handshakesOf(at([0, SECOND], { connections: { idle: 0 } }))).toHaveLength(2)
  })

  test('carries so many requests', () => {
    const instants = [0, 1, 2, 3].map((s) => s * SECOND)
    expect(handshakesOf(at(instants, { connections: { requests: 2 } }))).toHaveLength(2)
  })

  test('carries one request at a time, or several streams', () => {
    expect(handshakesOf(at([0, ms(1), ms(2)], { connections: {} }))).toHaveLength(3)
    expect(handshakesOf(at([0, ms(1), ms(2)], { connections: { streams: 2 } }))).toHaveLength(2)
  })

  test('is lost with its replica', () => {
    const faults = [fault(SECOND, 'crash'), fault(2 * SECOND, 'recover')]
    const facts = at([0, 3 * SECOND], { connections: {}, more: { faults } })
    expect(handshakesOf(facts)).toHaveLength(2)
    expect(only(facts, 'connection-closed').map((fact) => fact.at)).toEqual([SECOND])
  })
})

describe('TLS', () => {
  test('costs another round trip, and work', () => {
    const facts = at([0, SECOND], { tls: TLS })
    expect(latenciesOf(facts)).toEqual([BARE + ms(20) + ms(2), BARE])
    expect(only(facts, 'connection-opened')[0]).toMatchObject({ value: ms(2), detail: 1 })
  })

  test('resumes with a ticket that is not too old', () => {
    const tls = { ...TLS, tickets: 4 * SECOND }
    const facts = at([0, SECOND, 6 * SECOND], { tls, connections: { idle: 0 } })
    expect(handshakesOf(facts)).toEqual([1, 2, 1])
    expect(latenciesOf(facts)[1]).toBe(BARE + ms(20) + ms(1))
  })

  test('resumes as often as is said', () => {
    const instants = Array.from({ length: 9 }, (_, i) => i * SECOND)
    const share = (resumption: number) =>
      handshakesOf(at(instants, { tls: { ...TLS, resumption }, connections: { idle: 0 } }))
    expect(share(1)).toEqual(instants.map(() => 2))
    expect(share(0)).toEqual(instants.map(() => 1))
  })
})

describe('a handshake whose request is turned away', () => {
  const rateLimits = [
    {
      rule: chosen('token-bucket', { rate: 0.001, burst: 1 }),
      key: 'global' as const,
      keys: 1,
      status: 503 as const,
      scope: 'node' as const,
    },
  ]

  test('is worked off all the same, and the request waits for that', () => {
    const more = { tiers: [tier({ concurrency: 100, tls: TLS, rateLimits })] }
    const facts = at([0, ms(1)], { more })
    expect(outcomes(facts)).toEqual(['ok', 'limited'])
    expect(latenciesOf(facts)[1]).toBe(ms(10) + ms(20) + ms(2))
    expect(only(facts, 'replied').map(({ detail }) => detail >> 4)).toEqual([PHASE_HANDSHAKE, PHASE_SERVICE])
  })

  test('takes a slot that others wait for', () => {
    const tiers = [tier({ concurrency: 1, tls: { ...TLS, handshake: always(ms(50)) }, rateLimits })]
    // One is let in at 25 ms and served until 85 ms; 3 more shake hands, one after the other.
    const facts = at([0, 0, 0, 0], { more: { tiers } })
    expect(latenciesOf(facts)).toEqual([90, 140, 190, 240].map(ms))
    // Over a connection that is open it costs nothing.
    const again = at([0, SECOND], { more: { tiers } })
    expect(latenciesOf(again)).toEqual([ms(90), ms(10)])
  })

  test('leaves its work to the next try', () => {
    const rule = chosen('token-bucket', { rate: 10, burst: 1 })
    const tiers = [tier({ concurrency: 9, tls: TLS, rateLimits: [{ ...rateLimits[0]!, rule }] })]
    const client = { retries: clientRetrying() }
    const facts = at([0, ms(1)], { client, more: { tiers } })
    expect(outcomes(facts)).toEqual(['ok', 'ok'])
    expect(only(facts, 'started').length).toBe(3)
    // 10 ms of work, two handshakes, and no third one over the connection that is open.
    const busy = simulate(
      scenario({ clients: [clients(asListed, { latency: always(ms(5)), ...client })], tiers }),
      {
        logs: listed(0, ms(1)),
      },
    )
    expect(busy.tiers.web!.replicas['web/1']!.utilisation * 10 * 1000).toBeCloseTo(24 / 9, 6)
  })
})

describe('slow senders', () => {
  test('hold a connection while they send', () => {
    const client = { sending: always(3 * SECOND) }
    const facts = at([0, SECOND, 5 * SECOND], { client, connections: { perNode: 1, idle: 0 } })
    expect(outcomes(facts)).toEqual(['ok', 'limited', 'ok'])
  })

  test('are cut off when the replica has waited for long enough', () => {
    const client = { sending: always(3 * SECOND) }
    const facts = at([0], { client, connections: { patience: SECOND } })
    expect(endings(facts)[0]).toMatchObject({ outcome: 'limited', latency: SECOND + ms(20) })
  })

  test('that give up leave their connection', () => {
    const client = { sending: always(3 * SECOND), timeout: always(SECOND), onTimeout: 'cancel' as const }
    const facts = at([0, 2 * SECOND], { client, connections: { perNode: 1, idle: 0 } })
    expect(handshakesOf(facts)).toHaveLength(2)
  })
})
