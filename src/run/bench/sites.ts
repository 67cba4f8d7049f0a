/** Speed on whole sites, where much more is going on than queueing: the layered one, and a large fleet under watch. */

import layered from '../../../scenarios/layered.yaml?raw'
import { SECOND } from '../../base/time.ts'
import { parse } from '../../scenario/index.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { simulate } from '../simulate.ts'
import type { Clock } from './measure.ts'

/** 1,000 replicas, 4 balancers in front, a check of each by each every 2 s, outliers ejected. */
const FLEET = `
format: evenkeel/1
name: A fleet under watch
seed: 1
duration: 1m
clients:
  users: { rate: 20000/s, addresses: 10000 }
tiers:
  web:
    balancing: two-choices
    balancers: 4
    replicas: 1000
    service: { demand: { exponential: { mean: 40ms } }, concurrency: 4 }
    health:
      active: { interval: 2s, timeout: 1s, fall: 3, rise: 2 }
      outliers: { interval: 10s }
`

export interface SiteSpeed {
  readonly name: string
  /** Of clients. */
  readonly requests: number
  readonly requestsPerSecond: number
}

/** Requests after which the just-in-time compiler has settled: before, a site of many parts costs up to twice as much. */
const WARM_UP = 600_000

/**
 * The best of `rounds`, after a warm-up of at least one and 600,000 requests.
 * @param seconds how long the sites run, in simulated time
 */
export function siteSpeeds(seconds: number, rounds: number, clock: Clock): readonly SiteSpeed[] {
  const sites = [
    ['layered', layered],
    ['fleet', FLEET],
  ] as const
  return sites.map(([name, text]) => {
    const scenario: Scenario = { ...read(name, text), duration: seconds * SECOND }
    let best = Infinity
    let requests = 0
    for (let warm = 0; warm < WARM_UP; warm += Math.max(1, requests))
      requests = simulate(scenario).simulated.requests
    for (let round = 0; round < rounds; round++) {
      const began = clock()
      requests = simulate(scenario).simulated.requests
      best = Math.min(best, clock() - began)
    }
    return { name, requests, requestsPerSecond: requests / (best / 1e3) }
  })
}

function read(name: string, text: string): Scenario {
  const { scenario, problems } = parse(text, `${name}.yaml`)
  if (!scenario) throw new Error(`the site "${name}" does not parse: ${problems[0]?.message}`)
  return scenario
}
