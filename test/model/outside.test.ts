/** What comes from outside and lasts: disturbed ways, pauses, spikes, dead balancers, replicas that come and go. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { Rollout } from '../../src/scenario/membership.ts'
import type { Fault, Scenario, Tier } from '../../src/scenario/scenario.ts'
import { always, asListed, clients, fault, listed, ms, poisson, scenario, tier } from './build.ts'
import { endings, type Fact, factsOf, outcomes } from './facts-of.ts'

function run(instants: readonly number[], faults: readonly Fault[], wanted: Tier = tier()): readonly Fact[] {
  return factsOf(scenario({ clients: [clients(asListed)], tiers: [wanted], faults }), {
    logs: listed(...instants.map(ms)),
  })
}

function both(one: Fault, end: number): Fault[] {
  return [one, { ...one, at: end, ends: true }]
}

const ends = (facts: readonly Fact[]) => endings(facts).map((ending) => ending && ending.at / 1e6)

describe('a partition', () => {
  test('that refuses answers at once; once it is over, requests get through', () => {
    const cut: Fault = { ...fault(ms(5), 'partition'), as: 'refuse' }
    expect(outcomes(run([6, 60], both(cut, ms(50))))).toEqual(['refused', 'ok'])
  })

  test('that swallows keeps requests until it is over', () => {
    const cut: Fault = { ...fault(ms(5), 'partition'), as: 'blackhole' }
    const facts = run([6], both(cut, ms(50)), tier({ latency: always(ms(1)) }))
    expect(ends(facts)).toEqual([62])
  })

  test('of one balancer leaves the others alone', () => {
    const cut: Fault = { ...fault(0, 'partition'), as: 'refuse', from: 1 }
    const facts = run([1, 20, 40, 60, 80, 100], [cut], tier({ structure: { balancers: 2 } }))
    expect(new Set(outcomes(facts))).toEqual(new Set(['ok', 'refused']))
  })
})

test('latency is added each way', () => {
  const far = both(fault(0, 'latency', 0, ms(50)), ms(200))
  expect(ends(run([1, 300], far))).toEqual([111, 310])
})

test('a pause stretches what is being served, now and then', () => {
  const pauses: Fault = { ...fault(0, 'pause'), every: always(ms(4)), lasts: always(ms(100)) }
  // 4 ms of work, a pause from 4 to 104, 4 ms, a pause from 108 to 208, the last 2 ms.
  expect(ends(run([0], both(pauses, ms(500))))).toEqual([210])
})

test('a dead balancer refuses, and breaks off what went through it', () => {
  const down: Fault = { ...fault(ms(5), 'down', -1), balancer: 0 }
  expect(outcomes(run([0, 20, 60], both(down, ms(50))))).toEqual(['broken', 'refused', 'ok'])
})

test('errors of some keys strike the same keys every time', () => {
  const gray: Fault = { ...fault(0, 'errors', 0, 1), keys: 0.5 }
  const facts = run([0, 20, 40], [gray])
  expect(new Set(outcomes(facts)).size).toBe(1)
})

test('a spike leaves the arrivals of its population as they are', () => {
  const wanted = { clients: [clients(poisson(100))], tiers: [tier()] }
  const arrivals = (facts: readonly Fact[]) =>
    facts.filter(({ kind }) => kind === 'arrived').map(({ at }) => at)
  const calm = arrivals(factsOf(scenario(wanted)))
  const spike: Fault = { ...fault(2 * SECOND, 'spike', -1, 3, -1), client: 0 }
  const high = arrivals(factsOf(scenario({ ...wanted, faults: both(spike, 4 * SECOND) })))
  expect(calm.filter((at) => !high.includes(at))).toEqual([])
  const inIt = (all: readonly number[]) => all.filter((at) => at > 2 * SECOND && at < 4 * SECOND).length
  expect(inIt(high) / inIt(calm)).toBeGreaterThan(2.5)
  expect(inIt(high) / inIt(calm)).toBeLessThan(3.5)
  expect(high.length - calm.length).toBe(inIt(high) - inIt(calm))
})

describe('a deploy', () => {
  const rollout: Rollout = {
    strategy: 'rolling',
    surge: 1,
    unavailable: 0,
    version: { speed: 1, errors: 0 },
    steps: [],
    rollbackAbove: 1,
  }
  const life = { boot: always(SECOND), readiness: true, preStop: 0, grace: 30 * SECOND }

  function deployed(more: Partial<Rollout>, changed: Partial<Tier> = {}): Scenario {
    const made = tier({ replicas: 6, concurrency: 10 })
    const replicas = made.replicas.map((one, i) => (i < 3 ? one : { ...one, spare: true as const }))
    const begins: Fault = { ...fault(2 * SECOND, 'deploy', -1), rollout: { ...rollout, ...more } }
    return scenario({
      clients: [clients(poisson(100))],
      tiers: [{ ...made, replicas, lifecycle: life, ...changed }],
      faults: [begins],
    })
  }

  const failed = (wanted: Scenario) => outcomes(factsOf(wanted)).filter((one) => one && one !== 'ok').length

  test('that rolls loses nothing where balancers hear at once', () => {
    expect(failed(deployed({}))).toBe(0)
  })

  test('that rolls replaces every replica', () => {
    const gone = factsOf(deployed({})).filter(({ kind, detail }) => kind === 'truth' && detail === 3)
    expect(gone.filter(({ at }) => at > 0)).toHaveLength(3)
  })

  test('loses requests where balancers hear late, and none with a pause that is long enough', () => {
    const late = { discovery: { rule: 'endpoints', delay: always(SECOND / 2), every: SECOND } } as const
    expect(failed(deployed({}, late))).toBeGreaterThan(10)
    expect(failed(deployed({}, { ...late, lifecycle: { ...life, preStop: SECOND } }))).toBe(0)
  })

  test('of the kind that recreates has nobody for as long as a boot takes', () => {
    const lost = failed(deployed({ strategy: 'recreate' }))
    expect(lost).toBeGreaterThan(60)
    expect(lost).toBeLessThan(140)
  })

  test('blue-green loses nothing', () => {
    expect(failed(deployed({ strategy: 'blue-green' }))).toBe(0)
  })

  test('of a bad version goes back when its canary fails', () => {
    const bad = { strategy: 'canary', version: { speed: 1, errors: 1 }, rollbackAbove: 0.1 } as const
    const steps = [{ replicas: 1, for: 100 * SECOND }]
    const facts = factsOf(deployed({ ...bad, steps }))
    const errors = outcomes(facts).filter((one) => one === 'error').length
    expect(errors).toBeGreaterThanOrEqual(20)
    expect(errors).toBeLessThan(80)
    expect(facts.filter(({ kind, detail }) => kind === 'happened' && detail === 3)).toHaveLength(1)
  })
})
