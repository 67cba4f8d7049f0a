/** A replica chosen for a connection, and one chosen for each request. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { ConnectionLife, Scenario } from '../../src/scenario/scenario.ts'
import { always, checks, chosen, clients, fault, ms, poisson, scenario, tier } from './build.ts'
import { factsOf, only } from './facts-of.ts'

const quick = checks({ interval: ms(100), timeout: ms(50), rise: 2, fall: 2 })

/** Twenty visitors, each with some requests a second. */
function connected(
  connections: ConnectionLife | undefined,
  perConnection: boolean,
  rest: Partial<Scenario> = {},
): Scenario {
  return scenario({
    duration: 20 * SECOND,
    clients: [clients(poisson(100), { addresses: 20, ...(connections ? { connections } : {}) })],
    tiers: [
      tier({
        replicas: 4,
        concurrency: 100,
        demand: always(ms(2)),
        strategy: chosen('random', { rule: 'plain' }),
        health: quick,
        structure: perConnection ? { perConnection } : {},
      }),
    ],
    ...rest,
  })
}

/** Replicas of each visitor's requests, in order. */
function waysOf(wanted: Scenario): readonly (readonly number[])[] {
  const facts = factsOf(wanted)
  const visitor = only(facts, 'arrived').map(({ object }) => object)
  const ways = Array.from({ length: 20 }, (): number[] => [])
  for (const { subject, object } of only(facts, 'sent')) ways[visitor[subject]!]!.push(object)
  return ways
}

const changes = (way: readonly number[]) => way.filter((node, i) => i > 0 && node !== way[i - 1]).length

describe('a replica chosen for a connection', () => {
  test('takes all requests on it', () => {
    const long = waysOf(connected({ lifetime: 100 * SECOND }, true))
    expect(long.every((way) => way.length > 50 && changes(way) === 0)).toBe(true)
    expect(new Set(long.map(([first]) => first)).size).toBe(4)
    expect(waysOf(connected({ lifetime: 100 * SECOND }, false)).every((way) => changes(way) > 20)).toBe(true)
  })

  test('is chosen anew after so many requests', () => {
    for (const way of waysOf(connected({ requests: 10 }, true))) {
      for (let i = 0; i < way.length; i++) expect(way[i]).toBe(way[i - (i % 10)])
    }
    const all = waysOf(connected({ requests: 10 }, true)).reduce((sum, way) => sum + changes(way), 0)
    expect(all).toBeGreaterThan(80)
  })

  test('is chosen anew after so long', () => {
    const ways = waysOf(connected({ lifetime: 2 * SECOND }, true))
    for (const way of ways) expect(changes(way)).toBeLessThanOrEqual(10)
    expect(ways.reduce((sum, way) => sum + changes(way), 0)).toBeGreaterThan(80)
  })

  test('is the request’s own where connections are not kept', () => {
    expect(waysOf(connected(undefined, true)).every((way) => changes(way) > 20)).toBe(true)
  })

  test('gets no requests when it comes back, as long as connections live', () => {
    const faults = [fault(0, 'crash', 3), fault(5 * SECOND, 'recover', 3)]
    const sent = (perConnection: boolean, lifetime: number) =>
      only(factsOf(connected({ lifetime }, perConnection, { faults })), 'sent', 3).filter(
        ({ at }) => at > 7 * SECOND,
      ).length
    expect(sent(true, 100 * SECOND)).toBe(0)
    expect(sent(true, SECOND)).toBeGreaterThan(200)
    expect(sent(false, 100 * SECOND)).toBeGreaterThan(200)
  })

  test('keeps its connections when it is believed dead, until they fail', () => {
    const hang = connected({ lifetime: 100 * SECOND }, true, { faults: [fault(5 * SECOND, 'hang', 0)] })
    const timeout = always(ms(500))
    const facts = factsOf({ ...hang, clients: hang.clients.map((client) => ({ ...client, timeout })) })
    const gone = only(facts, 'believed').find(({ object, detail }) => object === 0 && detail === 0)!
    const marked = gone.at
    const late = only(facts, 'sent', 0).filter(({ at }) => at > marked)
    expect(late.length, 'those that nobody has waited for in vain yet').toBeGreaterThan(0)
    expect(Math.max(...late.map(({ at }) => at))).toBeLessThan(marked + 2 * SECOND)
  })
})
