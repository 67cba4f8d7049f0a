/** Rows about tries: how many calls retries make of a request, layer upon layer; budgets; copies of late requests. */

import { CAUSES } from '../../../policies/resilience/conditions.ts'
import type { BalancerRetries, ClientRetries } from '../../../scenario/resilience.ts'
import { type ClientPopulation, type Scenario, type Tier, UNLIMITED } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { type CannotRun, cannotRun, type Experiment, isCannotRun, type Reader } from '../experiment.ts'
import { type Given, given } from '../given.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { perSecond, UNIT } from '../units.ts'
import type { Measured } from '../verdict.ts'
import { meanOf, quantileOf, type Watched, watch } from './watch.ts'

interface Plan {
  readonly scenario: Scenario
  /** The node whose calls are counted. */
  readonly bottom: number
  /** Further tries that a budget grants before any request has earned one. */
  readonly reserve: number
}

const models: Readonly<Record<string, (g: Given) => Plan>> = {
  'retry amplification': amplification,
  'retry amplification through layers': layers,
  'retry budget': budget,
  'hedged requests': copies,
}

export const readTries: Reader = (row) => {
  const make = Object.hasOwn(models, row.model) ? models[row.model] : undefined
  if (make === undefined) return undefined
  const plan = unlessUnfit(() => {
    const g = given(row.parameters)
    const made = make(g)
    g.done()
    return made
  })
  return isCannotRun(plan) ? plan : experiment(plan)
}

function experiment({ scenario, bottom, reserve }: Plan): Experiment {
  return {
    key: `tries ${JSON.stringify(scenario)}`,
    cost: 2,
    least: 10_000,
    run(rows, n, seed) {
      const seen = watch(n, bottom)
      simulate({ ...scenario, seed }, { requests: n, drain: true, probes: [seen] })
      return rows.map(({ quantity }) => measure(quantity, seen, reserve))
    },
  }
}

function measure(
  quantity: string,
  { calls, succeeded, latency }: Watched,
  reserve: number,
): Measured | CannotRun {
  const quantile = /^p(\d{2,5})_latency$/.exec(quantity)?.[1]
  if (quantile !== undefined) return quantileOf(latency, Number(`0.${quantile}`))
  switch (quantity) {
    case 'attempts_per_request':
    case 'attempts_at_the_bottom_per_user_request':
      return meanOf(calls)
    case 'request_success_fraction':
      return meanOf(succeeded)
    case 'mean_latency':
      return meanOf(latency, UNIT)
    case 'extra_requests_fraction':
      return meanOf(calls.map((count) => count - 1))
    case 'max_attempts_per_request': {
      const { value, n, error, low, high } = meanOf(calls)
      const before = reserve / n
      return { value: Number(value) - before, n, error, low: low - before, high: high - before }
    }
  }
  return cannotRun(`unknown quantity "${quantity}"`)
}

function amplification(g: Given): Plan {
  const share = g.number('failure_probability_per_attempt') ?? NaN
  const tries = 1 + whole(g, 'max_retries')
  if (!(share <= 1)) throw new Unfit('failure_probability_per_attempt must be at most 1')
  if (g.text('attempts') !== 'independent, no budget') throw new Unfit('only independent attempts are known')
  return plan({ retries: clientRetries(tries) }, [tierOf('servers', quick())], share)
}

function layers(g: Given): Plan {
  const count = whole(g, 'layers_that_retry')
  const tries = 1 + whole(g, 'max_retries_each')
  if (g.text('bottom') !== 'always fails') throw new Unfit('the bottom must always fail')
  // The first layer is the client; the others are tiers that send on.
  const tiers = Array.from({ length: count }, (_, i) =>
    tierOf(`layer-${i + 1}`, quick(), i === 0 ? {} : { retries: balancerRetries(tries) }),
  )
  return plan({ retries: clientRetries(tries) }, tiers, 1)
}

function budget(g: Given): Plan {
  const share = g.number('retry_budget_ratio') ?? NaN
  if (!(share > 0 && share <= 10)) throw new Unfit('retry_budget_ratio must be above 0')
  if (g.text('bottom') !== 'always fails') throw new Unfit('the bottom must always fail')
  const reserve = 10
  const limit = choose('ratio', { share, reserve })
  const made = plan({ retries: { ...clientRetries(5), budget: limit } }, [tierOf('servers', quick())], 1)
  return { ...made, reserve }
}

function copies(g: Given): Plan {
  const demand = g.times('latency')
  const delay = g.number('hedge_delay')
  const most = whole(g, 'max_hedges')
  const servers = g.text('servers') ?? ''
  const winner = g.text('winner')
  g.skip('hedge_delay_is')
  if (demand === undefined || delay === undefined) throw new Unfit('latency and hedge_delay must be there')
  if (!/unlimited, independent/.test(servers) || winner !== 'first response') {
    throw new Unfit('servers must be unlimited and independent, and the first response must win')
  }
  const hedge = { delay: Math.round(delay * UNIT), quantile: 0.95, copies: most, cancels: false, fresh: true }
  return plan({ hedge }, [tierOf('servers', serviceOf(demand, { concurrency: UNLIMITED }))], 0)
}

/** @param share of calls at the last tier that fail */
function plan(habits: Partial<ClientPopulation>, tiers: readonly Tier[], share: number): Plan {
  const clients = clientsOf(choose('poisson', { rate: perSecond(1) }), habits)
  const last = tiers.length - 1
  const fault = { at: 0, kind: 'errors', tier: last, replica: 0, amount: share } as const
  return {
    scenario: { ...scenarioOf(clients, tiers), faults: share > 0 ? [fault] : [] },
    bottom: last,
    reserve: 0,
  }
}

function clientRetries(tries: number): ClientRetries {
  const backOff = { jitter: 'none', base: 0, max: 0, factor: 1 }
  return { tries, on: CAUSES, backOff, nonIdempotent: false }
}

function balancerRetries(tries: number): BalancerRetries {
  const plain = { nonIdempotent: false, redispatch: 0, pause: 0, onTimeout: 'continue' } as const
  return { rule: 'standard', tries, on: CAUSES, ...plain }
}

function quick() {
  return serviceOf(choose('constant', { value: 1 }), { concurrency: UNLIMITED })
}

function whole(g: Given, key: string): number {
  const value = g.number(key)
  if (value === undefined || !Number.isInteger(value) || value > 100) {
    throw new Unfit(`"${key}" must be a whole number up to 100`)
  }
  return value
}
