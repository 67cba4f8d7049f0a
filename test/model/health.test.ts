/** What balancers believe, and how late: refusals before detection, intervals, rise and fall. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { Fault } from '../../src/scenario/scenario.ts'
import {
  always,
  between,
  checks,
  clients,
  fault,
  ms,
  paced,
  scenario,
  tier,
  type WantedTier,
} from './build.ts'
import { type Fact, factsOf, only, outcomes } from './facts-of.ts'

const health = checks()

function checked(faults: readonly Fault[], wanted: WantedTier = {}, rate = 0.01): readonly Fact[] {
  const one = tier({ health, ...wanted })
  return factsOf(scenario({ duration: 30 * SECOND, clients: [clients(paced(rate))], tiers: [one], faults }))
}

/** When the front balancer changed its mind about a replica, seconds. */
function beliefs(facts: readonly Fact[], node = 0): [at: number, ready: number][] {
  return only(facts, 'believed', node).map(({ at, detail }) => [at / 1e9, detail])
}

describe('active checks', () => {
  test('of one replica come at equal intervals, those of several in between', () => {
    const facts = checked([], { replicas: 4 })
    for (let node = 0; node < 4; node++) {
      const instants = only(facts, 'checked', node).map(({ at }) => at)
      expect(instants.slice(0, 3)).toEqual([0, 1, 2].map((i) => i * SECOND + (node * SECOND) / 4))
    }
  })

  test('take a crashed replica out at the third refusal in a row', () => {
    expect(beliefs(checked([fault(1.5 * SECOND, 'crash')]))).toEqual([[4, 0]])
  })

  test('take a hung replica out one timeout later', () => {
    expect(beliefs(checked([fault(1.5 * SECOND, 'hang')]))).toEqual([[4.3, 0]])
  })

  test('bring it back at the second pass in a row', () => {
    const faults = [fault(1.5 * SECOND, 'crash'), fault(7.5 * SECOND, 'recover')]
    expect(beliefs(checked(faults))).toEqual([
      [4, 0],
      [9, 1],
    ])
  })

  test('start counting anew when one contradicts the others', () => {
    const blink = [2.5, 3.5, 5.5, 6.5].map((at, i) => fault(at * SECOND, i % 2 === 0 ? 'crash' : 'recover'))
    // fails at 3 and 6 only
    expect(beliefs(checked(blink))).toEqual([])
    const twice = [fault(2.5 * SECOND, 'crash'), fault(4.5 * SECOND, 'recover'), fault(5.5 * SECOND, 'crash')]
    expect(beliefs(checked(twice))).toEqual([[8, 0]])
  })

  test('cross the network out and back', () => {
    const latency = always(ms(50))
    expect(beliefs(checked([fault(1.5 * SECOND, 'crash')], { latency }))).toEqual([[4.1, 0]])
  })

  test('that answer later than the timeout have failed', () => {
    expect(beliefs(checked([], { latency: always(ms(400)) }))[0]?.[1]).toBe(0)
    expect(beliefs(checked([], { latency: always(ms(100)) }))).toEqual([])
  })

  test('see neither slowness nor errors', () => {
    const facts = checked([fault(SECOND, 'slow', 0, 100), fault(2 * SECOND, 'errors', 0, 1)], {}, 50)
    expect(beliefs(facts)).toEqual([])
  })

  test('do not wait behind traffic', () => {
    const facts = checked([], { demand: always(10 * SECOND) }, 5)
    expect(only(facts, 'checked').every(({ detail }) => detail === 1)).toBe(true)
  })

  test('draw from streams of their own: the traffic is the same with and without them', () => {
    const latency = between(0, ms(5))
    const traffic = (facts: readonly Fact[]) => facts.filter(({ kind }) => kind !== 'checked')
    const without = factsOf(
      scenario({
        duration: 30 * SECOND,
        clients: [clients(paced(50))],
        tiers: [tier({ replicas: 2, latency })],
      }),
    )
    expect(traffic(checked([], { replicas: 2, latency }, 50))).toEqual(without)
  })
})

describe('between a crash and its detection', () => {
  const facts = checked([fault(1.55 * SECOND, 'crash')], { replicas: 2 }, 10)

  test('every second request is refused; afterwards none', () => {
    const [at] = beliefs(facts)[0]!
    const ended = only(facts, 'settled')
    const refused = ended.filter(({ detail }) => detail === 2).map((fact) => fact.at / 1e9)
    expect(refused.length).toBe(12)
    expect(Math.min(...refused)).toBeGreaterThan(1.55)
    expect(Math.max(...refused)).toBeLessThanOrEqual(at)
  })

  test('the other replica gets all requests afterwards', () => {
    const [at] = beliefs(facts)[0]!
    const later = only(facts, 'sent').filter((fact) => fact.at > at * 1e9)
    expect(later.length).toBeGreaterThan(200)
    expect(later.every(({ object }) => object === 1)).toBe(true)
  })
})

test('without checks a dead replica is tried for ever', () => {
  const wanted = scenario({
    clients: [clients(paced(10))],
    tiers: [tier({ replicas: 2 })],
    faults: [fault(0, 'crash')],
  })
  const refused = outcomes(factsOf(wanted)).filter((outcome) => outcome === 'refused')
  expect(refused).toHaveLength(50)
})

test('when no replica is believed ready, requests end at the balancer', () => {
  const facts = checked([fault(0, 'crash')], {}, 10)
  const all = outcomes(facts)
  expect(all.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => 'refused'))
  expect(new Set(all.slice(20))).toEqual(new Set(['unavailable']))
  expect(only(facts, 'sent')).toHaveLength(all.filter((outcome) => outcome === 'refused').length)
})
