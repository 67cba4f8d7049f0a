/** Rows about a balancer in front of several servers, each with a queue of its own. */

import { meanOf } from '../../policies/distributions/index.ts'
import type { Refresh } from '../../policies/upstream/settings.ts'
import { comingFrom } from './arrivals.ts'
import { clientsOf, replicasOf, scenarioOf, serviceOf, tierOf } from './cluster.ts'
import { clusterExperiment, isFigure, type Setting } from './cluster-experiment.ts'
import { distributionFrom } from './distributions.ts'
import { cannotRun, isCannotRun, type Reader } from './experiment.ts'
import { type Given, given } from './given.ts'
import type { Parameters } from './row.ts'
import { disciplineFrom } from './station.ts'
import { isStrategy, strategyFrom } from './strategies.ts'
import { Unfit, unlessUnfit } from './unfit.ts'
import { UNIT } from './units.ts'
import { openWarmUp } from './warm-up.ts'

/** So many servers stand for infinitely many. */
const MANY = 4000
const MOST_SERVERS = 10_000
const ANY_LOAD = 0.9
/** A balancer that looks at load makes the servers one system, which forgets faster than each alone would. */
const MOST_WARM_UP = 2_000_000

export const readBalancing: Reader = (row) => {
  const { servers, n_servers, service_rates } = row.parameters
  const policy = row.parameters.policy ?? (isStrategy(row.model) ? row.model : undefined)
  if (typeof policy !== 'string') return undefined
  if (servers === undefined && n_servers === undefined && service_rates === undefined) return undefined
  if (!isFigure(row.quantity)) return cannotRun(`unknown quantity "${row.quantity}"`)
  const setting = unlessUnfit(() => {
    const parameters = given(concrete(row.parameters))
    const made = poolFrom(policy, parameters)
    parameters.done()
    return made
  })
  return isCannotRun(setting) ? setting : clusterExperiment(setting)
}

/** A row that holds for any load and any service is looked at with one of each. */
function concrete(parameters: Parameters): Parameters {
  const { rho, service } = parameters
  const isAny = typeof service === 'object' && service !== null && 'dist' in service && service.dist === 'any'
  return {
    ...parameters,
    ...(/^any\b/.test(String(rho)) ? { rho: ANY_LOAD } : {}),
    ...(isAny ? { service: { ...service, dist: 'exponential' } } : {}),
  }
}

/** @throws Unfit */
export function poolFrom(policy: string, g: Given): Setting {
  const d = g.number('d')
  const rates = ratesFrom(g, d)
  const weights = numbers(g, 'weights') ?? (/\/rate/.test(policy) ? rates : rates.map(() => 1))
  if (weights.length !== rates.length) throw new Unfit('there must be as many weights as servers')
  const isEven = new Set([...rates, ...weights.map((w) => w / weights[0]! - 1 + rates[0]!)]).size === 1
  const form = g.raw('service')
  const demand = distributionFrom(
    form ?? 'exponential',
    UNIT,
    typeof form === 'string' || form === undefined ? 1 : undefined,
  )
  const capacity = rates.reduce((sum, rate) => sum + rate, 0) / (meanOf(demand) / UNIT)
  const { arrivals, rate } = comingFrom(g, capacity)
  if (rate === undefined) throw new Unfit('a closed loop in front of a balancer')
  const service = serviceOf(demand, { discipline: disciplineFrom(g.text('discipline') ?? 'fifo') })
  const refresh = refreshFrom(g)
  const isStale = refresh !== undefined
  const tier = tierOf('servers', service, {
    strategy: strategyFrom(policy, { servers: rates.length, isEven, isStale }),
    ...(refresh ? { structure: { refresh } } : {}),
    replicas: replicasOf('servers', rates.length, (i) => ({ speed: rates[i]!, weight: weights[i]! })),
  })
  g.skip('policy', 'ties', 'queue_length_counts', 'rho', 'arrivals')
  return {
    scenario: scenarioOf(clientsOf(arrivals), [tier]),
    warmUp: Math.min(MOST_WARM_UP, openWarmUp(rate / capacity, rates.length)),
  }
}

/** How old the counts are that the balancer goes by. */
function refreshFrom(g: Given): Refresh | undefined {
  const interval = g.number('update_interval')
  if (interval === undefined) return undefined
  if (!(interval > 0)) throw new Unfit('"update_interval" must be above 0')
  const words = g.text('staleness')
  if (words !== undefined && (!/published together|bulletin/.test(words) || !/no local/.test(words))) {
    throw new Unfit(`staleness "${words}" is not known`)
  }
  return { every: interval * UNIT, of: 'replicas' }
}

/** How fast each server is. One of infinitely many that each get an even share at random is one on its own. */
function ratesFrom(g: Given, d: number | undefined): readonly number[] {
  const rates = numbers(g, 'service_rates')
  if (rates) return rates
  const isLimit = /infinit/.test(g.text('n_servers') ?? '')
  const count = isLimit ? (d === 1 ? 1 : MANY) : (g.number('servers') ?? g.number('n_servers') ?? 0)
  if (!Number.isInteger(count) || count < 1 || count > MOST_SERVERS) {
    throw new Unfit(`servers must be a whole number from 1 to ${MOST_SERVERS}`)
  }
  return Array.from({ length: count }, () => 1)
}

function numbers(g: Given, key: string): readonly number[] | undefined {
  const list = g.raw(key)
  if (list === undefined) return undefined
  const isFine = Array.isArray(list) && list.length > 0 && list.every((x) => typeof x === 'number' && x > 0)
  if (!isFine) throw new Unfit(`"${key}" must be a list of numbers above 0`)
  return list
}
