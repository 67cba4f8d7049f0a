/** Rows about replicas that fail and are repaired, each on its own or one after the other: how long enough of them are up. */

import { LONGEST, SECOND } from '../../../base/time.ts'
import { meanOf } from '../../../policies/distributions/index.ts'
import type { Chosen } from '../../../policies/policy.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { batchInterval } from '../batch-interval.ts'
import { choose, clientsOf, replicasOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { distributionFrom } from '../distributions.ts'
import { cannotRun, type Experiment, isCannotRun, type Reader } from '../experiment.ts'
import { type Given, given } from '../given.ts'
import { BATCHES } from '../sample.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { UNIT } from '../units.ts'
import type { Measured } from '../verdict.ts'
import { type Outages, outages } from './outages.ts'

interface Plan {
  readonly replicas: number
  readonly needed: number
  readonly upTime: Chosen
  readonly downTime: Chosen
  readonly crews?: number
}

/** So many repair times pass before anything is measured: all replicas are up at the start. */
const WARM_UP = 20

type Figure = (seen: Outages, length: number, from: number, to: number) => number

const figures: Readonly<Record<string, Figure>> = {
  fraction_of_time_enough_replicas_are_up: (seen, _, from, to) => seen.availability(from, to),
  availability: (seen, _, from, to) => seen.availability(from, to),
  outages_per_unit_time: (seen, length, from, to) => (seen.count(from, to) * UNIT) / ((to - from) * length),
  mean_outage_duration: (seen, _, from, to) => seen.downTime(from, to) / seen.count(from, to) / UNIT,
}

export const readUptime: Reader = (row) => {
  const isReplicated = row.parameters.mttf !== undefined && row.parameters.mttr !== undefined
  const isRenewal = /\brenewal\b/.test(row.model) && 'up' in row.parameters && 'down' in row.parameters
  if (!isReplicated && !isRenewal) return undefined
  if (!Object.hasOwn(figures, row.quantity)) return cannotRun(`unknown quantity "${row.quantity}"`)
  const plan = unlessUnfit(() => {
    const g = given(row.parameters)
    const made = isReplicated ? replicated(g) : renewal(g)
    if (!(meanOf(made.upTime) > 0 && meanOf(made.downTime) > 0)) throw new Unfit('times must be above 0')
    g.done()
    return made
  })
  return isCannotRun(plan) ? plan : experiment(plan)
}

function replicated(g: Given): Plan {
  const repairs = g.text('repairs') ?? 'independent'
  if (repairs !== 'independent' && repairs !== 'one at a time') {
    throw new Unfit(`repairs "${repairs}" are not known`)
  }
  const form = g.text('distributions') ?? 'exponential'
  const times = (key: string) => distributionFrom(form, UNIT, g.number(key))
  const replicas = g.number('replicas') ?? 1
  const needed = g.number('needed') ?? 1
  if (!Number.isInteger(replicas) || !Number.isInteger(needed) || needed < 1 || replicas < needed) {
    throw new Unfit('"replicas" and "needed" must be whole numbers that fit together')
  }
  const crews = repairs === 'independent' ? {} : { crews: 1 }
  return { replicas, needed, upTime: times('mttf'), downTime: times('mttr'), ...crews }
}

function renewal(g: Given): Plan {
  return { replicas: 1, needed: 1, upTime: inWords(g.text('up')), downTime: inWords(g.text('down')) }
}

/** "weibull, mean 100": any shape will do, as only the means count. */
function inWords(words: string | undefined): Chosen {
  const match = /^(\w+), mean (\d+(?:\.\d+)?)$/.exec(words ?? '')
  if (!match) throw new Unfit(`"${words}" is not a distribution with a mean`)
  const [, dist, mean] = match
  return distributionFrom({ dist, mean: Number(mean), shape: 2, cv: 1, k: 2 }, UNIT)
}

/** An observation is the mean time of a repair. */
function experiment(plan: Plan): Experiment {
  const unit = meanOf(plan.downTime)
  return {
    key: `uptime ${JSON.stringify(plan)}`,
    cost: plan.replicas,
    least: 20_000,
    run(rows, n, seed) {
      const length = Math.ceil(n / BATCHES) * unit
      const start = WARM_UP * unit
      const duration = Math.ceil(start + BATCHES * length)
      if (!(duration < LONGEST)) return rows.map(() => cannotRun('it takes longer than 104 days'))
      const seen = outages(plan.replicas, plan.needed, { start, length, batches: BATCHES })
      simulate(scenario(plan, duration, seed), { probes: [seen] })
      return rows.map(({ quantity }) => measure(figures[quantity]!, seen, length, n))
    },
  }
}

function measure(figure: Figure, seen: Outages, length: number, n: number): Measured {
  const value = figure(seen, length, 0, BATCHES)
  const { error, halfWidth } = batchInterval((batch) => figure(seen, length, batch, batch + 1))
  return { value, n, error, low: value - halfWidth, high: value + halfWidth }
}

/** Hardly any requests: what is asked for is the replicas' own. */
function scenario({ replicas, needed: _, ...failures }: Plan, duration: number, seed: string): Scenario {
  const clients = clientsOf(choose('constant', { rate: SECOND / duration }))
  const tier = tierOf('replicas', serviceOf(choose('constant', { value: 1 })), {
    replicas: replicasOf('replicas', replicas),
    failures: { ...failures, as: 'crash' },
  })
  return { ...scenarioOf(clients, [tier]), duration, seed }
}
