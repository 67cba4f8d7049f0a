/**
 * Active checks: every balancer checks every replica on its own, by the rule of its tier, and believes what
 * its checks tell. At most one check of a replica is under way at each balancer.
 *
 * A check crosses the tier's network, is refused by a crashed replica and hangs at a hung one. Where it does
 * not wait like a request (see asking.ts), it is answered aside: whatever else the replica does, after the
 * check's own work at the replica's speed. A cheap one sees no errors; a deep one fails as often as requests.
 */

import { uniform } from '../../base/stream.ts'
import { NO_TIMER, schedule } from '../../engine/event-queue.ts'
import {
  type CheckResult,
  ERRED,
  PASSED,
  REFUSED,
  UNANSWERED,
} from '../../policies/health/active/check-rule.ts'
import { DOWN, UNKNOWN } from '../../policies/upstream/standing.ts'
import { type Cluster, draw } from '../cluster.ts'
import {
  CHECK_ARRIVES,
  CHECK_ERRS,
  CHECK_PASSES,
  CHECK_REFUSED,
  CHECK_STARTS,
  CHECK_TIMES_OUT,
} from '../event-kinds.ts'
import { HEALTH_CRASHED, HEALTH_HUNG } from '../facts.ts'
import { BLACKHOLE, cutOf, OPEN } from '../faults/ways.ts'
import { ERRORS, HEALTH, HONEST, NODE_INT, NODE_NUM, RATE, STARTING } from '../nodes.ts'
import { REFUSES_ALL } from '../outside.ts'
import { ask } from './asking.ts'
import { exclude } from './exclude.ts'
import { conclude, planNext } from './results.ts'

/** The first check of each replica by each balancer; until then a rule may hold it to be down. */
export function startChecks(c: Cluster): void {
  for (const [pool, { tier, health }] of c.pools.entries()) {
    const { checks } = health
    if (checks === undefined) continue
    const { rule, params } = checks
    for (let i = 0; i < tier.count; i++) {
      if (!rule.isUp(params, health.figures, i * rule.figures)) exclude(c, pool, i, DOWN)
      health.timer[i] = schedule(c.queue, rule.first(params, i, tier.count), CHECK_STARTS, pool, i)
    }
  }
}

/** A check sets out. */
export function checkStarts(c: Cluster, pool: number, replica: number): void {
  const { tier, checkLatency, health, upstream } = c.pools[pool]!
  const { rule, params, queued } = health.checks!
  const at = replica * rule.figures
  health.timer[replica] = NO_TIMER
  if ((upstream.out[replica]! & UNKNOWN) !== 0) {
    planNext(c, pool, replica)
    return
  }
  if (rule.countsFrom === 'start') planNext(c, pool, replica)
  if (!Number.isNaN(health.began[replica])) return
  health.began[replica] = c.now
  const timeout = rule.timeout(params, health.figures, at)
  const delay = draw(tier.latency, checkLatency)
  if (queued) ask(c, pool, replica, delay, timeout)
  else if (delay > timeout) schedule(c.queue, c.now + timeout, CHECK_TIMES_OUT, pool, replica)
  else if (delay === 0) checkArrives(c, pool, replica)
  else schedule(c.queue, c.now + delay, CHECK_ARRIVES, pool, replica)
}

/** It has reached the replica. */
export function checkArrives(c: Cluster, pool: number, replica: number): void {
  const { tier, checkLatency, health } = c.pools[pool]!
  const { rule, params, cost } = health.checks!
  const node = tier.first + replica
  const state = reachedHealth(c, pool, replica)
  const back = draw(tier.latency, checkLatency)
  const rate = c.nodes.num[(node << NODE_NUM) | RATE]!
  const works = state === HEALTH_CRASHED || cost === 0 ? 0 : Math.round(cost / rate)
  const timeout = rule.timeout(params, health.figures, replica * rule.figures)
  // It may have been sent out under a longer timeout than is set now.
  const ends = Math.max(c.now, health.began[replica]! + timeout)
  const answered = c.now + works + back
  if (state === HEALTH_HUNG || answered > ends) {
    schedule(c.queue, ends, CHECK_TIMES_OUT, pool, replica)
    return
  }
  const errs = state !== HEALTH_CRASHED && isRefusedService(c, pool, node)
  const result = state === HEALTH_CRASHED ? REFUSED : errs ? ERRED : PASSED
  if (answered === c.now) conclude(c, pool, replica, result)
  else schedule(c.queue, answered, EVENT_OF[result], pool, replica)
}

/** The replica's health as a check meets it: a way that is cut off looks like a replica that hangs or refuses. */
function reachedHealth(c: Cluster, pool: number, replica: number): number {
  const node = c.pools[pool]!.tier.first + replica
  if (c.outside.ways !== undefined) {
    const cut = cutOf(c, pool, replica)
    if (cut !== OPEN) return cut === BLACKHOLE ? HEALTH_HUNG : HEALTH_CRASHED
  }
  if (c.nodes.num[(node << NODE_NUM) | ERRORS]! >= REFUSES_ALL) return HEALTH_CRASHED
  return c.nodes.int[(node << NODE_INT) | HEALTH]!
}

const EVENT_OF: Readonly<Record<CheckResult, number>> = {
  [PASSED]: CHECK_PASSES,
  [ERRED]: CHECK_ERRS,
  [REFUSED]: CHECK_REFUSED,
  [UNANSWERED]: CHECK_TIMES_OUT,
}

/** True when a living replica answers a check with an error: it is starting, or fails requests and the check is deep. */
function isRefusedService(c: Cluster, pool: number, node: number): boolean {
  const { tier, checkLatency } = c.pools[pool]!
  const starting = c.nodes.int[(node << NODE_INT) | STARTING]!
  if (tier.health!.checks!.path === 'cheap') return starting === HONEST
  const errors = c.nodes.num[(node << NODE_NUM) | ERRORS]!
  return errors > 0 && uniform(checkLatency) < errors
}
