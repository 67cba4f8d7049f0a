/**
 * Rows about servers without a queue whose clients come again after a long pause. Pauses here are spread evenly
 * from nothing to twice their mean: what counts is that they are long, so that retries look like new arrivals.
 */

import { CAUSES } from '../../../policies/resilience/conditions.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { batchInterval } from '../batch-interval.ts'
import { choose, clientsOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { cannotRun, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { planned, positive, refuseEndless, wholeNumber } from '../planned.ts'
import { BATCHES } from '../sample.ts'
import { Unfit } from '../unfit.ts'
import { perSecond, UNIT } from '../units.ts'
import { type Watched, watch } from './watch.ts'

export const readRetriedLoss: Reader = (row) =>
  row.model === 'loss system with retries, fixed point' ? planned(row, experiment) : undefined

/** So many pauses pass before anything is measured. */
const WARM_UP = 20

type Figure = (seen: Watched, from: number, to: number) => number

const figures: Readonly<Record<string, Figure>> = {
  rejected_fraction_per_attempt: ({ calls, succeeded }, from, to) =>
    1 - sum(succeeded, from, to) / sum(calls, from, to),
  attempts_per_request: ({ calls }, from, to) => sum(calls, from, to) / (to - from),
}

function experiment(g: Given): Experiment {
  const rate = positive(g, 'arrival_rate')
  const mean = positive(g, 'service_mean')
  const pause = mean * pauseOf(g)
  const service = serviceOf(choose('exponential', { mean: mean * UNIT }), {
    concurrency: wholeNumber(g, 'servers'),
    queue: wholeNumber(g, 'queue_limit', { min: 0 }),
  })
  const tries = 1 + wholeNumber(g, 'max_retries', { min: 0, max: 100 })
  const most = 2 * pause * UNIT
  const backOff = { jitter: 'full', base: most, max: most, factor: 1 }
  const clients = clientsOf(choose('poisson', { rate: perSecond(rate) }), {
    retries: { tries, on: CAUSES, nonIdempotent: false, backOff },
  })
  refuseEndless(2 * WARM_UP * pause * rate)
  const scenario = scenarioOf(clients, [tierOf('servers', service)])
  return {
    key: `retried loss ${JSON.stringify(scenario)}`,
    cost: 2,
    least: 200_000,
    run: (rows, n, seed) => {
      const around = Math.ceil(WARM_UP * pause * rate)
      const each = Math.ceil(n / BATCHES)
      const seen = run(scenario, each * BATCHES + 2 * around, seed)
      return rows.map(({ quantity }) => {
        const figure = Object.hasOwn(figures, quantity) ? figures[quantity]! : undefined
        if (figure === undefined) return cannotRun(`unknown quantity "${quantity}"`)
        const over = (from: number, to: number) => figure(seen, around + from * each, around + to * each)
        const value = over(0, BATCHES)
        const { error, halfWidth } = batchInterval((batch) => over(batch, batch + 1))
        return { value, n: each * BATCHES, error, low: value - halfWidth, high: value + halfWidth }
      })
    },
  }
}

/** The requests that come after those that are measured keep the load up. */
function run(scenario: Scenario, requests: number, seed: string): Watched {
  const seen = watch(requests, 0)
  simulate({ ...scenario, seed }, { requests, drain: true, probes: [seen] })
  return seen
}

/** In service times. */
function pauseOf(g: Given): number {
  const words = g.text('retry_pause') ?? ''
  const mean = /^exponential, mean (\d+) service times\b/.exec(words)?.[1]
  if (mean === undefined || Number(mean) < 50)
    throw new Unfit(`retry_pause "${words}" is not known, or short`)
  return Number(mean)
}

function sum(of: Float64Array, from: number, to: number): number {
  return of.subarray(from, to).reduce((a, b) => a + b, 0)
}
