/** A balancer stops using a replica for reasons of health. */

import { record } from '../../engine/fact-log.ts'
import { takeOut } from '../../policies/upstream/membership.ts'
import { DRAINING, HEALTH, MAINTENANCE } from '../../policies/upstream/standing.ts'
import type { Cluster } from '../cluster.ts'
import { BELIEVED } from '../facts.ts'

/** Reasons by which a balancer holds a replica to be unusable. */
export const JUDGED = HEALTH | DRAINING | MAINTENANCE

/** Takes a replica out for a reason. @returns false when it was out for it already */
export function exclude(c: Cluster, pool: number, replica: number, reason: number): boolean {
  const { upstream, tier } = c.pools[pool]!
  const wasUsable = (upstream.out[replica]! & JUDGED) === 0
  if (!takeOut(upstream, replica, reason)) return false
  if (wasUsable) record(c.fixed.log, c.now, BELIEVED, tier.first + replica, pool, 0)
  return true
}
