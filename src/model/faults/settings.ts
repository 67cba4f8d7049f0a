/**
 * Settings of a tier's balancers that change while they run, as by a reload of their configuration or the word
 * of a control plane: how they choose, and how they check.
 */

import { cancel, dueAt, NO_TIMER, schedule } from '../../engine/event-queue.ts'
import { changedParams } from '../../policies/health/active/changed.ts'
import { switchStrategy } from '../../policies/upstream/switch-strategy.ts'
import type { Fault } from '../../scenario/fault.ts'
import type { Balancer, Cluster } from '../cluster.ts'
import { CHECK_STARTS } from '../event-kinds.ts'
import { beginReports } from '../load-reports.ts'
import { linkStrategy } from '../strategies.ts'

/** The balancers of a tier choose by another strategy from now on. */
export function rebalance(c: Cluster, { tier: index, strategy: chosen }: Fault): void {
  const tier = Object.freeze({ ...c.fixed.tiers[index]!, ...linkStrategy(chosen!) })
  if (tier.strategy.reported !== undefined) beginReports(c)
  for (const balancer of c.pools) {
    if (balancer.tier.index !== index) continue
    balancer.tier = tier
    switchStrategy(balancer.upstream, chosen!, c.now)
  }
}

/**
 * The balancers of a tier check by other settings from now on. What they have found stays, and so does a check
 * that is under way; a next check that is due later than the new interval comes sooner, spread as at the start.
 */
export function recheck(c: Cluster, { tier, checks }: Fault): void {
  for (const [pool, balancer] of c.pools.entries()) {
    if (balancer.tier.index === tier) checkBy(c, pool, balancer, checks!)
  }
}

function checkBy(c: Cluster, pool: number, { tier, health }: Balancer, wanted: NonNullable<Fault['checks']>) {
  const before = health.checks
  if (before === undefined) return
  const { rule } = before
  const params = Object.freeze(changedParams(rule, before.params, wanted))
  health.checks = Object.freeze({ ...before, params })
  for (let replica = 0; replica < tier.count; replica++) {
    const at = replica * rule.figures
    rule.carryOver?.(before.params, params, health.figures, at)
    const timer = health.timer[replica]!
    const wait = rule.wait(params, health.figures, at, health.hasTraffic === 1)
    if (timer === NO_TIMER || dueAt(c.queue, timer) <= c.now + wait) continue
    cancel(c.queue, timer)
    const due = c.now + rule.first(params, replica, tier.count)
    health.timer[replica] = schedule(c.queue, due, CHECK_STARTS, pool, replica)
  }
}
