/** What befalls replicas, to the nanosecond: in-flight requests, newcomers, belief and truth. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { Fault } from '../../src/scenario/scenario.ts'
import {
  always,
  asListed,
  clients,
  exponential,
  fault,
  listed,
  ms,
  paced,
  poisson,
  scenario,
  tier,
  type WantedTier,
} from './build.ts'
import { endings, type Fact, factsOf, only, outcomes } from './facts-of.ts'

/** Facts of requests at these instants (ms) at one tier to which things happen. */
function befallen(
  instants: readonly number[],
  faults: readonly Fault[],
  wanted: WantedTier = {},
): readonly Fact[] {
  const logs = listed(...instants.map(ms))
  return factsOf(scenario({ clients: [clients(asListed)], tiers: [tier(wanted)], faults }), { logs })
}

function ends(facts: readonly Fact[]): readonly (number | undefined)[] {
  return endings(facts).map((ending) => ending && ending.at / 1e6)
}

const disciplines = ['fifo', 'lifo', 'ps'] as const

describe.each(disciplines)('under %s, a crash', (discipline) => {
  test('breaks what is served and what waits, at once', () => {
    const facts = befallen([0, 1, 2], [fault(ms(5), 'crash')], { discipline })
    expect(outcomes(facts)).toEqual(['broken', 'broken', 'broken'])
    expect(ends(facts)).toEqual([5, 5, 5])
  })

  test('is told to the client after one network latency', () => {
    const facts = befallen([0], [fault(ms(5), 'crash')], { discipline, latency: always(ms(2)) })
    expect(ends(facts)).toEqual([7])
  })

  test('refuses newcomers, also those that were on their way, until it recovers', () => {
    const faults = [fault(ms(5), 'crash'), fault(ms(50), 'recover')]
    const facts = befallen([4, 10, 48, 60], faults, { discipline, latency: always(ms(3)) })
    expect(outcomes(facts)).toEqual(['refused', 'refused', 'ok', 'ok'])
  })

  test('does not end what has been answered already', () => {
    const facts = befallen([0], [fault(ms(11), 'crash')], {
      discipline,
      latency: always(ms(2)),
      demand: always(ms(8)),
    })
    expect(outcomes(facts)).toEqual(['ok'])
  })

  test('leaves nothing behind: the recovered replica is empty', () => {
    const faults = [fault(ms(5), 'crash'), fault(ms(6), 'recover')]
    expect(ends(befallen([0, 1, 2, 7], faults, { discipline }))[3]).toBe(17)
  })
})

describe.each(disciplines)('under %s, a hang', (discipline) => {
  test('accepts and never answers; work resumes where it stood', () => {
    const faults = [fault(ms(4), 'hang'), fault(ms(104), 'recover')]
    const facts = befallen([0], faults, { discipline })
    expect(ends(facts)).toEqual([110])
  })

  test('that comes between two requests lets the second in, and serves it afterwards', () => {
    const faults = [fault(ms(20), 'hang'), fault(ms(120), 'recover')]
    const facts = befallen([0, 50], faults, { discipline })
    expect(outcomes(facts)).toEqual(['ok', 'ok'])
    expect(ends(facts)).toEqual([10, 130])
  })

  test('keeps clients waiting for as long as they will', () => {
    const logs = listed(0)
    const patient = clients(asListed, { timeout: always(ms(300)) })
    const wanted = { clients: [patient], tiers: [tier({ discipline })], faults: [fault(ms(1), 'hang')] }
    expect(endings(factsOf(scenario(wanted), { logs }))).toMatchObject([
      { outcome: 'timed out', at: ms(300) },
    ])
  })

  test('may end in a crash', () => {
    const faults = [fault(ms(4), 'hang'), fault(ms(30), 'crash'), fault(ms(50), 'recover')]
    const facts = befallen([0, 60], faults, { discipline })
    expect(outcomes(facts)).toEqual(['broken', 'ok'])
    expect(ends(facts)).toEqual([30, 70])
  })

  test('does not answer with errors either', () => {
    const faults = [fault(0, 'errors', 0, 1), fault(ms(4), 'hang')]
    expect(outcomes(befallen([1, 5], faults, { discipline }))).toEqual(['error', undefined])
  })
})

describe.each(disciplines)('under %s, slowness', (discipline) => {
  test('stretches the work that is left, and lets go of it again', () => {
    // 4 ms done, 2 ms of work in 10 ms, then 4 ms as usual
    const faults = [fault(ms(4), 'slow', 0, 5), fault(ms(14), 'recover')]
    expect(ends(befallen([0], faults, { discipline }))).toEqual([18])
  })

  test('is measured from the speed that the replica has when all is well', () => {
    const faults = [fault(0, 'slow', 0, 5), fault(ms(1), 'slow', 0, 2)]
    expect(ends(befallen([2], faults, { discipline, replicas: [{ speed: 4 }] }))).toEqual([7])
  })
})

describe('errors', () => {
  test('end a share of the requests at once, without work', () => {
    const wanted = scenario({
      clients: [clients(poisson(200))],
      tiers: [tier({ replicas: 4 })],
      faults: [fault(0, 'errors', -1, 0.3)],
    })
    const all = endings(factsOf(wanted)).filter((ending) => ending !== undefined)
    const failed = all.filter(({ outcome }) => outcome === 'error')
    expect(failed.every(({ latency }) => latency === 0)).toBe(true)
    // 2,000 requests: a standard deviation of 1 %
    expect(Math.abs(failed.length / all.length - 0.3)).toBeLessThan(0.04)
  })

  test('fall on the same requests whatever else happens to other replicas', () => {
    const wanted = (more: readonly Fault[]) =>
      scenario({
        clients: [clients(paced(100))],
        tiers: [tier({ replicas: 2 })],
        faults: [fault(0, 'errors', 0, 0.5), ...more],
      })
    const failed = (more: readonly Fault[]) =>
      only(factsOf(wanted(more)), 'replied', 0)
        .filter(({ detail }) => (detail & 15) === 1)
        .map(({ subject }) => subject)
    expect(failed([fault(SECOND, 'slow', 1, 3)])).toEqual(failed([]))
    expect(failed([]).length).toBeGreaterThan(100)
  })
})

describe('a fault', () => {
  test('of all replicas befalls each of them', () => {
    const facts = befallen([], [fault(ms(1), 'crash', -1)], { replicas: 3 })
    expect(only(facts, 'truth').map(({ object, detail }) => [object, detail])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ])
  })

  test('that changes nothing is no fact', () => {
    const faults = [
      fault(1, 'recover'),
      fault(2, 'crash'),
      fault(3, 'crash'),
      fault(4, 'hang'),
      fault(5, 'slow', 0, 2),
    ]
    expect(only(befallen([], faults), 'truth')).toHaveLength(1)
  })

  test('comes before everything else at its instant', () => {
    expect(outcomes(befallen([0, 5], [fault(ms(5), 'crash')]))).toEqual(['broken', 'refused'])
    expect(outcomes(befallen([0], [fault(ms(10), 'crash')]))).toEqual(['broken'])
  })
})

describe('random failures', () => {
  const failing = (as: 'crash' | 'hang', more: Partial<WantedTier> = {}) =>
    scenario({
      duration: 1000 * SECOND,
      clients: [clients(paced(0.01))],
      tiers: [
        tier({
          replicas: 2,
          failures: { upTime: exponential(8 * SECOND), downTime: exponential(2 * SECOND), as },
          ...more,
        }),
      ],
    })

  test.each(['crash', 'hang'] as const)('take turns with recoveries, by the seed: %s', (as) => {
    const facts = factsOf(failing(as))
    for (const node of [0, 1]) {
      const health = only(facts, 'truth', node).map(({ detail }) => detail)
      expect(health.length).toBeGreaterThan(120)
      for (const [i, state] of health.entries()) expect(state).toBe(i % 2 === 1 ? 0 : as === 'crash' ? 1 : 2)
    }
    expect(factsOf(failing(as))).toEqual(facts)
    expect(only(factsOf({ ...failing(as), seed: 2 }), 'truth')).not.toEqual(only(facts, 'truth'))
  })

  test('of a replica come at the same instants whatever the traffic and the strategy', () => {
    const truth = only(factsOf(failing('crash')), 'truth')
    const busy = { ...failing('crash'), clients: [clients(poisson(5))] }
    expect(only(factsOf(busy), 'truth')).toEqual(truth)
  })

  test('keep a replica up for the share of time that its distributions say', () => {
    const truth = only(factsOf({ ...failing('crash'), duration: 20_000 * SECOND }), 'truth', 0)
    const crashes = truth.filter(({ detail }) => detail === 1)
    const recoveries = [0, ...truth.filter(({ detail }) => detail === 0).map(({ at }) => at)]
    const up = crashes.reduce((sum, { at }, i) => sum + at - recoveries[i]!, 0)
    // 80 % of about 2,000 cycles; the standard deviation of the share is 0.5 %
    expect(Math.abs(up / crashes.at(-1)!.at - 0.8)).toBeLessThan(0.02)
  })
})
