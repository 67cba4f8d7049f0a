/** Clients that stick to replicas, and what becomes of their sessions when they cannot. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { Affinity } from '../../src/policies/upstream/settings.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { ClientPopulation, Scenario, SessionState } from '../../src/scenario/scenario.ts'
import {
  always,
  checks,
  chosen,
  clients,
  exponential,
  fault,
  ms,
  poisson,
  scenario,
  tier,
  type WantedTier,
} from './build.ts'
import { type Fact, factsOf, only, outcomes } from './facts-of.ts'

const rules = { onFailure: 'rebalance', afterRecovery: 'stay', expiry: 0, size: 0 } as const
const cookie: Affinity = { by: 'cookie', ...rules }
const often = { interval: ms(100), timeout: ms(50), rise: 2, fall: 2 }
const quick = checks(often)
const inReplica: SessionState = { state: 'replica', onLoss: 'login', rebuild: always(ms(40)) }

/** Sessions of ten requests, at four replicas that are idle most of the time. */
function stuck(
  affinity: Affinity | undefined,
  wanted: WantedTier = {},
  rest: Partial<Scenario> = {},
  more: Partial<ClientPopulation> = {},
): Scenario {
  const sessions = { requests: always(10), thinkTime: exponential(ms(300)) }
  return scenario({
    clients: [clients(poisson(8), { sessions, addresses: 1_000_000, ...more })],
    tiers: [
      tier({
        replicas: 4,
        concurrency: 10,
        demand: always(ms(2)),
        health: quick,
        ...(affinity ? { structure: { affinity } } : {}),
        ...wanted,
      }),
    ],
    ...rest,
  })
}

/** Replicas that each address was sent to, in order. */
function ways(facts: readonly Fact[]): readonly (readonly number[])[] {
  const address = only(facts, 'arrived').map(({ object }) => object)
  const all = new Map<number, number[]>()
  for (const { subject, object } of only(facts, 'sent')) {
    const visitor = address[subject]!
    all.set(visitor, [...(all.get(visitor) ?? []), object])
  }
  return [...all.values()]
}

const distinct = (way: readonly number[]) => new Set(way).size

describe('affinity', () => {
  test.each(['cookie', 'app-cookie', 'header', 'source'] as const)(
    'by %s keeps a session at one replica',
    (by) => {
      const all = ways(factsOf(stuck({ ...rules, by })))
      expect(all.length).toBeGreaterThan(40)
      expect(all.every((way) => distinct(way) === 1)).toBe(true)
      expect(distinct(all.map(([first]) => first!)), 'not all at the same one').toBe(4)
      expect(ways(factsOf(stuck(undefined))).filter((way) => distinct(way) > 1).length).toBeGreaterThan(40)
    },
  )

  test('by key keeps what is asked for at one replica, whoever asks', () => {
    const keys = chosen('uniform', { count: 10 })
    const facts = factsOf(stuck({ ...rules, by: 'key' }, {}, {}, { keys }))
    const key = only(facts, 'arrived').map(({ value }) => value)
    const places = new Map<number, Set<number>>()
    for (const { subject, object } of only(facts, 'sent')) {
      places.set(key[subject]!, (places.get(key[subject]!) ?? new Set()).add(object))
    }
    expect(places.size).toBe(10)
    expect([...places.values()].every(({ size }) => size === 1)).toBe(true)
  })

  const dies = { faults: [fault(3 * SECOND, 'crash', 1), fault(6 * SECOND, 'recover', 1)] }

  test('moves to another replica once its own is believed dead, and stays there', () => {
    const scenarioOf = (affinity: Affinity) => factsOf(stuck(affinity, {}, dies))
    const went = ways(scenarioOf(cookie)).filter((way) => way[0] === 1 && distinct(way) > 1)
    expect(went.length).toBeGreaterThan(3)
    for (const way of went)
      expect(way.lastIndexOf(1), 'no way back').toBeLessThan(way.findIndex((node) => node !== 1))
  })

  test('returns after recovery when it is said to', () => {
    const long = { sessions: { requests: always(30), thinkTime: exponential(ms(300)) } }
    const back = ways(factsOf(stuck({ ...cookie, afterRecovery: 'return' }, {}, dies, long))).filter(
      (way) => way[0] === 1 && distinct(way) > 1 && way.at(-1) === 1,
    )
    expect(back.length).toBeGreaterThan(3)
  })

  test('still sends clients to a replica that is dead and not yet marked, and breaks when it is said to', () => {
    const slow = checks({ interval: 20 * SECOND, timeout: ms(50), rise: 2, fall: 2 })
    const refused = (facts: readonly Fact[]) =>
      outcomes(facts).filter((outcome) => outcome === 'refused').length
    const unavailable = (facts: readonly Fact[]) =>
      outcomes(facts).filter((outcome) => outcome === 'unavailable').length
    const unmarked = factsOf(stuck(cookie, { health: slow }, dies))
    expect(refused(unmarked)).toBeGreaterThan(20)
    const breaking = factsOf(stuck({ ...cookie, onFailure: 'break' }, {}, dies))
    expect(unavailable(breaking)).toBeGreaterThan(10)
    expect(unavailable(factsOf(stuck(cookie, {}, dies)))).toBe(0)
  })

  test('ends with the table’s memory', () => {
    const pause = { sessions: { requests: always(5), thinkTime: always(SECOND) } }
    const moved = (affinity: Affinity) =>
      ways(factsOf(stuck(affinity, {}, {}, pause))).filter((way) => distinct(way) > 1)
    const table = { ...rules, by: 'header' } as const
    expect(moved(table)).toEqual([])
    expect(moved({ ...table, expiry: 2 * SECOND })).toEqual([])
    expect(moved({ ...table, expiry: 0.5 * SECOND }).length).toBeGreaterThan(20)
    expect(moved({ ...table, size: 3 }).length).toBeGreaterThan(20)
  })

  test('a cookie is known to every balancer, a table only to its own', () => {
    const moved = (affinity: Affinity) =>
      ways(factsOf(stuck(affinity, { structure: { affinity, balancers: 3 } }))).filter(
        (way) => distinct(way) > 1,
      )
    expect(moved(cookie)).toEqual([])
    expect(moved({ ...rules, by: 'header' }).length).toBeGreaterThan(20)
  })
})

describe('what a tier knows of a session', () => {
  const sessionsOf = (wanted: Scenario) => simulate(wanted).tiers.web!.sessions!
  const dies = { faults: [fault(3 * SECOND, 'crash', 1), fault(3.5 * SECOND, 'recover', 1)] }

  test('in the replica is lost wherever the session lands without affinity', () => {
    const lost = sessionsOf(stuck(undefined, { sessions: inReplica }))
    expect(lost.broken).toBe(lost.moved)
    expect(lost.broken).toBeGreaterThan(4 * lost.begun)
    expect(sessionsOf(stuck(cookie, { sessions: inReplica }))).toMatchObject({ moved: 0, broken: 0 })
    expect(sessionsOf(stuck(undefined, { sessions: { ...inReplica, state: 'none' } }))).toMatchObject({
      broken: 0,
    })
  })

  test('in the replica is lost with the replica, though the session may come back to it', () => {
    const back = stuck(cookie, { sessions: inReplica, health: checks({ ...often, fall: 1000 }) }, dies)
    const { moved, broken } = sessionsOf(back)
    expect(moved, 'nobody noticed').toBe(0)
    expect(broken).toBeGreaterThan(3)
  })

  test('in a store outlives the replica, and costs time with every request', () => {
    const store = { latency: always(ms(3)), outages: [] }
    const shared = stuck(cookie, { sessions: { ...inReplica, state: 'store', store } }, dies)
    const report = simulate(shared)
    expect(report.tiers.web!.sessions).toMatchObject({ broken: 0 })
    expect(report.tiers.web!.sessions!.moved).toBeGreaterThan(0)
    expect(report.latencyMs!.p50).toBeCloseTo(5, 1)
    expect(simulate(stuck(cookie, { sessions: inReplica })).latencyMs!.p50).toBeCloseTo(2, 1)
  })

  test('in a store is a single point of failure', () => {
    const store = { latency: always(ms(1)), outages: [{ from: 4 * SECOND, to: 5 * SECOND }] }
    const facts = factsOf(stuck(cookie, { sessions: { ...inReplica, state: 'store', store } }))
    const instants = new Map(only(facts, 'arrived').map(({ subject, at }) => [subject, at]))
    const failed = only(facts, 'settled').filter(({ detail }) => detail !== 0)
    expect(failed.length).toBeGreaterThan(20)
    for (const { subject } of failed) {
      expect(instants.get(subject)).toBeGreaterThanOrEqual(4 * SECOND)
      expect(instants.get(subject)).toBeLessThan(5 * SECOND)
    }
  })

  test.each([
    ['error', 0],
    ['login', ms(42)],
    ['rebuild', ms(42)],
  ] as const)('once lost, is an %s or takes time', (onLoss, latency) => {
    const facts = factsOf(stuck(undefined, { sessions: { ...inReplica, onLoss } }))
    const lost = new Set(only(facts, 'session-lost').map(({ subject }) => subject))
    expect(lost.size).toBeGreaterThan(100)
    for (const { subject, detail, value } of only(facts, 'settled')) {
      const isLost = lost.has(subject)
      expect([detail === 0, value]).toEqual(isLost ? [onLoss !== 'error', latency] : [true, ms(2)])
    }
  })
})
