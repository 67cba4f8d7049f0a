/** A chain of tiers: threads and event loops, one balancer in each node, and failures on the way. */

import { describe, expect, test } from 'vitest'
import { HEALTH_CRASHED } from '../../src/model/facts.ts'
import type { Fault } from '../../src/scenario/scenario.ts'
import {
  always,
  asListed,
  checks,
  clients,
  fault,
  listed,
  ms,
  poisson,
  scenario,
  tier,
  type WantedTier,
} from './build.ts'
import { endings, type Fact, factsOf, only, outcomes } from './facts-of.ts'

function chain(
  instants: readonly number[],
  tiers: readonly WantedTier[],
  faults: readonly Fault[] = [],
): readonly Fact[] {
  const logs = listed(...instants.map(ms))
  const wanted = tiers.map((one, i) => tier({ id: ['edge', 'web', 'db'][i]!, ...one }))
  return factsOf(scenario({ clients: [clients(asListed)], tiers: wanted, faults }), { logs })
}

function ends(facts: readonly Fact[]): readonly (number | undefined)[] {
  return endings(facts).map((ending) => ending && ending.at / 1e6)
}

describe('three tiers', () => {
  test('are crossed one after the other, each network twice', () => {
    const network = { latency: always(ms(1)) }
    const facts = chain([0], [network, { ...network, demand: always(ms(5)) }, { latency: always(ms(2)) }])
    expect(ends(facts)).toEqual([10 + 5 + 10 + 2 * (1 + 1 + 2)])
    expect(only(facts, 'sent').map(({ detail, object, value }) => [detail, object, value])).toEqual([
      [-1, 0, ms(1)],
      [0, 1, ms(12)],
      [1, 2, ms(19)],
    ])
  })

  test('as threads, each keeps its slot until the next has answered', () => {
    const facts = chain([0, 1], [{ demand: always(ms(1)), blocking: true }, { demand: always(ms(20)) }])
    expect(only(facts, 'started', 0).map(({ at }) => at)).toEqual([0, ms(21)])
    expect(ends(facts)).toEqual([21, 42])
  })

  test('as event loops, each takes the next request while the next tier works', () => {
    const facts = chain([0, 1], [{ demand: always(ms(1)) }, { demand: always(ms(20)), concurrency: 9 }])
    expect(only(facts, 'started', 0).map(({ at }) => at)).toEqual([0, ms(1)])
    expect(ends(facts)).toEqual([21, 22])
  })

  test('with slow storage, threads run out in front of it and event loops do not', () => {
    const tiers = (blocking: boolean) => [
      { demand: always(ms(1)), blocking, concurrency: 4, queue: 0 },
      { demand: always(ms(50)), concurrency: 100 },
    ]
    const instants = [0, 2, 4, 6, 8, 10]
    const rejected = (blocking: boolean) =>
      outcomes(chain(instants, tiers(blocking))).filter((outcome) => outcome === 'rejected').length
    expect([rejected(true), rejected(false)]).toEqual([2, 0])
  })

  test('under processor sharing, who waits for the next tier takes no share', () => {
    const tiers = [
      { discipline: 'ps' as const, blocking: true },
      { demand: always(ms(100)), concurrency: 9 },
    ]
    expect(ends(chain([0, 20], tiers))).toEqual([110, 130])
  })
})

describe('every node that sends', () => {
  test('has a balancer of its own, with its own memory', () => {
    const facts = chain([0, 50, 100, 150], [{ replicas: 2 }, { replicas: 2 }])
    const second = only(facts, 'sent').filter(({ detail }) => detail >= 0)
    // round robin in front alternates the senders; each of them begins with its own first
    expect(second.map(({ detail, object }) => [detail, object])).toEqual([
      [0, 2],
      [1, 2],
      [0, 3],
      [1, 3],
    ])
  })

  test('has its own belief: its checks tell it alone', () => {
    const health = checks({ interval: ms(100), timeout: ms(50), rise: 1, fall: 1 })
    const facts = chain([], [{ replicas: 3 }, { replicas: 2, health }], [fault(ms(10), 'crash', 1, 0, 1)])
    const believed = only(facts, 'believed', 4)
    expect(believed.map(({ subject }) => subject)).toEqual([1, 2, 3])
  })
})

describe('a failure down the chain', () => {
  const two = [{ demand: always(ms(5)) }, { demand: always(ms(20)) }]

  test('is passed on to the client', () => {
    expect(outcomes(chain([0], two, [fault(0, 'crash', 0, 0, 1)]))).toEqual(['refused'])
    expect(outcomes(chain([0], two, [fault(ms(10), 'crash', 0, 0, 1)]))).toEqual(['broken'])
    expect(outcomes(chain([0], two, [fault(0, 'errors', 0, 1, 1)]))).toEqual(['error'])
    expect(outcomes(chain([0, 5], [two[0]!, { ...two[1], queue: 0 }]))).toEqual(['ok', 'rejected'])
  })

  test('that a balancer knows of is unavailability', () => {
    const health = checks({ interval: ms(10), timeout: ms(5), rise: 1, fall: 1 })
    const facts = chain([100], [two[0]!, { ...two[1], health }], [fault(ms(1), 'crash', 0, 0, 1)])
    expect(outcomes(facts)).toEqual(['unavailable'])
    expect(ends(facts)).toEqual([105])
  })

  test('frees the thread that waited for it', () => {
    const tiers = [{ ...two[0], blocking: true }, two[1]!]
    const faults = [fault(ms(10), 'crash', 0, 0, 1), fault(ms(11), 'recover', 0, 0, 1)]
    expect(ends(chain([0, 1], tiers, faults))).toEqual([10, 35])
  })
})

describe('a crash in the middle of the chain', () => {
  test('breaks what waits for the next tier, whose work goes on for nobody', () => {
    const facts = chain(
      [0],
      [{ demand: always(ms(5)) }, { demand: always(ms(20)) }],
      [fault(ms(10), 'crash')],
    )
    expect(outcomes(facts)).toEqual(['broken'])
    expect(ends(facts)).toEqual([10])
    expect(only(facts, 'replied', 1)).toMatchObject([{ at: ms(25), detail: 2 * 16 }])
    expect(only(facts, 'wasted', 1)).toMatchObject([{ value: ms(20) }])
  })
})

describe('a hang in the middle of the chain', () => {
  const two = [{ demand: always(ms(5)), latency: always(ms(1)) }, { demand: always(ms(20)) }]

  test('keeps back what the next tier has answered, until it recovers', () => {
    const facts = chain([0], two, [fault(ms(10), 'hang'), fault(ms(100), 'recover')])
    expect(only(facts, 'replied', 1)).toMatchObject([{ at: ms(26) }])
    expect(ends(facts)).toEqual([101])
  })

  test('passes failures on as late as successes', () => {
    const faults = [fault(ms(10), 'hang'), fault(ms(12), 'crash', 0, 0, 1), fault(ms(100), 'recover')]
    const facts = chain([0], two, faults)
    expect(outcomes(facts)).toEqual(['broken'])
    expect(ends(facts)).toEqual([101])
  })

  test('breaks what it kept back when it crashes', () => {
    const facts = chain([0], two, [fault(ms(10), 'hang'), fault(ms(50), 'crash')])
    expect(outcomes(facts)).toEqual(['broken'])
    expect(ends(facts)).toEqual([51])
    expect(only(facts, 'truth').at(-1)!.detail).toBe(HEALTH_CRASHED)
  })

  test('keeps its threads, too', () => {
    const blocking = [{ ...two[0], blocking: true }, two[1]!]
    const facts = chain([0, 50], blocking, [fault(ms(10), 'hang'), fault(ms(100), 'recover')])
    expect(only(facts, 'started', 0).map(({ at }) => at)).toEqual([ms(1), ms(100)])
  })
})

test('a request called off is called off in every tier it has reached', () => {
  const cancelling = clients(poisson(1), { timeout: always(ms(30)), onTimeout: 'cancel' })
  const tiers = ['edge', 'web', 'db'].map((id) =>
    tier({ id, demand: always(ms(id === 'db' ? 500 : 1)), blocking: true }),
  )
  const facts = factsOf(scenario({ clients: [cancelling], tiers }))
  const cancelled = only(facts, 'replied').filter(({ detail }) => (detail & 15) === 8)
  const timedOut = outcomes(facts).filter((outcome) => outcome === 'timed out').length
  expect(timedOut).toBeGreaterThan(3)
  expect(cancelled).toHaveLength(3 * timedOut)
})
