/** Rows about a request that is sent to many servers at once, and waits for all of them or for some. */

import type { Chosen } from '../../../policies/policy.ts'
import { type Scenario, UNLIMITED } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { distributionFrom } from '../distributions.ts'
import { type CannotRun, cannotRun, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { planned, share, wholeNumber } from '../planned.ts'
import { Unfit } from '../unfit.ts'
import { perSecond, UNIT } from '../units.ts'
import type { Measured } from '../verdict.ts'
import { meanOf, quantileOf, type Watched, watch } from './watch.ts'

export const readFanOut: Reader = (row) =>
  /^fan-out\b/.test(row.model) ? planned(row, experiment) : undefined

/** Where only the share of slow answers is said: how long the others take, and the slow ones. */
const FAST = UNIT
const SLOW = 10 * UNIT

/** An observation is a request; it costs a call to every server. */
function experiment(g: Given): Experiment {
  const calls = wholeNumber(g, 'fan_out')
  const needed = g.has('quorum') ? wholeNumber(g, 'quorum', { max: calls }) : calls
  const slow = g.has('slow_probability_per_server') ? share(g, 'slow_probability_per_server') : undefined
  const latency = slow === undefined ? g.times('latency') : twoPoints(slow)
  if (latency === undefined) throw new Unfit('"latency" must be there')
  if (g.has('servers') && g.text('servers') !== 'independent, no queueing')
    throw new Unfit('servers that queue')
  const scenario = scenarioFor(calls, needed, latency)
  return {
    key: `fan-out ${JSON.stringify(scenario)}`,
    cost: calls,
    least: 1000,
    run(rows, n, seed) {
      const seen = watch(n, 0)
      simulate({ ...scenario, seed }, { requests: n, drain: true, probes: [seen] })
      return rows.map(({ quantity }) => measure(quantity, seen))
    },
  }
}

function scenarioFor(calls: number, needed: number, latency: Chosen): Scenario {
  const hedge = { delay: 0, quantile: 0.95, copies: calls - 1, needed, cancels: false, fresh: true }
  const clients = clientsOf(choose('poisson', { rate: perSecond(0.1) }), calls > 1 ? { hedge } : {})
  return scenarioOf(clients, [tierOf('servers', serviceOf(latency, { concurrency: UNLIMITED }))])
}

function twoPoints(slow: number): Chosen {
  return distributionFrom({ dist: 'two_point', p1: slow, v1: SLOW, v2: FAST }, 1)
}

function measure(quantity: string, { latency }: Watched): Measured | CannotRun {
  const quantile = /^p(\d{2,5})_latency$/.exec(quantity)?.[1]
  if (quantile !== undefined) return quantileOf(latency, Number(`0.${quantile}`))
  if (quantity === 'mean_latency') return meanOf(latency, UNIT)
  if (quantity === 'fraction_of_requests_that_are_slow') {
    return meanOf(latency.map((took) => (took >= SLOW ? 1 : 0)))
  }
  return cannotRun(`unknown quantity "${quantity}"`)
}
