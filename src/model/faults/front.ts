/**
 * Balancers in front that die, or read their configuration anew.
 *
 * A dead one refuses what comes to it; whoever waits there, or for an answer through it, finds the connection
 * broken at once. The replicas go on with what they have. A new configuration makes the strategy forget what
 * it remembers: its place in the round, its averages.
 */

import { record } from '../../engine/fact-log.ts'
import { beginAnew } from '../../policies/upstream/switch-strategy.ts'
import type { Fault } from '../../scenario/fault.ts'
import type { Cluster } from '../cluster.ts'
import { HAPPENED, HAPPENINGS } from '../facts.ts'
import { breakThrough } from './break-through.ts'
import { tellOthers } from './front-dns.ts'
import { pairChanges } from './front-pair.ts'

/** A balancer dies, or is back. */
export function balancerFails(c: Cluster, { balancer = -1, ends }: Fault): void {
  c.outside.dead ??= new Uint8Array(c.fixed.fronts)
  const { dead } = c.outside
  for (let front = 0; front < c.fixed.fronts; front++) {
    if ((balancer >= 0 && front !== balancer) || dead[front] === (ends ? 0 : 1)) continue
    dead[front] = ends ? 0 : 1
    happens(c, ends ? 'balancer up' : 'balancer down', front)
    if (!ends) breakThrough(c, front)
    if (c.fixed.front?.by === 'vrrp') pairChanges(c, c.fixed.front, front, ends === true)
    else if (c.fixed.front !== undefined) tellOthers(c, c.fixed.front, front)
  }
}

/** Strategies begin anew with the replicas as the balancer sees them now. */
export function reload(c: Cluster, { balancer = -1 }: Fault): void {
  for (let front = 0; front < c.fixed.fronts; front++) {
    if (balancer >= 0 && front !== balancer) continue
    beginAnew(c.pools[front]!.upstream, c.now)
    happens(c, 'reload', front)
  }
}

function happens(c: Cluster, what: (typeof HAPPENINGS)[number], front: number): void {
  record(c.fixed.log, c.now, HAPPENED + (HAPPENINGS.indexOf(what) << 8), -1, front, 0)
}
