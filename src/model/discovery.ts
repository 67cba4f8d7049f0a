/**
 * When balancers hear of replicas that have come or will go. Whatever they hear, they hear how it is by then:
 * news that were overtaken change nothing.
 */

import { stream } from '../base/stream.ts'
import { schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { letIn, takeOut } from '../policies/upstream/membership.ts'
import { UNKNOWN } from '../policies/upstream/standing.ts'
import { release, weighs } from './balancer.ts'
import { type Cluster, draw } from './cluster.ts'
import { HEARS } from './event-kinds.ts'
import { HEARD } from './facts.ts'
import { believe } from './health/belief.ts'
import type { Members } from './outside.ts'

/** The registry's word on a replica changes; the balancers hear of it by their tier's rule. */
export function list(c: Cluster, m: Members, node: number, isIn: boolean): void {
  const entry = isIn ? 1 : 0
  if (m.isListed[node] === entry) return
  m.isListed[node] = entry
  const tier = c.fixed.tierOf[node]!
  for (const [pool, one] of c.pools.entries()) {
    if (one.tier.index !== tier.index) continue
    const at = hearsAt(c, m, pool)
    if (at <= c.now) hears(c, pool, node - tier.first)
    else schedule(c.queue, at, HEARS, pool, node - tier.first)
  }
}

/** A balancer hears how it is. */
export function hears(c: Cluster, pool: number, replica: number): void {
  const { upstream, tier } = c.pools[pool]!
  const node = tier.first + replica
  if (c.outside.members!.isListed[node] === 0) {
    if (takeOut(upstream, replica, UNKNOWN)) record(c.fixed.log, c.now, HEARD, node, pool, 0)
    return
  }
  if (!letIn(upstream, replica, UNKNOWN, c.now)) return
  record(c.fixed.log, c.now, HEARD + 256, node, pool, 0)
  meetAnew(c, pool, replica)
  if (upstream.fixed.settings.slowStart !== undefined) weighs(c, pool, replica)
  if (upstream.line.waiting > 0) release(c, pool, replica)
}

/** Its checks begin anew: what they found before was another replica's. */
function meetAnew(c: Cluster, pool: number, replica: number): void {
  const { health } = c.pools[pool]!
  const { checks } = health
  if (checks === undefined) return
  const { rule, params } = checks
  rule.begin(params, health.figures, replica * rule.figures)
  believe(c, pool, replica, rule.isUp(params, health.figures, replica * rule.figures))
}

/** ns; whoever asks now and then asks at instants of its own, spread evenly over those of its tier. */
function hearsAt(c: Cluster, m: Members, pool: number): number {
  const { tier, from } = c.pools[pool]!
  const { discovery } = tier
  if (discovery === undefined || discovery.rule === 'instant') return c.now
  m.hearing[pool] ??= stream(c.fixed.scenario.seed, `discovery/${tier.id}/${from}`)
  const known = c.now + draw(discovery.delay, m.hearing[pool]!)
  if (discovery.rule === 'endpoints') return known
  const siblings = c.pools.filter((one) => one.tier.index === tier.index).length
  const place = tier.index === 0 ? pool : from - c.fixed.tiers[tier.index - 1]!.first
  const phase = Math.floor((discovery.every * (place + 1)) / (siblings + 1))
  return phase + Math.ceil(Math.max(0, known - phase) / discovery.every) * discovery.every
}
