/** Refuses what would run for ever or fill the memory: too many requests, checks, failures or views. */

import { LONGEST, SECOND } from '../../base/time.ts'
import { arrivals as processes } from '../../policies/arrivals/index.ts'
import { meanOf } from '../../policies/distributions/index.ts'
import type { Chosen } from '../../policies/policy.ts'
import type { ClientPopulation, Health, Scenario, Tier } from '../scenario.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { MOST_EVENTS, MOST_RATE, MOST_VIEWS } from './limits.ts'

/** Checks as much as is known of a scenario. */
export function checkLoad({ clients, tiers, duration }: Partial<Scenario>, tree: Tree, spot: Spot): void {
  if (clients && duration !== undefined) checkRequests(clients, duration, lookUp(tree, 'clients')!, spot)
  if (tiers) checkTiers(tiers, duration, lookUp(tree, 'tiers')!, spot)
}

function checkRequests(clients: readonly ClientPopulation[], duration: number, tree: Tree, spot: Spot): void {
  const at = within(spot, 'clients')
  let total = 0
  for (const client of clients) {
    const rate = highestRate(client)
    const place = (lookUp(tree, client.id) ?? tree).place
    if (rate <= MOST_RATE) total += rate * (duration / SECOND)
    else if (client.arrivals.policy === 'closed' && !Number.isFinite(rate)) {
      const message = `"${client.id}" may send without end in no time; think time or network latency must be above 0`
      complain(within(at, client.id), place, message)
    } else {
      const message = `"${client.id}" may send ${round(rate)} requests a second; the most allowed is ${MOST_RATE}`
      complain(within(at, client.id), place, message)
    }
  }
  if (total <= MOST_EVENTS) return
  const message = `${round(total)} requests may come in this run; the most allowed is ${MOST_EVENTS}`
  complain(at, tree.place, message, 'take a lower rate or a shorter duration')
}

/** Requests per second; of a closed population, if all answers came at once. */
function highestRate({ arrivals, latency, timeout, sessions }: ClientPopulation): number {
  const { policy, params } = arrivals
  if (policy === 'log') return 0
  const requests = sessions ? Math.max(1, meanOf(sessions.requests)) : 1
  if (policy !== 'closed') return requests * (processes.get(policy).meanRate?.(params) ?? 0)
  const atOnce = 2 * meanOf(latency)
  const answer = Math.min(atOnce, timeout ? meanOf(timeout) : atOnce)
  const within = sessions ? (requests - 1) * meanOf(sessions.thinkTime) : 0
  const round = meanOf(params.thinkTime as Chosen) + within + requests * answer
  return (Number(params.users) * requests * SECOND) / round
}

function checkTiers(tiers: readonly Tier[], duration: number | undefined, tree: Tree, spot: Spot): void {
  const at = within(spot, 'tiers')
  const length = duration === undefined || duration === LONGEST ? 0 : duration
  let views = 0
  let checks = 0
  let failures = 0
  for (const [i, { replicas, health, failures: random, structure }] of tiers.entries()) {
    const here = replicas.length * (tiers[i - 1]?.replicas.length ?? structure?.balancers ?? 1)
    views += here
    if (health) checks += here * length * checkRate(health)
    if (random) failures += (replicas.length * length) / (meanOf(random.upTime) + meanOf(random.downTime))
  }
  if (views > MOST_VIEWS) {
    const message = `all balancers together would look after ${views} replicas; the most allowed is ${MOST_VIEWS}`
    complain(at, tree.place, message, 'each node of a tier balances over all of the next tier')
  }
  if (checks > MOST_EVENTS) {
    complain(
      at,
      tree.place,
      `${round(checks)} health checks would be made; the most allowed is ${MOST_EVENTS}`,
    )
  }
  if (failures > MOST_EVENTS) {
    complain(
      at,
      tree.place,
      `${round(failures)} random failures would strike; the most allowed is ${MOST_EVENTS}`,
    )
  }
}

/** Checks of one replica by one balancer per ns, at most. */
function checkRate({ active, probes, agent }: Health): number {
  const { interval, fastInterval, downInterval, unhealthyInterval } = active?.rule.params ?? {}
  const every = [interval, fastInterval, downInterval, unhealthyInterval].filter((ns) => ns !== undefined)
  const periods = [probes?.startup, probes?.readiness, probes?.liveness].map((probe) => probe?.period)
  return [Math.min(...every.map(Number)), ...periods, agent?.interval]
    .filter((ns) => ns !== undefined)
    .reduce((sum, ns) => sum + 1 / ns, 0)
}

function round(count: number): string {
  return String(Number(count.toPrecision(3)))
}
