/**
 * Rows about a cluster that stays down after what brought it down is over, because its clients try again. The
 * row's load is tried a tenth below and a tenth above: below it must do what the row says, above it must not.
 */

import { CODE, VALUE } from '../../../base/fact-rows.ts'
import { SECOND } from '../../../base/time.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { OK, SETTLED } from '../../../model/facts.ts'
import { CAUSES } from '../../../policies/resilience/conditions.ts'
import type { Fault } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { cannotRun, certain, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { mustSay, planned, positive, refuseEndless, wholeNumber } from '../planned.ts'
import { Unfit } from '../unfit.ts'

export const readMetastable: Reader = (row) =>
  row.model === 'metastable failure from retries' ? planned(row, (g) => experiment(g, row.value)) : undefined

/** Whether something brings it down for a while. */
const TRIGGERED: Readonly<Record<string, boolean>> = {
  highest_load_rps_that_recovers_by_itself: true,
  highest_load_rps_that_works_without_a_trigger: false,
}

const STEP = 0.1
/** A client waits so long for a try, and the server stands still for so long. */
const TIMEOUT = SECOND
const STANDS_STILL = 10 * SECOND
/** It is looked at after so long, for so long. */
const SETTLED_BY = 300 * SECOND
const LOOKED_AT = 10 * SECOND
const FROM = 20 * SECOND
/** Roughly, in calls; each load is tried once. */
const COST = 1_000_000

function experiment(g: Given, value: unknown): Experiment {
  const capacity = positive(g, 'capacity_rps')
  const tries = 1 + wholeNumber(g, 'max_retries', { min: 0, max: 100 })
  mustSay(g, 'failure_mode', /^every request times out after its work was done, clients retry at once$/)
  mustSay(g, 'retry_budget', /^none$/)
  if (typeof value !== 'number' || !(value > 0)) throw new Unfit('its value must be a load')
  refuseEndless((2 * tries * value * SETTLED_BY) / SECOND)
  const answer = (quantity: string) => {
    const works = (load: number) => succeeded(load, capacity, tries, TRIGGERED[quantity]!) > 0.99
    const [below, above] = [(1 - STEP) * value, (1 + STEP) * value]
    if (!works(below)) return `it does not at ${below}`
    return works(above) ? above : value
  }
  return {
    key: `metastable ${capacity} ${tries} ${value}`,
    cost: COST,
    least: 1,
    run: (rows) =>
      rows.map(({ quantity }) =>
        Object.hasOwn(TRIGGERED, quantity)
          ? certain(answer(quantity))
          : cannotRun(`unknown quantity "${quantity}"`),
      ),
  }
}

/** Share of the requests that succeed long after what brought it down, if anything did. */
function succeeded(load: number, capacity: number, tries: number, isTriggered: boolean): number {
  const backOff = { jitter: 'none', base: 0, max: 0, factor: 1 }
  const clients = clientsOf(choose('poisson', { rate: load }), {
    retries: { tries, on: CAUSES, nonIdempotent: false, backOff, timeout: TIMEOUT },
  })
  const tier = tierOf('servers', serviceOf(choose('constant', { value: SECOND / capacity })))
  const what = { tier: 0, replica: 0, amount: 0 }
  const faults: readonly Fault[] = isTriggered
    ? [
        { ...what, at: FROM, kind: 'hang' },
        { ...what, at: FROM + STANDS_STILL, kind: 'recover' },
      ]
    : []
  let ended = 0
  let good = 0
  const probe: Probe = {
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const code = int[(row << 3) + CODE]!
        if ((code & 255) !== SETTLED || num[row << 2]! - num[(row << 2) + VALUE]! < SETTLED_BY) continue
        ended++
        if (code >> 8 === OK) good++
      }
    },
  }
  simulate({ ...scenarioOf(clients, [tier]), duration: SETTLED_BY + LOOKED_AT, faults }, { probes: [probe] })
  return ended === 0 ? 0 : good / ended
}
