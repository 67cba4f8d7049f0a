/** Passive health when a request is sent: a trial may be all that a replica gets for now. */

import { schedule } from '../../engine/event-queue.ts'
import { EJECTED } from '../../policies/upstream/standing.ts'
import type { Cluster } from '../cluster.ts'
import { LOOKS_AGAIN } from '../event-kinds.ts'
import { exclude } from './exclude.ts'

/** A request goes to a replica. */
export function watchSent(c: Cluster, pool: number, replica: number): void {
  const { tier, health } = c.pools[pool]!
  health.hasTraffic = 1
  if (health.calm[replica] === 1) return
  const { watches } = tier.health!
  for (let i = 0; i < watches.length; i++) {
    watches[i]!.rule.sent?.(health.watching[i]!.memory, replica, c.now)
    if (isLeftOut(c, pool, replica, i)) exclude(c, pool, replica, EJECTED)
  }
}

/** Asks one rule about a replica, and plans to ask again when its answer may change by itself. */
export function isLeftOut(c: Cluster, pool: number, replica: number, i: number): boolean {
  const { tier, health } = c.pools[pool]!
  const { rule } = tier.health!.watches[i]!
  const { memory, out, looksAt } = health.watching[i]!
  const isOut = rule.isOut(memory, replica, c.now)
  out[replica] = isOut ? 1 : 0
  const again = isOut ? rule.again(memory, replica, c.now) : Infinity
  if (again !== Infinity && again !== looksAt[replica]) {
    schedule(c.queue, Math.max(again, c.now), LOOKS_AGAIN, pool, replica)
  }
  looksAt[replica] = again
  return isOut
}
