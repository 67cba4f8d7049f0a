/** Which balancer in front clients use: a pair that takes over, at exact instants, and DNS. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { HAPPENINGS } from '../../src/model/facts.ts'
import type { ActivePassive, BehindDns } from '../../src/scenario/front.ts'
import type { Fault, Scenario } from '../../src/scenario/scenario.ts'
import { asListed, clients, fault, listed, ms, paced, scenario, tier } from './build.ts'
import { type Fact, factsOf, only, outcomes } from './facts-of.ts'

const down = (at: number, balancer: number): Fault => ({ ...fault(ms(at), 'down', -1), balancer })
const up = (at: number, balancer: number): Fault => ({ ...down(at, balancer), ends: true })

function happened(facts: readonly Fact[], what: (typeof HAPPENINGS)[number]) {
  return only(facts, 'happened')
    .filter(({ detail }) => detail === HAPPENINGS.indexOf(what))
    .map(({ at, subject, value }) => [at / 1e6, subject, value])
}

function pair(faults: readonly Fault[], priorities = [255, 100], more: Partial<Scenario> = {}): Scenario {
  const front: ActivePassive = { by: 'vrrp', advert: SECOND, priorities }
  return scenario({
    duration: 30 * SECOND,
    clients: [clients(asListed)],
    tiers: [tier({ concurrency: 100, structure: { balancers: 2, front } })],
    faults,
    ...more,
  })
}

/** When who takes over, ms. */
const takeOvers = (wanted: Scenario) =>
  happened(factsOf(wanted, { logs: listed(ms(1)) }), 'takes over').map(([at, front]) => [at, front])

describe('a pair', () => {
  test.each([
    // 3 s + 156/256 s after the last advertisement, which came at 4 s, or at 5 s.
    { at: 4001, priorities: [255, 100], expected: 4000 + 3609.375 },
    { at: 4999, priorities: [255, 100], expected: 4000 + 3609.375 },
    { at: 5000, priorities: [255, 100], expected: 5000 + 3609.375 },
    { at: 4500, priorities: [200, 254], expected: undefined },
    { at: 4500, priorities: [200, 1], expected: 4000 + 3996.09375 },
  ])('whose first dies at $at ms', ({ at, priorities, expected }) => {
    expect(takeOvers(pair([down(at, 0)], priorities))).toEqual(expected === undefined ? [] : [[expected, 1]])
  })

  test('refuses until the backup takes over, to the nanosecond', () => {
    const instants = [3.999, 4, 7.609374999, 7.609375001, 20].map((at) => Math.round(at * SECOND))
    const facts = factsOf(pair([down(4000, 0)]), { logs: listed(...instants) })
    expect(outcomes(facts)).toEqual(['broken', 'refused', 'refused', 'ok', 'ok'])
  })

  test('gives the address back at once to one of priority 255, and breaks off what the backup has', () => {
    const wanted = pair([down(4000, 0), up(12_000, 0)])
    expect(takeOvers(wanted)).toEqual([
      [7609.375, 1],
      [12_000, 0],
    ])
    const facts = factsOf(wanted, { logs: listed(ms(11_995), ms(12_001)) })
    expect(outcomes(facts)).toEqual(['broken', 'ok'])
  })

  test('gives it back later to one of lower priority, which listens first', () => {
    // 3 s + 56/256 s after it is back.
    expect(takeOvers(pair([down(4000, 0), up(12_000, 0)], [200, 100]))).toEqual([
      [7609.375, 1],
      [15_218.75, 0],
    ])
  })

  test('that is back before anybody has noticed is master again, and the backup stays', () => {
    expect(takeOvers(pair([down(4000, 0), up(5000, 0)]))).toEqual([[5000, 0]])
  })

  test('advertises anew from when it took over', () => {
    const faults = [down(4000, 0), up(8000, 0), down(9900, 0)]
    expect(takeOvers(pair(faults))).toEqual([
      [7609.375, 1],
      [8000, 0],
      [12_609.375, 1],
    ])
  })

  test('of which both die has nobody until one has waited', () => {
    const faults = [down(4000, 0), down(5000, 1), up(10_000, 1)]
    expect(takeOvers(pair(faults))).toEqual([[13_609.375, 1]])
  })

  test('does not mind that its backup dies', () => {
    expect(takeOvers(pair([down(4000, 1), up(6000, 1)]))).toEqual([])
  })

  test('knows nothing of connections of the other: the first request on each is broken off', () => {
    const kept = { clients: [clients(asListed, { connections: { lifetime: 100 * SECOND } })] }
    const instants = [1000, 9000, 10_000, 12_000, 12_500].map(ms)
    const faults = [down(4000, 0), up(11_000, 0)]
    const facts = factsOf(pair(faults, [255, 100], kept), { logs: listed(...instants) })
    expect(outcomes(facts)).toEqual(['ok', 'broken', 'ok', 'broken', 'ok'])
  })

  test('brings the same requests as one balancer', () => {
    const facts = factsOf(pair([down(4000, 0)], [255, 100], { clients: [clients(paced(100))] }))
    const refused = outcomes(facts).filter((one) => one === 'refused').length
    expect(refused).toBeGreaterThanOrEqual(360)
    expect(refused).toBeLessThanOrEqual(361)
  })
})

describe('behind DNS', () => {
  function behind(keptFor: number, detect: number | undefined, faults: readonly Fault[]): Scenario {
    const front: BehindDns = { by: 'dns', keptFor: ms(keptFor), ...(detect ? { detect: ms(detect) } : {}) }
    return scenario({
      duration: 60 * SECOND,
      clients: [clients(paced(100), { addresses: 50 })],
      tiers: [tier({ concurrency: 100, structure: { balancers: 2, front } })],
      faults,
    })
  }

  /** By visitor: when its requests were refused, ms. */
  function refusals(facts: readonly Fact[]): readonly (readonly number[])[] {
    const by = Array.from({ length: 50 }, (): number[] => [])
    const ended = outcomes(facts)
    for (const { at, subject, object } of only(facts, 'arrived')) {
      if (ended[subject] === 'refused') by[object]!.push(at / 1e6)
    }
    return by
  }

  test('a visitor keeps its balancer: half lose all, half nothing, until their records run out', () => {
    const facts = factsOf(behind(1e6, 1000, [down(20_000, 0)]))
    const lost = refusals(facts)
    expect(lost.filter((one) => one.length > 5).length).toBeGreaterThan(15)
    expect(lost.filter((one) => one.length === 0).length).toBeGreaterThan(15)
    expect(lost.every((one) => one.length === 0 || one.at(-1)! > 50_000)).toBe(true)
  })

  test('nobody is refused once the time of detection and that of the records are over', () => {
    const facts = factsOf(behind(5000, 3000, [down(20_000, 0)]))
    const all = refusals(facts).flat()
    expect(all.length).toBeGreaterThan(100)
    expect(Math.min(...all)).toBeGreaterThanOrEqual(20_000)
    expect(Math.max(...all)).toBeLessThan(28_000)
    expect(Math.max(...all)).toBeGreaterThan(26_000)
    expect(happened(facts, 'dns')).toEqual([[23_000, 0, 0]])
  })

  test('that never looks refuses until the balancer is back', () => {
    const all = refusals(factsOf(behind(1000, undefined, [down(20_000, 0), up(40_000, 0)]))).flat()
    expect(Math.max(...all)).toBeGreaterThan(39_900)
    expect(Math.max(...all)).toBeLessThan(40_000)
  })

  test('an outage that is shorter than detection is not noticed', () => {
    const facts = factsOf(behind(1000, 5000, [down(20_000, 0), up(22_000, 0)]))
    expect(refusals(facts).flat().length).toBeGreaterThan(50)
    expect(happened(facts, 'dns')).toEqual([])
  })

  test('all addresses are given when all are believed dead', () => {
    const faults = [down(20_000, 0), down(20_000, 1), up(30_000, 1)]
    const facts = factsOf(behind(100, 1000, faults))
    expect(happened(facts, 'dns')).toEqual([
      [21_000, 0, 0],
      [21_000, 1, 0],
      [31_000, 1, 1],
    ])
    expect(Math.max(...refusals(facts).flat())).toBeLessThan(31_100)
  })
})

describe('behind ECMP', () => {
  const wanted = (detect: number, faults: readonly Fault[]) =>
    scenario({
      duration: 20 * SECOND,
      clients: [clients(paced(100), { addresses: 1000 })],
      tiers: [tier({ concurrency: 100, structure: { balancers: 4, front: { by: 'ecmp', detect } } })],
      faults,
    })

  test('a quarter is refused until the routers know, and none after that', () => {
    const facts = factsOf(wanted(3 * SECOND, [down(5000, 1), up(12_000, 1)]))
    const refused = only(facts, 'settled').filter(({ detail }) => detail !== 0)
    expect(happened(facts, 'routes')).toEqual([
      [8000, 1, 0],
      [15_000, 1, 1],
    ])
    expect(refused.length / 300).toBeCloseTo(0.25, 1)
    for (const { at } of refused) expect(at >= 5 * SECOND && at <= 8 * SECOND).toBe(true)
  })

  test('every balancer is tried where all are believed dead', () => {
    const facts = factsOf(wanted(SECOND, [down(5000, -1), up(8000, -1)]))
    const served = only(facts, 'settled').filter(({ at, detail }) => at > 8.1 * SECOND && detail === 0)
    expect(served.length).toBeGreaterThan(1100)
  })
})
