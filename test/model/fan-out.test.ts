/** Requests that are sent to several replicas at once, and need more than one good answer. */

import { describe, expect, test } from 'vitest'
import type { Hedge } from '../../src/policies/resilience/hedging.ts'
import { parse } from '../../src/scenario/index.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { asListed, clientRetrying, clients, fault, listed, ms, scenario, tier } from './build.ts'
import { type Fact, factsOf, only, outcomes } from './facts-of.ts'

/** Two copies of each request at once, on replicas of different speeds: 10, 20 and 50 ms. */
function at(instants: readonly number[], hedge: Partial<Hedge>, wanted: Partial<Scenario> = {}) {
  const all = { delay: 0, quantile: 0.95, copies: 2, cancels: false, fresh: false, ...hedge }
  const made = scenario({
    clients: [clients(asListed, { hedge: all })],
    tiers: [tier({ replicas: [{}, { speed: 0.5 }, { speed: 0.2 }] })],
    ...wanted,
  })
  return factsOf(made, { logs: listed(...instants) })
}

const ends = (facts: readonly Fact[]) => only(facts, 'settled').map(({ at }) => at)

describe('a fan-out', () => {
  test.each([
    [undefined, 10],
    [2, 20],
    [3, 50],
  ])('that needs %s good answers waits for the last of them', (needed, took) => {
    const facts = at([0], needed === undefined ? {} : { needed })
    expect(ends(facts)).toEqual([ms(took)])
    expect(only(facts, 'sent')).toHaveLength(3)
  })

  test('calls off what is left', () => {
    const facts = at([0], { needed: 2, cancels: true })
    expect(only(facts, 'replied').map(({ at }) => at)).toEqual([ms(10), ms(20), ms(20)])
  })

  test('fails when too few answers are good, once all are there', () => {
    const dead = { faults: [fault(0, 'crash', 0)] }
    expect(outcomes(at([ms(1)], { needed: 2 }, dead))).toEqual(['ok'])
    const facts = at([ms(1)], { needed: 3 }, dead)
    expect(outcomes(facts)).toEqual(['refused'])
    expect(ends(facts)).toEqual([ms(51)])
  })

  test('that fails is tried again like any request', () => {
    const hedge = { delay: 0, quantile: 0.95, copies: 2, needed: 3, cancels: false, fresh: false }
    const made = scenario({
      clients: [clients(asListed, { hedge, retries: clientRetrying({ tries: 5 }) })],
      tiers: [tier({ replicas: 3 })],
      faults: [fault(0, 'crash', 0)],
    })
    expect(outcomes(factsOf(made, { logs: listed(ms(1)) }))).toEqual(['ok'])
  })

  test('is sent of requests that change something, too', () => {
    const writes = { clients: [clients(asListed, { writes: 1, hedge: hedgeOf(3) })] }
    expect(outcomes(at([0], {}, writes))).toEqual(['ok'])
  })

  test('sends the rest when an answer is there before it is known how late is late', () => {
    expect(outcomes(at([0], { delay: undefined, needed: 2 }))).toEqual(['ok'])
  })
})

function hedgeOf(needed: number): Hedge {
  return { delay: 0, quantile: 0.95, copies: 2, needed, cancels: false, fresh: false }
}

test('more answers than requests cannot be asked for', () => {
  const text =
    'clients: { users: { rate: 1/s, hedge: { copies: 2, needed: 4 } } }\ntiers: { web: { replicas: 2 } }\n'
  const { problems } = parse(text, 'a.yaml')
  expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'clients.users.hedge.needed: 4 answers cannot come from 1 + 2 requests.',
  ])
})
