/** What clients do: they wait or leave, think, come by their own clock, and bring the same requests to any cluster. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { ClientPopulation } from '../../src/scenario/scenario.ts'
import {
  always,
  asListed,
  between,
  chosen,
  clients,
  closed,
  exponential,
  fault,
  leastConnections,
  listed,
  ms,
  poisson,
  scenario,
  tier,
  type WantedTier,
} from './build.ts'
import { endings, type Fact, factsOf, only, outcomes } from './facts-of.ts'

/** Facts of requests at these instants (ms) from clients with something special about them. */
function asked(
  instants: readonly number[],
  more: Partial<ClientPopulation>,
  wanted: WantedTier = {},
): readonly Fact[] {
  const logs = listed(...instants.map(ms))
  return factsOf(scenario({ clients: [clients(asListed, more)], tiers: [tier(wanted)] }), { logs })
}

describe('a client whose patience ends', () => {
  const timeout = always(ms(15))

  test('leaves; by default the work goes on, and is wasted', () => {
    const facts = asked([0, 1, 2], { timeout })
    expect(outcomes(facts)).toEqual(['ok', 'timed out', 'timed out'])
    expect(endings(facts).map((ending) => ending!.latency)).toEqual([ms(10), ms(15), ms(15)])
    expect(only(facts, 'wasted').map(({ subject, value }) => [subject, value])).toEqual([
      [1, ms(10)],
      [2, ms(10)],
    ])
    expect(only(facts, 'replied').at(-1)).toMatchObject({ at: ms(30), subject: 2 })
  })

  test('that calls its work off frees slot and queue at once', () => {
    const facts = asked([0, 1, 2, 16.5], { timeout, onTimeout: 'cancel' }, { demand: always(ms(12)) })
    expect(outcomes(facts)).toEqual(['ok', 'timed out', 'timed out', 'ok'])
    // the second is called off after 4 ms of service, the third while it waits
    expect(only(facts, 'wasted')).toMatchObject([
      { subject: 1, value: ms(4) },
      { subject: 2, value: ms(1) },
    ])
    expect(endings(facts)[3]!.at).toBe(ms(29))
  })

  test('counts from birth to the answer in hand, networks included', () => {
    const network = { latency: always(ms(1)) }
    expect(outcomes(asked([0], { timeout: always(ms(14) + 1), ...network }, network))).toEqual(['ok'])
    const late = asked([0], { timeout: always(ms(14)), ...network }, network)
    expect(outcomes(late)).toEqual(['timed out'])
    expect(only(late, 'wasted'), 'its work was done before it left').toEqual([])
  })

  test('while its request is still on its way out lets it arrive and be served in vain, or not at all', () => {
    const far = { timeout: always(ms(2)), latency: always(ms(5)) }
    expect(only(asked([0], far), 'sent'), 'it has not reached the balancer').toEqual([])
    const near = asked([0], { timeout: always(ms(2)) }, { latency: always(ms(5)) })
    expect(only(near, 'wasted')).toMatchObject([{ at: ms(15), value: ms(10) }])
    const off = asked([0], { timeout: always(ms(2)), onTimeout: 'cancel' }, { latency: always(ms(5)) })
    expect(only(off, 'started')).toEqual([])
  })

  test('is gone when its answer comes at the very instant at which it leaves', () => {
    // the timeout was set first, so it comes first
    expect(outcomes(asked([0], { timeout: always(ms(10)) }))).toEqual(['timed out'])
    expect(outcomes(asked([0], { timeout: always(ms(10) + 1) }))).toEqual(['ok'])
  })
})

describe('latency between clients and balancer', () => {
  test('is crossed out and back', () => {
    const facts = asked([0, 100], { latency: always(ms(3)) })
    expect(endings(facts).map((ending) => ending!.latency)).toEqual([ms(16), ms(16)])
    expect(only(facts, 'sent')[0]!.at).toBe(ms(3))
  })

  test('is drawn anew for each way', () => {
    const facts = asked([0, 100, 200], { latency: between(0, ms(4)) })
    const took = endings(facts).map((ending) => ending!.latency - ms(10))
    expect(new Set(took).size).toBe(3)
    for (const extra of took) expect(extra).toBeLessThanOrEqual(ms(8))
  })
})

describe('a closed loop', () => {
  test('sends again when the answer is there and the user has thought', () => {
    const facts = factsOf(scenario({ clients: [clients(closed(1, always(ms(90))))] }))
    const births = only(facts, 'arrived').map(({ at }) => at)
    expect(births.slice(0, 4)).toEqual([ms(90), ms(190), ms(290), ms(390)])
  })

  test('never has more requests under way than users', () => {
    const users = clients(closed(5, exponential(ms(1))))
    const facts = factsOf(
      scenario({ clients: [users], faults: [fault(SECOND, 'hang'), fault(2 * SECOND, 'recover')] }),
    )
    let open = 0
    let most = 0
    for (const { kind } of facts) {
      if (kind === 'arrived') most = Math.max(most, ++open)
      if (kind === 'settled') open--
    }
    expect(most).toBe(5)
  })

  test('goes on after failures and timeouts', () => {
    const users = clients(closed(3, always(ms(10))), { timeout: always(ms(5)) })
    const facts = factsOf(scenario({ clients: [users], faults: [fault(5 * SECOND, 'crash')] }))
    const all = outcomes(facts)
    expect(all.filter((outcome) => outcome === 'timed out').length).toBeGreaterThan(100)
    expect(all.filter((outcome) => outcome === 'refused').length).toBeGreaterThan(1000)
  })

  test('gives each user an address for life', () => {
    const users = clients(closed(6, always(ms(10))), { addresses: 3 })
    const addresses = only(factsOf(scenario({ clients: [users] })), 'arrived').map(({ object }) => object)
    expect(new Set(addresses)).toEqual(new Set([0, 1, 2]))
  })
})

describe('what a request brings with it', () => {
  const population = clients(poisson(200), {
    keys: chosen('zipf', { count: 1000, exponent: 0.9 }),
    addresses: 50,
    timeout: exponential(SECOND),
  })

  test('is the same whatever the cluster makes of it', () => {
    const calm = factsOf(
      scenario({ clients: [population], tiers: [tier({ replicas: 4, demand: exponential(ms(10)) })] }),
    )
    const rough = factsOf(
      scenario({
        clients: [population],
        tiers: [tier({ replicas: 2, demand: exponential(ms(10)), queue: 3, strategy: leastConnections })],
        faults: [fault(SECOND, 'crash', 0), fault(3 * SECOND, 'slow', 1, 10)],
      }),
    )
    expect(only(rough, 'arrived')).toEqual(only(calm, 'arrived'))
    expect(only(calm, 'arrived').length).toBeGreaterThan(1500)
  })

  test('does not change when another population joins', () => {
    const alone = factsOf(scenario({ clients: [population] }))
    const other = clients(poisson(50), { id: 'others' })
    const together = factsOf(scenario({ clients: [population, other] }))
    const own = (facts: readonly Fact[]) =>
      only(facts, 'arrived')
        .filter(({ detail }) => detail === 0)
        .map(({ at, object, value }) => [at, object, value])
    expect(own(together)).toEqual(own(alone))
  })

  test('changes with the seed', () => {
    const of = (seed: number | string) => only(factsOf(scenario({ seed, clients: [population] })), 'arrived')
    expect(of(1)).toEqual(of(1))
    expect(of(1)).not.toEqual(of(2))
  })
})

test('no request is born after the end', () => {
  const populations = [clients(poisson(300)), clients(closed(9, exponential(ms(20))), { id: 'others' })]
  const facts = factsOf(scenario({ duration: SECOND, clients: populations }))
  expect(only(facts, 'arrived').at(-1)!.at).toBeLessThanOrEqual(SECOND)
  expect(facts.at(-1)!.at).toBeLessThanOrEqual(SECOND)
})
