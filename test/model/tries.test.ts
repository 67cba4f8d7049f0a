/** Requests that are tried again, by balancers and by clients. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import {
  always,
  asListed,
  clientRetrying,
  clients,
  exponential,
  fault,
  listed,
  ms,
  retrying,
  scenario,
  tier,
} from './build.ts'
import { type Fact, factsOf, only, outcomes } from './facts-of.ts'

const THREE = { replicas: 3, retries: retrying() }

/** One request at each of these instants. */
function at(instants: readonly number[], wanted: Partial<Scenario>): readonly Fact[] {
  const made = scenario({ clients: [clients(asListed)], ...wanted })
  return factsOf(made, { logs: listed(...instants) })
}

function sentTo(facts: readonly Fact[]): readonly number[] {
  return only(facts, 'sent').map(({ object }) => object)
}

describe('balancers', () => {
  test('a refused call goes to another replica at once', () => {
    const facts = at([ms(1), ms(2)], { tiers: [tier(THREE)], faults: [fault(0, 'crash', 0)] })
    expect(sentTo(facts)).toEqual([0, 1, 2])
    expect(outcomes(facts)).toEqual(['ok', 'ok'])
    expect(only(facts, 'retried').map(({ at, subject, value }) => [at, Math.floor(subject), value])).toEqual([
      [ms(1), 0, 1],
    ])
  })

  test('the tries are counted, and the last failure is the outcome', () => {
    const tiers = [tier({ replicas: 5, retries: retrying() })]
    const facts = at([ms(1)], { tiers, faults: [fault(0, 'crash', -1)] })
    expect(sentTo(facts)).toEqual([0, 1, 2])
    expect(outcomes(facts)).toEqual(['refused'])
  })

  test('what is not listed is not tried again', () => {
    const tiers = [tier({ replicas: 3, retries: retrying({ on: ['timeout', 'broken'] }) })]
    expect(sentTo(at([ms(1)], { tiers, faults: [fault(0, 'crash', 0)] }))).toEqual([0])
  })

  test('pauses grow, and replicas that were tried are left out', () => {
    const backOff = { jitter: 'none', base: ms(10), max: ms(15), factor: 2 }
    const tiers = [tier({ replicas: 4, retries: retrying({ tries: 4, backOff }) })]
    const facts = at([0], { tiers, faults: [fault(0, 'crash', -1)] })
    expect(only(facts, 'sent').map(({ at, object }) => [at, object])).toEqual([
      [0, 0],
      [ms(10), 1],
      [ms(25), 2],
      [ms(40), 3],
    ])
  })

  test('nginx tries each server once, then no server is left', () => {
    const tiers = [tier({ replicas: 3, retries: retrying({ rule: 'nginx', tries: 0 }) })]
    const facts = at([0], { tiers, faults: [fault(0, 'crash', -1)] })
    expect(sentTo(facts)).toEqual([0, 1, 2])
    expect(outcomes(facts)).toEqual(['refused'])
  })

  test('what is not idempotent is repeated when it was refused, not when it was broken off', () => {
    const writers = [clients(asListed, { writes: 1 })]
    const tiers = [tier({ replicas: 2, retries: retrying({ rule: 'nginx' }) })]
    const refused = at([ms(1)], { clients: writers, tiers, faults: [fault(0, 'crash', 0)] })
    expect(outcomes(refused)).toEqual(['ok'])
    const broken = at([0], { clients: writers, tiers, faults: [fault(ms(5), 'crash', 0)] })
    expect(outcomes(broken)).toEqual(['broken'])
    const careless = [tier({ replicas: 2, retries: retrying({ nonIdempotent: true }) })]
    const repeated = at([0], { clients: writers, tiers: careless, faults: [fault(ms(5), 'crash', 0)] })
    expect(outcomes(repeated)).toEqual(['ok'])
  })

  test('HAProxy waits a second before it tries the same server, unless it may redispatch', () => {
    const haproxy = { rule: 'haproxy', tries: 4 } as const
    const stays = at([0, 4 * SECOND], {
      tiers: [tier({ replicas: 3, retries: retrying(haproxy) })],
      faults: [fault(0, 'crash', 0)],
    })
    expect(only(stays, 'settled').map(({ at }) => at / SECOND)).toEqual([3, 4.01])
    expect(outcomes(stays)).toEqual(['refused', 'ok'])
    const moves = at([0], {
      tiers: [tier({ replicas: 3, retries: retrying({ ...haproxy, redispatch: -1 }) })],
      faults: [fault(0, 'crash', 0)],
    })
    expect(only(moves, 'settled').map(({ at }) => at)).toEqual([ms(10)])
  })

  test('a try that takes too long is given up; its work goes on for nobody, or is called off', () => {
    const slow = { replicas: 2, demand: always(ms(100)) }
    const wasted = (onTimeout: 'continue' | 'cancel') => {
      const tiers = [tier({ ...slow, retries: retrying({ tries: 2, timeout: ms(30), onTimeout }) })]
      const facts = at([0], { tiers })
      expect(outcomes(facts)).toEqual(['no answer in time'])
      expect(only(facts, 'settled')[0]!.at).toBe(ms(60))
      return only(facts, 'wasted').map(({ object, value }) => [object, value / ms(1)])
    }
    expect(wasted('continue')).toEqual([
      [0, 100],
      [1, 100],
    ])
    expect(wasted('cancel')).toEqual([
      [0, 30],
      [1, 30],
    ])
  })

  test('a budget ends a storm', () => {
    const instants = Array.from({ length: 1000 }, (_, i) => i * ms(1))
    const budget = { policy: 'ratio', params: { share: 0.1, reserve: 10 } }
    const calls = (retries: object) => {
      const tiers = [tier({ replicas: 3, retries: retrying({ tries: 10, ...retries }) })]
      return sentTo(at(instants, { tiers, faults: [fault(0, 'crash', -1)] })).length
    }
    expect(calls({})).toBe(10_000)
    expect(calls({ budget })).toBe(1000 + 100 + 9)
  })

  test('three layers of four tries are 64 calls at the bottom', () => {
    const layer = { replicas: 1, retries: retrying({ tries: 4 }) }
    const tiers = ['a', 'b', 'c'].map((id) => tier({ id, ...layer }))
    const facts = at([0], { tiers, faults: [fault(0, 'crash', -1, 0, 2)] })
    expect(only(facts, 'sent', 2)).toHaveLength(64)
    expect(outcomes(facts)).toEqual(['refused'])
  })
})

describe('clients', () => {
  test('come back after pauses that double', () => {
    const facts = at([0], {
      clients: [clients(asListed, { retries: clientRetrying({ tries: 4 }) })],
      faults: [fault(0, 'crash', 0), fault(ms(500), 'recover', 0)],
    })
    expect(only(facts, 'sent').map(({ at }) => at / ms(1))).toEqual([0, 100, 300, 700])
    expect(outcomes(facts)).toEqual(['ok'])
    expect(only(facts, 'settled')[0]!.value).toBe(ms(710))
  })

  test('the first answer of a request and its copy counts, and the other is called off', () => {
    const hedge = { delay: ms(20), quantile: 0.95, copies: 1, cancels: true, fresh: true }
    const facts = at([0], {
      clients: [clients(asListed, { hedge })],
      tiers: [tier({ replicas: [{ speed: 0.1 }, {}] })],
    })
    expect(only(facts, 'retried').map(({ at, detail }) => [at, detail])).toEqual([[ms(20), 2]])
    expect(only(facts, 'settled').map(({ at }) => at)).toEqual([ms(30)])
    expect(only(facts, 'wasted').map(({ value }) => value)).toEqual([ms(30)])
    expect(only(facts, 'replied').map(({ at, object }) => [at, object])).toEqual([
      [ms(30), 1],
      [ms(30), 0],
    ])
  })

  test('give up on a try, and go on waiting for the request', () => {
    const facts = at([0], {
      clients: [
        clients(asListed, { timeout: always(ms(250)), retries: clientRetrying({ timeout: ms(50) }) }),
      ],
      tiers: [tier({ replicas: 1, demand: always(SECOND) })],
    })
    expect(only(facts, 'try-ended').map(({ at, detail }) => [at / ms(1), detail % 16])).toEqual([
      [50, 9],
      [200, 9],
    ])
    expect(outcomes(facts)).toEqual(['timed out'])
  })

  test.each([
    [0.5, 2, 1.75, 0.875],
    [0.1, 3, 1.111, 0.9999],
  ])('with failures of %d and %d retries a request makes %d tries', (share, retries, load, succeed) => {
    const made = scenario({
      duration: 20_000 * SECOND,
      clients: [
        clients(
          { policy: 'poisson', params: { rate: 1 } },
          { retries: clientRetrying({ tries: retries + 1 }) },
        ),
      ],
      tiers: [tier({ demand: exponential(1) })],
      faults: [fault(0, 'errors', -1, share)],
    })
    const facts = factsOf(made)
    const n = only(facts, 'arrived').length
    const ended = outcomes(facts).filter((outcome) => outcome === 'ok').length
    expect(Math.abs(only(facts, 'sent').length / n - load)).toBeLessThan((4 * 0.83) / Math.sqrt(n))
    expect(Math.abs(ended / n - succeed)).toBeLessThan((4 * 0.331) / Math.sqrt(n))
  })
})
