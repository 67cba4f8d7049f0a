/**
 * Single stations, stations in series and closed loops, built from what a row says about them: arrivals,
 * service, servers, limits, discipline, impatience, set-up, breakdowns.
 *
 * Nothing is looked up by the name of a model but what its timeouts do; so a row with other parameters, or a
 * model of another name made of the same parts, runs as well.
 */

import { meanOf } from '../../policies/distributions/index.ts'
import type { Chosen } from '../../policies/policy.ts'
import {
  type ClientPopulation,
  type Discipline,
  type Service,
  type Tier,
  UNLIMITED,
} from '../../scenario/scenario.ts'
import { type Coming, comingFrom } from './arrivals.ts'
import { clientsOf, scenarioOf, serviceOf, tierOf } from './cluster.ts'
import type { Setting } from './cluster-experiment.ts'
import { distributionFrom } from './distributions.ts'
import type { Given } from './given.ts'
import { Unfit } from './unfit.ts'
import { UNIT } from './units.ts'
import { closedWarmUp, openWarmUp } from './warm-up.ts'

/** @throws Unfit when a part of it is not understood */
export function stationFrom(model: string, g: Given): Setting {
  const demands = demandsFrom(g)
  const servers = serversFrom(g)
  const slowest = Math.max(...demands.map(meanOf)) / UNIT
  const coming = comingFrom(g, servers === UNLIMITED ? Infinity : servers / slowest)
  const parts = partsFrom(model, g, servers)
  const failures = failuresFrom(g)
  const tiers = demands.map((demand, i) => tierOf(`station-${i + 1}`, serviceOf(demand, parts), failures))
  const clients = clientsOf(coming.arrivals, impatience(model, g))
  g.skip('rho', 'offered_load_per_server', 'offered_erlangs', 'service_moments', 'arrivals', 'loop', 'rule')
  return { scenario: scenarioOf(clients, tiers), warmUp: warmUpOf(coming, servers, slowest) }
}

function demandsFrom(g: Given): readonly Chosen[] {
  if (g.has('stations_in_series')) {
    const list = g.raw('stations_in_series')
    if (!Array.isArray(list) || list.length === 0) throw new Unfit('"stations_in_series" must be a list')
    return list.map((form) => distributionFrom(form, UNIT))
  }
  const mean = g.number('service_mean')
  const service =
    g.times('service', mean) ?? (mean === undefined ? undefined : distributionFrom('exponential', UNIT, mean))
  if (!service) throw new Unfit('it says no service time')
  return [service]
}

function serversFrom(g: Given): number {
  const key = g.has('servers_each') ? 'servers_each' : 'servers'
  if (/^(unlimited|infinit)/.test(g.text(key) ?? '')) return UNLIMITED
  const servers = g.number(key) ?? 1
  if (!Number.isInteger(servers) || servers < 1) throw new Unfit(`"${key}" must be a whole number from 1 on`)
  return servers
}

function partsFrom(model: string, g: Given, servers: number): Partial<Service> {
  const setUp = g.times('setup')
  const patience = g.times('patience') ?? g.times('queue_timeout')
  return {
    concurrency: servers,
    queue: queueFrom(g, servers),
    discipline: disciplineFrom(g.text('discipline') ?? disciplineIn(model)),
    ...(setUp ? { setUp } : {}),
    ...(patience ? { patience } : {}),
  }
}

function queueFrom(g: Given, servers: number): number {
  const words = g.text('queue')
  if (words !== undefined && !/infinite|unlimited/.test(words))
    throw new Unfit(`queue "${words}" is not known`)
  const full = g.text('full')
  if (full !== undefined && !/reject/.test(full)) throw new Unfit(`"${full}" when full is not known`)
  const limit = g.number('queue_limit')
  const capacity = g.number('system_capacity')
  if (limit !== undefined && capacity !== undefined && capacity !== limit + servers) {
    throw new Unfit('queue_limit and system_capacity do not fit together')
  }
  if (capacity !== undefined && capacity < servers) throw new Unfit('system_capacity is below the servers')
  return limit ?? (capacity === undefined ? UNLIMITED : capacity - servers)
}

/** Many models have it in their name. */
function disciplineIn(model: string): string {
  return /\blifo\b/i.test(model) ? model : 'fifo'
}

/** Of several in one text, the first: "fifo or ps (same mean)". */
export function disciplineFrom(words: string): Discipline {
  const first = /fifo|fcfs|lifo|lcfs|processor.?sharing|\bps\b/i.exec(words)?.[0].toLowerCase()
  if (first === undefined) throw new Unfit(`discipline "${words}" is not known`)
  if (first === 'fifo' || first === 'fcfs') return 'fifo'
  if (first === 'lifo' || first === 'lcfs') {
    if (/preempt/i.test(words) && !/non-?preempt/i.test(words)) throw new Unfit('nothing preempts here')
    return 'lifo'
  }
  return 'ps'
}

/** What happens to the work of a client that gave up is said in the model's name or in the row's rule. */
function impatience(model: string, g: Given): Partial<ClientPopulation> {
  const timeout = g.times('timeout') ?? g.times('deadline')
  if (!timeout) return {}
  const words = `${model}; ${g.text('rule') ?? ''}`
  const continues = /without cancel|still finish|still served|keeps? working|work continues|no cancel/i.test(
    words,
  )
  const cancels = /cancel|removes? the request/i.test(words)
  if (!continues && !cancels) throw new Unfit('it does not say whether a timeout cancels the work')
  return { timeout, onTimeout: continues ? 'continue' : 'cancel' }
}

function failuresFrom(g: Given): Partial<Tier> {
  const upTime = g.times('up_time')
  const downTime = g.times('down_time')
  if (!upTime && !downTime) return {}
  if (!upTime || !downTime) throw new Unfit('breakdowns need both up_time and down_time')
  const rule = g.text('rule') ?? ''
  if (/lost|restart|from scratch|repeat/i.test(rule)) throw new Unfit('work that is lost in a breakdown')
  return { failures: { upTime, downTime, as: 'hang' } }
}

function warmUpOf({ rate, users }: Coming, servers: number, service: number): number {
  if (users !== undefined) return closedWarmUp(users)
  const offered = rate! * service
  return servers === UNLIMITED ? Math.ceil(100 * (1 + offered)) : openWarmUp(offered / servers, servers)
}
