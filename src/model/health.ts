/**
 * Active health checks: every balancer probes every replica on its own, and believes what its probes tell.
 *
 * A probe starts every `interval` (spread evenly over the replicas), crosses the tier's network, is refused
 * by a crashed replica, hangs at a hung one, and is answered at once otherwise: it does not queue behind
 * traffic and does not see slowness or errors. `fall` failures in a row take a replica out, `rise` passes
 * in a row bring it back. All are believed ready at the start.
 */

import { schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { DOWN } from '../policies/upstream/standing.ts'
import { believe } from './balancer.ts'
import { type Cluster, draw } from './cluster.ts'
import { CHECK_ARRIVES, CHECK_PASSES, CHECK_REFUSED, CHECK_STARTS, CHECK_TIMES_OUT } from './event-kinds.ts'
import { CHECKED, HEALTH_CRASHED, HEALTH_HUNG } from './facts.ts'
import { HEALTH, NODE_INT } from './nodes.ts'

/** The first probe of each balancer to each replica. */
export function startChecks(c: Cluster): void {
  for (let pool = 0; pool < c.pools.length; pool++) {
    const { checks, count } = c.pools[pool]!.tier
    if (checks === undefined) continue
    for (let i = 0; i < count; i++) {
      schedule(c.queue, Math.round((checks.interval * i) / count), CHECK_STARTS, pool, i)
    }
  }
}

/** A probe sets out, and the next one is planned. */
export function checkStarts(c: Cluster, pool: number, replica: number): void {
  const { tier, checkLatency } = c.pools[pool]!
  schedule(c.queue, c.now + tier.checks!.interval, CHECK_STARTS, pool, replica)
  const delay = draw(tier.latency, checkLatency)
  if (delay === 0) checkArrives(c, pool, replica)
  else schedule(c.queue, c.now + delay, CHECK_ARRIVES, pool, replica)
}

/** It has reached the replica. */
export function checkArrives(c: Cluster, pool: number, replica: number): void {
  const { tier, checkLatency } = c.pools[pool]!
  const health = c.nodes.int[((tier.first + replica) << NODE_INT) + HEALTH]!
  const back = draw(tier.latency, checkLatency)
  if (health === HEALTH_HUNG || back > tier.checks!.timeout) {
    schedule(c.queue, c.now + tier.checks!.timeout, CHECK_TIMES_OUT, pool, replica)
  } else if (back === 0) conclude(c, pool, replica, health !== HEALTH_CRASHED)
  else
    schedule(c.queue, c.now + back, health === HEALTH_CRASHED ? CHECK_REFUSED : CHECK_PASSES, pool, replica)
}

/** A probe has its result. */
export function conclude(c: Cluster, pool: number, replica: number, passed: boolean): void {
  const { tier, contrary, upstream } = c.pools[pool]!
  const { rise, fall } = tier.checks!
  record(c.fixed.log, c.now, CHECKED + (passed ? 256 : 0), tier.first + replica, pool, 0)
  if (((upstream.out[replica]! & DOWN) === 0) === passed) {
    contrary[replica] = 0
    return
  }
  contrary[replica]!++
  if (contrary[replica]! < (passed ? rise : fall)) return
  contrary[replica] = 0
  believe(c, pool, replica, passed)
}
