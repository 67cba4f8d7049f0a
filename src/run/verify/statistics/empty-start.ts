/** Rows about how long the n-th request waits when an M/M/1 queue starts empty, over many seeds. */

import { kindOf, SUBJECT } from '../../../base/fact-rows.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { ARRIVED, STARTED } from '../../../model/facts.ts'
import { simulate } from '../../simulate.ts'
import type { Setting } from '../cluster-experiment.ts'
import { cannotRun, type Experiment, type Reader } from '../experiment.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { UNIT } from '../units.ts'
import { makeDraws, mean, measureDraws } from './draws.ts'
import { mm1From } from './mm1.ts'

/** What starting a run costs, in requests. */
const START = 200
const MOST_REQUESTS = 100_000

export const readEmptyStart: Reader = (row) => {
  if (row.model !== 'M/M/1 started empty') return undefined
  if (row.quantity !== 'mean_wait_of_the_nth_request_over_seeds') {
    return cannotRun(`unknown quantity "${row.quantity}"`)
  }
  return unlessUnfit(() => {
    const { request_number, first_request_is } = row.parameters
    const serial = Number(request_number) - Number(first_request_is ?? 1)
    if (!Number.isInteger(serial) || serial < 0 || serial > MOST_REQUESTS) {
      throw new Unfit(`request number ${String(request_number)}`)
    }
    return experiment(mm1From(row.parameters), serial)
  })
}

function experiment({ scenario }: Setting, serial: number): Experiment {
  return {
    key: `empty start ${serial} ${JSON.stringify(scenario)}`,
    cost: serial + START,
    least: 1000,
    run(rows, n, seed) {
      let run = 0
      const waits = makeDraws(n, () => {
        let arrived = 0
        let wait = 0
        const probe: Probe = {
          consume(rows, count) {
            for (let row = 0; row < count; row++) {
              if (rows.num[4 * row + SUBJECT] !== serial) continue
              if (kindOf(rows, row) === ARRIVED) arrived = rows.num[4 * row]!
              else if (kindOf(rows, row) === STARTED) wait = rows.num[4 * row]! - arrived
            }
          },
        }
        const options = { requests: serial + 1, drain: true, probes: [probe] }
        simulate({ ...scenario, seed: `${seed}-${run++}` }, options)
        return wait / UNIT
      })
      return rows.map(() => measureDraws(waits, mean))
    },
  }
}
