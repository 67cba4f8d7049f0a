/** How a row says that requests come: at a rate, by interarrival times, from closed loops, or by the load. */

import { meanOf } from '../../policies/distributions/index.ts'
import type { Chosen } from '../../policies/policy.ts'
import { choose } from './cluster.ts'
import type { Given } from './given.ts'
import { Unfit } from './unfit.ts'
import { perSecond, UNIT } from './units.ts'

export interface Coming {
  readonly arrivals: Chosen
  /** Requests per unit; undefined in a closed loop. */
  readonly rate?: number
  /** Of a closed loop. */
  readonly users?: number
}

/**
 * @param capacity requests per unit that can be served at most; Infinity without limit
 * @throws Unfit
 */
export function comingFrom(g: Given, capacity: number): Coming {
  if (g.has('clients')) return closedLoop(g)
  const interarrival = g.times('interarrival')
  if (interarrival) {
    return { arrivals: choose('renewal', { interarrival }), rate: UNIT / meanOf(interarrival) }
  }
  const rho = g.number('rho') ?? g.number('offered_load_per_server')
  const rate = g.number('arrival_rate') ?? (rho === undefined ? undefined : rho * capacity)
  if (rate === undefined || !(rate > 0 && rate < Infinity)) throw new Unfit('it says no rate of arrivals')
  if (rho !== undefined && Math.abs(rate / capacity - rho) > 0.01 * rho) {
    throw new Unfit(`rho is ${rho}, but the rate of arrivals makes it ${rate / capacity}`)
  }
  return { arrivals: process(g.text('arrivals') ?? 'poisson', rate), rate }
}

function process(words: string, rate: number): Chosen {
  if (/poisson/i.test(words)) return choose('poisson', { rate: perSecond(rate) })
  if (/deterministic|constant/i.test(words)) return choose('constant', { rate: perSecond(rate) })
  throw new Unfit(`arrivals "${words}" are not known`)
}

function closedLoop(g: Given): Coming {
  const users = g.number('clients') ?? 0
  const thinkTime = g.times('think_time')
  if (!Number.isInteger(users) || users < 1 || !thinkTime) {
    throw new Unfit('a closed loop needs a whole number of clients and a think_time')
  }
  return { arrivals: choose('closed', { users, thinkTime }), users }
}
