/** A balancer changes its mind about a replica. */

import { schedule } from '../../engine/event-queue.ts'
import { record } from '../../engine/fact-log.ts'
import { letIn } from '../../policies/upstream/membership.ts'
import { DOWN } from '../../policies/upstream/standing.ts'
import { release, weighs } from '../balancer.ts'
import type { Cluster } from '../cluster.ts'
import { SESSIONS_SHUT } from '../event-kinds.ts'
import { BELIEVED } from '../facts.ts'
import { exclude, JUDGED } from './exclude.ts'

/** Takes a reason away; who waits may go there now. */
export function admit(c: Cluster, pool: number, replica: number, reason: number): void {
  const { upstream, tier } = c.pools[pool]!
  if (!letIn(upstream, replica, reason, c.now)) return
  if ((upstream.out[replica]! & JUDGED) !== 0) return
  record(c.fixed.log, c.now, BELIEVED + 256, tier.first + replica, pool, 0)
  if (upstream.fixed.settings.slowStart !== undefined) weighs(c, pool, replica)
  if (upstream.line.waiting > 0) release(c, pool, replica)
}

/** What its checks tell a balancer of a replica. */
export function believe(c: Cluster, pool: number, replica: number, isUp: boolean): void {
  if (isUp) {
    admit(c, pool, replica, DOWN)
    return
  }
  markDown(c, pool, replica, DOWN)
}

/** A replica is down for a reason: requests there may end with it. */
export function markDown(c: Cluster, pool: number, replica: number, reason: number): void {
  const shuts = c.pools[pool]!.tier.health?.checks?.onMarkedDown === 'shutdown-sessions'
  if (exclude(c, pool, replica, reason) && shuts) schedule(c.queue, c.now, SESSIONS_SHUT, pool, replica)
}
