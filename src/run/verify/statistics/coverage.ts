/**
 * Rows about how often a 95 % interval from batch means of a short M/M/1 run really holds the truth: less
 * than 95 % of the time, as neighbouring batches are not independent.
 */

import { batchMeansOf } from '../../../measure/batch-means.ts'
import { intervalOf } from '../../../measure/interval.ts'
import { runSample, type Setting } from '../cluster-experiment.ts'
import { cannotRun, type Experiment, type Reader } from '../experiment.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { UNIT } from '../units.ts'
import { makeDraws, mean, measureDraws } from './draws.ts'
import { mm1From } from './mm1.ts'

interface Short {
  readonly rho: number
  readonly requests: number
  readonly batches: number
  readonly nominal: number
}

export const readCoverage: Reader = (row) => {
  if (!/^coverage of batch-means intervals, M\/M\/1 wait/.test(row.model)) return undefined
  if (!/^fraction_of_intervals_that_contain_rho\/\(1-rho\)$/.test(row.quantity)) {
    return cannotRun(`unknown quantity "${row.quantity}"`)
  }
  return unlessUnfit(() => {
    const [rho, requests, batches, nominal] = ['rho', 'requests', 'batches', 'nominal'].map((key) => {
      const value = row.parameters[key]
      if (typeof value !== 'number' || !(value > 0)) throw new Unfit(`"${key}" must be a number above 0`)
      return value
    }) as [number, number, number, number]
    return experiment(mm1From({ rho }), { rho, requests, batches, nominal })
  })
}

/** One long run is cut into short ones, with gaps between them that let the queue forget. */
function experiment(setting: Setting, { rho, requests, batches, nominal }: Short): Experiment {
  const gap = Math.ceil(10 / (1 - rho) ** 2)
  const truth = (rho / (1 - rho)) * UNIT
  return {
    key: `coverage ${rho} ${requests} ${batches} ${nominal}`,
    cost: requests + gap,
    least: 32,
    run(rows, n, seed) {
      const { wait } = runSample(setting, rows, (n + 32) * (requests + gap), seed)
      let from = 0
      const covered = makeDraws(n, () => {
        const means = batchMeansOf(wait.subarray(from, from + requests), batches)
        const interval = intervalOf(means, nominal)
        from += requests + gap
        return Math.abs(interval.mean - truth) <= interval.halfWidth ? 1 : 0
      })
      return rows.map(() => measureDraws(covered, mean))
    },
  }
}
