/** Replicas by the clock, and by simple rules with a pause. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { Lifecycle, Scaling } from '../../src/scenario/membership.ts'
import { always, clients, ms, poisson, scenario, tier } from './build.ts'

const hpa: Scaling = {
  min: 1,
  max: 6,
  target: 0.5,
  sync: 15 * SECOND,
  tolerance: 0.1,
  stabiliseDown: 0,
  stabiliseUp: 0,
  readinessDelay: 0,
}
const instantly: Lifecycle = { boot: always(0), readiness: true, preStop: 0, grace: 30 * SECOND }

/** Seconds, from, to. */
function scaled(scaling: Scaling, rate: number, life = instantly, seconds = 120) {
  const replicas = Array.from({ length: 6 }, (_, i) => (i < 2 ? {} : { spare: true as const }))
  const web = { ...tier({ replicas, demand: always(ms(10)) }), lifecycle: life, scaling }
  const wanted = scenario({ duration: seconds * SECOND, clients: [clients(poisson(rate))], tiers: [web] })
  return simulate(wanted)
    .timeline.filter(({ what }) => what === 'scale')
    .map(({ at, from, to, why }) => [at, from, to, why])
}

describe('a schedule', () => {
  const entries = [
    { at: 10 * SECOND, replicas: 5 },
    { at: 40 * SECOND, replicas: 3 },
  ]

  test('alone says how many there are', () => {
    expect(scaled({ ...hpa, rule: 'scheduled', schedule: { entries } }, 10)).toEqual([
      [10, 2, 5, 'by the schedule'],
      [40, 5, 3, 'by the schedule'],
    ])
  })

  test('begins anew where it is repeated', () => {
    const at = scaled({ ...hpa, rule: 'scheduled', schedule: { entries, every: 50 * SECOND } }, 10)
    expect(at.map(([when, , to]) => [when, to])).toEqual([
      [10, 5],
      [40, 3],
      [60, 5],
      [90, 3],
      [110, 5],
    ])
  })

  test('is the least for the autoscaler, which may want more and takes away what is not needed', () => {
    expect(scaled({ ...hpa, schedule: { entries } }, 10).map(([when, , to]) => [when, to])).toEqual([
      [10, 5],
      [45, 3],
    ])
    expect(
      scaled({ ...hpa, schedule: { entries } }, 1000, instantly, 50).map(([when, , to]) => [when, to]),
    ).toEqual([
      [10, 5],
      [15, 6],
    ])
  })
})

describe('simple scaling', () => {
  const simple = { above: 0.8, below: 0.3, add: 2, remove: 1, cooldown: 30 * SECOND }
  const rule: Scaling = { ...hpa, rule: 'simple', sync: 5 * SECOND, simple }

  test('rests after each change', () => {
    // Four of six are busy.
    expect(scaled(rule, 400)).toEqual([
      [5, 2, 4, '100 % of the slots busy, above 80 %'],
      [35, 4, 6, '100 % of the slots busy, above 80 %'],
    ])
    expect(scaled(rule, 10)).toEqual([[5, 2, 1, expect.stringContaining('below 30 %')]])
  })

  test('begins to rest when the last replica serves', () => {
    const slowly = { ...instantly, boot: always(20 * SECOND) }
    const of = (life: Lifecycle) =>
      scaled({ ...rule, simple: { ...simple, add: 1 } }, 590, life).map(([at]) => at)
    expect(of(instantly)).toEqual([5, 35, 65, 95])
    expect(of(slowly)).toEqual([5, 55, 105])
  })
})
