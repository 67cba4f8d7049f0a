/** Replicas that get more slots, or fewer, while they run: by hand, and against replicas that had as many all along. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { Fault } from '../../src/scenario/scenario.ts'
import {
  always,
  asListed,
  clients,
  exponential,
  fault,
  listed,
  ms,
  poisson,
  scenario,
  tier,
  type WantedTier,
} from './build.ts'
import { factsOf, only } from './facts-of.ts'

const slots = (at: number, to: number): Fault => fault(ms(at), 'slots', -1, to)

/** When requests that come at these instants (ms) are answered (ms); each is 100 ms of work. */
function answers(instants: readonly number[], faults: readonly Fault[], wanted: WantedTier) {
  const tiers = [tier({ demand: always(ms(100)), ...wanted })]
  const facts = factsOf(scenario({ clients: [clients(asListed)], tiers, faults }), {
    logs: listed(...instants.map(ms)),
  })
  return only(facts, 'settled').map(({ at }) => at / ms(1))
}

describe('fewer slots', () => {
  test('let what is being served end, and begin nothing before one is free', () => {
    expect(answers([0, 0, 0, 0], [slots(50, 1)], { concurrency: 2 })).toEqual([100, 100, 200, 300])
    // Of three in service two must end before the one slot that is left is free.
    expect(answers([0, 20, 40, 60], [slots(50, 1)], { concurrency: 3 })).toEqual([100, 120, 140, 240])
  })

  test('share what is there at once among the processors that are left', () => {
    // Half of the work is done by 50; the other halves share one processor.
    expect(answers([0, 0], [slots(50, 1)], { concurrency: 2, discipline: 'ps' })).toEqual([150, 150])
  })

  test('last for as long as is said', () => {
    const back: Fault = { ...slots(150, 0), ends: true }
    expect(answers([0, 0, 0, 0], [slots(50, 1), back], { concurrency: 2 })).toEqual([100, 100, 200, 250])
  })
})

describe('more slots', () => {
  test('take from the queue at once', () => {
    expect(answers([0, 0, 0], [slots(50, 3)], { concurrency: 1 })).toEqual([100, 150, 150])
  })

  test('of one replica are its own', () => {
    const one = { ...slots(50, 3), replica: 1 }
    expect(answers([0, 0, 0, 0], [one], { replicas: 2 })).toEqual([100, 100, 150, 200])
  })

  test('do not wake the dead', () => {
    const dead = fault(ms(10), 'crash', 0)
    expect(answers([0, 0, 0], [dead, slots(50, 3)], { concurrency: 1 })).toEqual([10, 10, 10])
  })
})

describe.each(['fifo', 'ps'] as const)('from the first instant on, %s', (discipline) => {
  test('is as if it had been so all along, to the last figure', () => {
    const many = (concurrency: number, faults: readonly Fault[]) => {
      const {
        fingerprint: _,
        timeline: __,
        wall: ___,
        ...figures
      } = simulate(
        scenario({
          duration: 20 * SECOND,
          warmUp: 2 * SECOND,
          clients: [clients(poisson(150))],
          tiers: [tier({ concurrency, discipline, demand: exponential(ms(10)), replicas: 2 })],
          faults,
        }),
      )
      return figures
    }
    expect(many(4, [slots(0, 1)])).toEqual(many(1, []))
  })
})

test('utilisation is of the slots that are there', () => {
  // Two slots, both taken for 5 s; then one, taken for 5 s; a queue that never ends.
  const made = simulate(
    scenario({
      duration: 10 * SECOND,
      clients: [clients(poisson(200))],
      tiers: [tier({ concurrency: 2, demand: always(ms(100)) })],
      faults: [slots(5000, 1)],
    }),
  )
  const { utilisation } = made.tiers.web!.replicas['web/1']!
  expect(utilisation).toBeGreaterThan(0.99)
  expect(utilisation).toBeLessThanOrEqual(1)
  const capacity = made.series['tiers.web.capacityAlivePerSecond'] as readonly number[]
  expect(capacity[0]).toBeCloseTo(20, 9)
  expect(capacity.at(-1)).toBeCloseTo(10, 9)
})
