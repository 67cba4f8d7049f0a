/** Connections and TLS: what it takes to reach a replica. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { ClientPopulation, Scenario } from '../../src/scenario/scenario.ts'
import type { Connections, Tls } from '../../src/scenario/transport.ts'
import { always, asListed, clients, fault, listed, ms, scenario, tier } from './build.ts'
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
