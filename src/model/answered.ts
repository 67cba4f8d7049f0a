/** What a balancer makes of a call that it has the answer of, or waits for no longer. */

import { breaks } from '../policies/upstream/cluster-limits.ts'
import { notInFlight } from './balancer.ts'
import type { Cluster } from './cluster.ts'
import { OK } from './facts.ts'
import { watchEnds } from './health/passive.ts'
import { CUTS, leaveKept } from './kept-connections.ts'
import { NODE, POOL } from './tables.ts'

/** A balancer has a call's answer, or has given it up. */
export function isBack(c: Cluster, call: number, outcome: number): void {
  const pool = c.calls.int[(call << 3) | POOL]!
  const { tier } = c.pools[pool]!
  if (tier.health !== undefined) {
    watchEnds(c, pool, c.calls.int[(call << 3) | NODE]! - tier.first, outcome)
  }
  if (tier.kept !== undefined) leaveKept(c, call, outcome)
  if (tier.limitsCluster && CUTS.includes(outcome)) {
    breaks(c.pools[pool]!.upstream, c.calls.int[(call << 3) | NODE]! - tier.first)
  }
  notInFlight(c, call, outcome !== OK)
}
