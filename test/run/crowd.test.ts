/** Who comes and where they stick, against the facts and the report of the same run. */

import { describe, expect, test } from 'vitest'
import { crowdBetween } from '../../src/run/crowd.ts'
import { explainRequest } from '../../src/run/explain/explain.ts'
import { factsBetween } from '../../src/run/explain/window.ts'
import { openSession, replayOf, type Session, work } from '../../src/run/session.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { shipped } from '../shipped.ts'

const S = 1e9

function looked(scenario: Scenario) {
  const session: Session = openSession(scenario)
  while (!work(session, 1000));
  return { session, replay: replayOf(session, { consume: () => undefined }) }
}

const { scenario: sticky } = shipped.find(({ id }) => id === 'sticky-crash')!
const crash = { at: 10 * S, kind: 'crash', tier: 0, replica: 1, amount: 0 } as const
const crashing = looked({ ...sticky, duration: 20 * S, warmUp: 0, faults: [crash] })
const crowd = crowdBetween(crashing.session, crashing.replay, 6 * S, 18 * S, 10_000)
const row = (n: number) => ({
  who: crowd.who[n]!,
  node: crowd.node[n]!,
  since: crowd.since[n]!,
  until: crowd.until[n]!,
  change: crowd.change[n]!,
})
const rows = Array.from({ length: crowd.count }, (_, n) => row(n))
const at = (instant: number) => rows.filter(({ since, until }) => since <= instant && instant < until)

describe('sessions that stick to replicas', () => {
  test('each is at one place at a time, and nothing is left out', () => {
    for (const instant of [7, 9, 12, 17]) {
      const there = at(instant * S).map(({ who }) => who)
      expect(there.length).toBeGreaterThan(40)
      expect(new Set(there).size).toBe(there.length)
    }
    expect(crowd).toMatchObject({ omitted: 0, lookBack: 0, tier: 0 })
  })

  test('leave a replica that has died, each as often as the facts tell', () => {
    expect(at(9 * S).filter(({ node }) => node === 1).length).toBeGreaterThan(10)
    const facts = factsBetween(
      crashing.session,
      crashing.replay,
      6 * S,
      18 * S,
      { kinds: ['session-lost'] },
      1e5,
    )
    const lost = rows.filter(({ change }) => change === 2)
    expect(lost.length).toBeGreaterThan(10)
    // A session that is lost and over within one step of the picture is not seen.
    expect(Math.abs(lost.length - facts.count)).toBeLessThanOrEqual(3)
    for (const { since } of lost) expect(since).toBeGreaterThan(crash.at)
  })

  test('the facts of one are those of its requests alone, and its requests know whose they are', () => {
    const { who } = rows.find(({ change }) => change === 2)!
    const filter = { kinds: ['arrived', 'settled', 'session-lost'], bearer: who } as const
    const facts = factsBetween(crashing.session, crashing.replay, 6 * S, 18 * S, filter, 1e5)
    const born = [...facts.subject].filter((_, n) => facts.kind[n] === 'arrived')
    expect(born.length).toBeGreaterThan(2)
    expect(facts.kind).toContain('session-lost')
    for (const request of [born[0]!, born.at(-1)!]) {
      expect(explainRequest(crashing.session, crashing.replay, request)!.bearer).toBe(who)
    }
    // The thinking between two of its requests: never are two under way at once.
    let under = 0
    for (const kind of facts.kind) {
      if (kind === 'arrived') expect(++under).toBe(1)
      if (kind === 'settled') under = Math.max(0, under - 1)
    }
  })

  test('looking closely changes nothing of what is seen', () => {
    const again = crowdBetween(crashing.session, crashing.replay, 6 * S, 18 * S, 10_000)
    expect(again).toEqual(crowd)
  })

  test('what is left out is counted', () => {
    const few = crowdBetween(crashing.session, crashing.replay, 6 * S, 18 * S, 5)
    expect(few.omitted).toBeGreaterThan(40)
  })
})

test('where nobody counts sessions, addresses are seen where they were sent last, those behind a gateway as one', () => {
  const { scenario } = shipped.find(({ id }) => id === 'nat')!
  const { session, replay } = looked({ ...scenario, duration: 8 * S, warmUp: 0 })
  const lately = crowdBetween(session, replay, 6 * S, 8 * S, 10_000)
  expect(lately.lookBack).toBe(5 * S)
  const gateways = [...lately.place].flatMap((place, n) => (place < 0 ? [n] : []))
  expect(new Set(gateways.map((n) => lately.place[n]))).toEqual(new Set([-1, -2, -3]))
  expect(new Set(gateways.map((n) => lately.address[n])).size).toBe(3)
  // ip-hash: an address stays where it is.
  expect(new Set(lately.address).size).toBe(new Set(lately.who).size)
  const nodes = new Map<number, number>()
  for (let n = 0; n < lately.count; n++) {
    expect(nodes.get(lately.address[n]!) ?? lately.node[n]).toBe(lately.node[n])
    nodes.set(lately.address[n]!, lately.node[n]!)
  }
})
