/**
 * Textbook queues whose sojourn times are known: what a run of exactly such a system must come near to.
 * Rates are per unit of time, times in that unit.
 *
 * Sources: Kleinrock, "Queueing Systems" 1 (1975); Harchol-Balter, "Performance Modeling and Design of
 * Computer Systems" (2013), chapters 13, 14, 23 and 30.
 */

import { exp } from '../../base/maths.ts'

/** The probability that an arrival must wait in M/M/c (Erlang C). @param load arrivals over the rate of one server */
export function erlangC(servers: number, load: number): number {
  if (load >= servers) return 1
  // Erlang B by its recursion, which does not overflow.
  let blocked = 1
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked)
  return (servers * blocked) / (servers - load * (1 - blocked))
}

/** The mean sojourn in M/M/c; Infinity where it has none. @param service a server's rate */
export function meanOfMmc(arrivals: number, service: number, servers: number): number {
  const spare = servers * service - arrivals
  return spare > 0 ? erlangC(servers, arrivals / service) / spare + 1 / service : Number.POSITIVE_INFINITY
}

/** The probability of a sojourn longer than `time` in M/M/c, first come, first served; 1 where it has no end. */
export function tailOfMmc(arrivals: number, service: number, servers: number, time: number): number {
  if (time <= 0) return 1
  const spare = servers * service - arrivals
  if (!(spare > 0)) return 1
  const waits = erlangC(servers, arrivals / service)
  const served = exp(-service * time)
  // A wait of rate `spare`, then a service: the sum of two exponentials.
  const isEqual = Math.abs(spare - service) < 1e-9 * service
  const both = isEqual
    ? (1 + service * time) * served
    : (spare * served - service * exp(-spare * time)) / (spare - service)
  return Math.min(1, Math.max(0, (1 - waits) * served + waits * both))
}

/** The mean sojourn in M/G/1, first come, first served (Pollaczek and Khinchine). @param mean of the service */
export function meanOfMg1(arrivals: number, mean: number, variance: number): number {
  const load = arrivals * mean
  if (load >= 1) return Number.POSITIVE_INFINITY
  return mean + (arrivals * (variance + mean * mean)) / (2 * (1 - load))
}

/** The mean sojourn in M/G/1 under processor sharing, whatever the service's distribution. */
export function meanOfMg1Ps(arrivals: number, mean: number): number {
  const load = arrivals * mean
  return load < 1 ? mean / (1 - load) : Number.POSITIVE_INFINITY
}
