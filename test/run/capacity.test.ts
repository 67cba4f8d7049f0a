/** Capacity, belief, cost and error budget over time. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { advance, startRun } from '../../src/run/run.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import {
  always,
  checks,
  chosen,
  clients,
  exponential,
  fault,
  ms,
  paced,
  scenario,
  tier,
} from '../model/build.ts'
import { collected } from '../model/facts-of.ts'

const health = checks({ interval: SECOND, timeout: ms(300), rise: 2, fall: 3 })

function columnsOf(wanted: Scenario) {
  const run = startRun(wanted)
  advance(run, Infinity)
  const { series } = run.recording
  return (id: string) => [...series.columns.find((column) => column.id === id)!.values]
}

/** Two replicas of two slots, 10 ms a request: 400 a second. */
const crash = scenario({
  duration: 60 * SECOND,
  clients: [clients(paced(100))],
  tiers: [tier({ health, replicas: 2, concurrency: 2 })],
  faults: [fault(1.5 * SECOND, 'crash'), fault(7.25 * SECOND, 'recover'), fault(20 * SECOND, 'slow', 1, 4)],
  expect: [
    { text: 'availability > 99%', figure: 'availability', operator: '>', value: 0.99 },
    { text: 'availability < 99.99%', figure: 'availability', operator: '<', value: 0.9999 },
  ],
})

describe('capacity', () => {
  const of = columnsOf(crash)

  test('falls with the replica, and is believed until the balancer has noticed', () => {
    const alive = of('tiers.web.capacityAlivePerSecond')
    expect(alive.slice(0, 4)).toEqual([400, 300, 200, 200])
    expect(alive.slice(7, 9)).toEqual([350, 400])
    const believed = of('tiers.web.capacityBelievedPerSecond')
    // Noticed at 4 s, and again at 9 s.
    expect(believed.slice(0, 10)).toEqual([400, 400, 400, 400, 200, 200, 200, 200, 200, 400])
  })

  test('counts slowness as lost capacity that nobody believes in', () => {
    expect(of('tiers.web.capacityAlivePerSecond')[25]).toBeCloseTo(250, 9)
    expect(of('tiers.web.capacityBelievedPerSecond')[25]).toBe(400)
    expect(of('tiers.web.replicasAlive')[25]).toBe(2)
  })

  test('stands beside what is asked of the tier', () => {
    expect(of('tiers.web.offeredPerSecond').slice(1, 6)).toEqual([100, 100, 100, 100, 100])
  })

  test('of the replicas that balancers believe in is the mean over the balancers', () => {
    const two = tier({ health, replicas: 2, structure: { balancers: 2 } })
    const faults = [fault(1.2 * SECOND, 'partition'), fault(30 * SECOND, 'recover')]
    const cut = { ...faults[0]!, from: 0, as: 'refuse' as const }
    const believed = columnsOf({ ...crash, tiers: [two], faults: [cut] })('tiers.web.replicasBelieved')
    expect([believed[0], believed[10]]).toEqual([2, 1.5])
  })

  test('is not told where the mean work is not known', () => {
    const endless = chosen('pareto', { shape: 1, min: ms(1) })
    const tiers = [tier({ id: 'edge', demand: always(0) }), tier({ demand: endless })]
    const made = columnsOf({ ...crash, tiers, faults: [] })
    expect(made('tiers.edge.capacityAlivePerSecond')[3]).toBeNaN()
    expect(made('tiers.web.capacityBelievedPerSecond')[3]).toBeNaN()
    expect(made('tiers.web.replicasAlive')[3]).toBe(1)
  })

  test('of a replica that answers with errors while it starts is none, of one that errs later it is whole', () => {
    const startUp = { time: always(3 * SECOND), meanwhile: 'errors', readiness: 'early' } as const
    const faults = [fault(SECOND, 'crash'), fault(2 * SECOND, 'recover'), fault(8 * SECOND, 'errors', 0, 1)]
    const made = columnsOf({ ...crash, tiers: [tier({ health: { startUp } })], faults })
    expect(made('tiers.web.replicasAlive').slice(0, 10)).toEqual([1, 0, 0, 0, 0, 1, 1, 1, 1, 1])
  })
})

test('replicas that come and go are paid for from the decision to make them', () => {
  const most = 3
  const one = tier({
    replicas: Array.from({ length: most }, (_, i) => (i > 0 ? { spare: true as const } : {})),
  })
  const life = { boot: always(4 * SECOND), readiness: true, preStop: 0, grace: 30 * SECOND }
  const faults = [{ ...fault(2 * SECOND, 'scale', -1, 3) }, { ...fault(10.5 * SECOND, 'scale', -1, 1) }]
  const wanted = { ...crash, clients: [clients(paced(1))], tiers: [{ ...one, lifecycle: life }], faults }
  const of = columnsOf(wanted)
  expect(of('tiers.web.replicasPaid').slice(0, 12)).toEqual([1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 2, 1])
  expect(of('tiers.web.replicasAlive').slice(0, 12)).toEqual([1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 2, 1])
  expect(of('tiers.web.replicasBelieved')[4]).toBe(1)
  expect(of('tiers.web.replicaSeconds').at(-1)).toBeCloseTo(60 + 2 * 8.5, 9)
  expect(simulate(wanted).tiers.web!.replicaSeconds).toBeCloseTo(60 + 2 * 8.5, 9)
})

test('offered load has the further tries of clients in it', () => {
  const retries = {
    tries: 2,
    on: ['refused'] as const,
    backOff: { jitter: 'none' as const, base: ms(1), max: ms(1), factor: 1 },
    nonIdempotent: false,
  }
  const wanted = { ...crash, clients: [clients(paced(10), { retries })], tiers: [tier()] }
  const offered = columnsOf(wanted)('tiers.web.offeredPerSecond')
  expect(offered.slice(3, 6)).toEqual([20, 20, 20])
})

describe('the error budget', () => {
  test('is what the strictest expected availability leaves, and may be burnt more than once', () => {
    const { requests, errorBudget } = simulate(crash)
    const bad = requests.failed + requests.rejected + requests.timedOut
    expect(bad).toBeGreaterThan(60)
    expect(errorBudget.objective).toBe(0.99)
    expect(errorBudget.burnt).toBeCloseTo(bad / (requests.succeeded + bad) / 0.01, 9)
    expect(columnsOf(crash)('errorBudgetBurnt').at(-1)).toBeCloseTo(errorBudget.burnt!, 2)
  })

  test('is a thousandth where nothing is expected, and none where nothing may fail', () => {
    expect(simulate({ ...crash, expect: [] }).errorBudget.objective).toBe(0.999)
    const never = [{ text: '', figure: 'availability', operator: '>=', value: 1 } as const]
    expect(simulate({ ...crash, expect: never }).errorBudget).toEqual({ objective: 1, burnt: null })
  })
})

test('alive and believed replicas, step by step, are those that the facts tell', () => {
  const wanted = scenario({
    duration: 30 * SECOND,
    tiers: [
      tier({
        replicas: 4,
        health: checks({ interval: ms(300), timeout: ms(100) }),
        failures: { upTime: exponential(4 * SECOND), downTime: exponential(2 * SECOND), as: 'crash' },
        structure: { balancers: 3 },
      }),
    ],
  })
  const all = collected()
  const run = startRun(wanted, { probes: [all] })
  advance(run, Infinity)
  const { series } = run.recording
  const counts = { truth: [1, 1, 1, 1], believed: Array.from({ length: 12 }, () => 1) }
  const areas = { truth: new Float64Array(series.steps), believed: new Float64Array(series.steps) }
  let last = 0
  const until = (at: number) => {
    for (let t = last; t < at; ) {
      const step = Math.floor(t / series.step)
      const to = Math.min(at, (step + 1) * series.step)
      for (const kind of ['truth', 'believed'] as const)
        areas[kind][step]! += counts[kind].reduce((sum, n) => sum + n, 0) * (to - t)
      t = to
    }
    last = at
  }
  for (const one of all.facts) {
    if (one.kind !== 'truth' && one.kind !== 'believed') continue
    until(one.at)
    if (one.kind === 'truth') counts.truth[one.object] = one.detail === 0 ? 1 : 0
    else counts.believed[one.subject * 4 + one.object] = one.detail
  }
  until(wanted.duration)
  const of = (id: string) => series.columns.find((column) => column.id === `tiers.web.${id}`)!.values
  for (let i = 0; i < series.steps; i++) {
    expect(of('replicasAlive')[i]).toBeCloseTo(areas.truth[i]! / series.step, 9)
    expect(of('replicasBelieved')[i]).toBeCloseTo(areas.believed[i]! / 3 / series.step, 9)
  }
})
