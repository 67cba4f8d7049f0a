/**
 * Rows about the best way to share out a stream at random among unequal servers. The search knows no formula:
 * how many requests a server holds at which load is measured, and the stream is shared out bit by bit to where
 * one more bit adds the fewest requests. Then that split is run.
 */

import { poolFrom } from './balancing.ts'
import { clusterExperiment } from './cluster-experiment.ts'
import { cannotRun, type Experiment, isCannotRun, type Reader } from './experiment.ts'
import { given } from './given.ts'
import type { Parameters, Row } from './row.ts'
import { Unfit, unlessUnfit } from './unfit.ts'
import type { Measured } from './verdict.ts'

/** The loads at which a server is watched are multiples of 1 / LOADS, but not 1. */
const LOADS = 20
/** In so many bits the stream is shared out. */
const BITS = 4000

interface Servers {
  readonly rates: readonly number[]
  readonly arrivals: number
}

export const readSplit: Reader = (row) => {
  if (!/optimal.*\bsplit\b/.test(row.model)) return undefined
  if (row.quantity !== 'mean_sojourn' && serverIn(row) === undefined) {
    return cannotRun(`unknown quantity "${row.quantity}"`)
  }
  const servers = unlessUnfit(() => serversFrom(row.parameters))
  return isCannotRun(servers) ? servers : experiment(servers)
}

/** The k of `best_share_of_server_k`. */
function serverIn({ quantity }: Row): number | undefined {
  const match = /^best_share_of_server_(\d+)$/.exec(quantity)
  return match ? Number(match[1]) : undefined
}

function serversFrom({ service_rates, arrival_rate, ...rest }: Parameters): Servers {
  const unknown = Object.keys(rest)
  if (unknown.length > 0) throw new Unfit(`parameter "${unknown.join('", "')}" is not understood`)
  const isRate = (x: unknown): x is number => typeof x === 'number' && x > 0
  if (!Array.isArray(service_rates) || !service_rates.every(isRate) || !isRate(arrival_rate)) {
    throw new Unfit('service_rates and arrival_rate must be above 0')
  }
  const capacity = service_rates.reduce((sum, rate) => sum + rate, 0)
  if (arrival_rate > 0.9 * capacity) throw new Unfit('it is looked at up to a load of 0.9')
  return { rates: service_rates, arrivals: arrival_rate }
}

function experiment(servers: Servers): Experiment {
  return {
    key: `split ${JSON.stringify(servers)}`,
    cost: 2,
    least: 200_000,
    run(rows, n, seed) {
      const shares = bestSplit(servers, marginals(Math.ceil(n / LOADS), `${seed}-loads`))
      const split = given({
        service_rates: servers.rates,
        weights: shares,
        arrival_rate: servers.arrivals,
      })
      const run = clusterExperiment(poolFrom('weighted random', split))
      return rows.map((row) => {
        const server = serverIn(row)
        if (server === undefined) return run.run([row], n, seed)[0]!
        return server < shares.length ? found(shares[server]!, n) : cannotRun('there is no such server')
      })
    },
  }
}

/** The search is about a tenth as fine as the loads that it knows. */
function found(share: number, n: number): Measured {
  const error = 0.1 / LOADS
  return { value: share, n, error, low: share - 2 * error, high: share + 2 * error }
}

/** What a little more load adds to the requests at a server, halfway between the loads it was watched at. */
function marginals(n: number, seed: string): readonly number[] {
  const held = Array.from({ length: LOADS }, (_, i) => (i === 0 ? 0 : heldAt(i / LOADS, n, seed)))
  return held.slice(1).map((more, i) => (more - held[i]!) * LOADS)
}

/** Requests at a server of that load on average. The seed is the same for all loads, so differences are sharp. */
function heldAt(rho: number, n: number, seed: string): number {
  const run = clusterExperiment(poolFrom('random', given({ servers: 1, rho })))
  const asked = { quantity: 'mean_number_in_system' } as Row
  const answer = run.run([asked], n, seed)[0]!
  if (isCannotRun(answer)) throw new Error(`no mean number at load ${rho}: ${answer.because}`)
  return answer.value as number
}

/** @returns the share of each server; a server that is worth nothing keeps one bit, as weights are above 0 */
function bestSplit({ rates, arrivals }: Servers, steps: readonly number[]): readonly number[] {
  const bits = rates.map(() => 1)
  for (let left = BITS - rates.length; left > 0; left--) {
    const costs = rates.map((rate, i) => at(steps, ((bits[i]! / BITS) * arrivals) / rate) / rate)
    bits[costs.indexOf(Math.min(...costs))]!++
  }
  return bits.map((count) => count / BITS)
}

/** In between on a straight line, which goes on beyond the ends. */
function at(steps: readonly number[], rho: number): number {
  const place = Math.max(0, Math.min(steps.length - 2, Math.floor(rho * LOADS - 0.5)))
  const part = rho * LOADS - 0.5 - place
  const value = steps[place]! + (steps[place + 1]! - steps[place]!) * part
  return rho < 1 ? value : Infinity
}
