/** What was refused, by how the replica truly was. */

import { expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { Fault } from '../../src/scenario/scenario.ts'
import { always, checks, clients, fault, ms, paced, scenario, tier } from '../model/build.ts'

const life = { boot: always(0), readiness: true, preStop: 0, grace: 30 * SECOND }
const late = { rule: 'endpoints' as const, delay: always(2 * SECOND), every: SECOND }

/** Fifty requests a second at each of two replicas. */
function refusals(faults: readonly Fault[], startUp = {}) {
  const health = { ...checks({ interval: SECOND, timeout: ms(300), rise: 2, fall: 3 }), ...startUp }
  const one = tier({ replicas: 2, demand: always(ms(1)), health })
  const tiers = [{ ...one, lifecycle: life, discovery: late }]
  const made = simulate(scenario({ duration: 20 * SECOND, clients: [clients(paced(100))], tiers, faults }))
  return { ...made.tiers.web!.refusals, ended: made.requests.byOutcome }
}

const none = { dead: 0, stopping: 0, gone: 0, starting: 0, outOfReach: 0 }

test('a dead replica that is believed to be well', () => {
  const { ended, ...counts } = refusals([fault(1.5 * SECOND, 'crash')])
  expect(counts).toEqual({ ...none, dead: ended.refused })
  expect(counts.dead).toBe(125)
})

test('one that has been told to stop, while the balancer has not heard of it', () => {
  const { ended, ...counts } = refusals([fault(5 * SECOND, 'scale', -1, 1)])
  // It is idle at once, and so is gone at once.
  expect(counts).toEqual({ ...none, gone: ended.refused })
  expect(counts.gone).toBe(100)
})

test('one that is well, but out of reach', () => {
  const cut = { ...fault(1.5 * SECOND, 'partition'), as: 'refuse' as const }
  const { ended, ...counts } = refusals([cut])
  expect(counts).toEqual({ ...none, outOfReach: ended.refused })
})

test('nothing where nothing was refused', () => {
  expect(refusals([])).toEqual({ ended: { ok: 1999 } })
})
