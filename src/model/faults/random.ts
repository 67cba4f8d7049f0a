/** Random failures of replicas, from the seed. */

import { stream } from '../../base/stream.ts'
import { schedule } from '../../engine/event-queue.ts'
import { type Cluster, draw } from '../cluster.ts'
import { BREAKS, REPAIRED } from '../event-kinds.ts'
import { HEALTH_HUNG, HEALTH_UP } from '../facts.ts'
import { nodeName } from '../failing.ts'
import { HEALTH, NODE_INT } from '../nodes.ts'
import { befall } from './befall.ts'

/** Plans the first random failure of each replica. */
export function startFailures(c: Cluster): void {
  for (const tier of c.fixed.tiers) {
    if (tier.upTime === undefined) continue
    for (let i = 0; i < tier.count; i++) planFailure(c, tier.first + i)
  }
}

/** A random failure begins, unless something has befallen the replica already. */
export function breaks(c: Cluster, node: number): void {
  const tier = c.fixed.tierOf[node]!
  if (c.nodes.int[(node << NODE_INT) + HEALTH] === HEALTH_UP) {
    befall(c, node, tier.failsAs === HEALTH_HUNG ? 'hang' : 'crash', 0)
  }
  schedule(c.queue, c.now + draw(tier.downTime!, failureStream(c, node)), REPAIRED, node, 0)
}

/** A random failure ends; the replica's next one is planned. */
export function repaired(c: Cluster, node: number): void {
  befall(c, node, 'recover', 0)
  planFailure(c, node)
}

function planFailure(c: Cluster, node: number): void {
  schedule(c.queue, c.now + draw(c.fixed.tierOf[node]!.upTime!, failureStream(c, node)), BREAKS, node, 0)
}

function failureStream(c: Cluster, node: number): Float64Array {
  c.nodes.failures[node] ??= stream(c.fixed.scenario.seed, `failures/${nodeName(c, node)}`)
  return c.nodes.failures[node]!
}
