/**
 * Rows about how uncertain the figures of an M/M/1 run are: sigma, the standard error times the square root
 * of the run's length, measured from the batch means of a long run.
 */

import { batchMeansOf } from '../../../measure/batch-means.ts'
import { momentsOf, variance } from '../../../measure/moments.ts'
import { studentQuantile } from '../../../measure/student-t.ts'
import { runSample, type Setting } from '../cluster-experiment.ts'
import { cannotRun, type Experiment, type Reader } from '../experiment.ts'
import type { Row } from '../row.ts'
import type { Sample } from '../sample.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { UNIT } from '../units.ts'
import type { Measured } from '../verdict.ts'
import { mm1From } from './mm1.ts'

/** So many that the variance of their means is known to 7 %. */
const MANY = 400

export const readPlanning: Reader = (row) => {
  if (!/^run-length planning, M\/M\/1/.test(row.model)) return undefined
  if (!Object.hasOwn(figures, row.quantity)) return cannotRun(`unknown quantity "${row.quantity}"`)
  return unlessUnfit(() => experiment(mm1From(row.parameters)))
}

/** The figure, and how many times its relative error is that of a standard deviation. */
type Figure = (sample: Sample, row: Row) => { value: number; power: number }

const figures: Readonly<Record<string, Figure>> = {
  sigma_per_sqrt_n_of_the_mean_wait: (sample) => ({ value: sigmaOfWait(sample), power: 1 }),
  sigma_per_sqrt_time_of_the_time_average_number: (sample) => ({ value: sigmaOfNumber(sample), power: 1 }),
  requests_needed_for_mean_wait(sample, { parameters }) {
    const { relative_half_width, confidence } = parameters
    const wait = meanOf(sample.wait) / UNIT
    const normal = studentQuantile((1 + Number(confidence)) / 2, 1e9)
    const root = (normal * sigmaOfWait(sample)) / (Number(relative_half_width) * wait)
    if (!(root > 0)) throw new Unfit('"relative_half_width" and "confidence" must be numbers')
    return { value: root * root, power: 2 }
  },
}

function experiment(setting: Setting): Experiment {
  return {
    key: `planning ${JSON.stringify(setting.scenario)}`,
    cost: 1,
    // Batches must be long against the time in which the queue forgets.
    least: 20_000 * MANY,
    run(rows, n, seed) {
      const sample = runSample(setting, rows, n, seed, { times: true })
      return rows.map((asked): Measured => {
        const { value, power } = figures[asked.quantity]!(sample, asked)
        const error = (power * value) / Math.sqrt(2 * (MANY - 1))
        return { value, n: sample.n, error, low: value - 2 * error, high: value + 2 * error }
      })
    },
  }
}

function sigmaOfWait({ wait, n }: Sample): number {
  const means = batchMeansOf(wait, MANY).map((mean) => mean / UNIT)
  return Math.sqrt(variance(momentsOf(means)) * Math.floor(n / MANY))
}

/** From equal stretches of time. A request is in the system from its arrival for as long as its sojourn. */
function sigmaOfNumber({ arrived, sojourn, n }: Sample): number {
  const begin = arrived[0]!
  const stretch = (arrived[n - 1]! - begin) / MANY
  const areas = new Float64Array(MANY)
  for (let i = 0; i < n; i++) {
    let from = arrived[i]! - begin
    const to = from + sojourn[i]!
    for (let k = Math.floor(from / stretch); k < MANY && from < to; k++) {
      const until = Math.min(to, (k + 1) * stretch)
      areas[k]! += until - from
      from = until
    }
  }
  const averages = Array.from(areas.subarray(1), (area) => area / stretch)
  return Math.sqrt((variance(momentsOf(averages)) * stretch) / UNIT)
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length
}
