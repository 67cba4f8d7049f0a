/** Random failures of replicas, from the seed; and their repairs, all at once or by a few crews. */

import { stream } from '../../base/stream.ts'
import { schedule } from '../../engine/event-queue.ts'
import { type Cluster, draw, type FixedTier } from '../cluster.ts'
import { BREAKS, REPAIRED } from '../event-kinds.ts'
import { HEALTH_HUNG, HEALTH_UP } from '../facts.ts'
import { nodeName } from '../failing.ts'
import { HEALTH, NODE_INT } from '../nodes.ts'
import type { Repairs } from '../outside.ts'
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
  if (c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_UP) {
    befall(c, node, tier.failsAs === HEALTH_HUNG ? 'hang' : 'crash', 0)
  }
  const repairs = repairsOf(c, tier)
  if (repairs === undefined) repair(c, node)
  else if (repairs.busy === crewsOf(c, tier)) repairs.waiting.push(node)
  else {
    repairs.busy++
    repair(c, node)
  }
}

/** A random failure ends; the replica's next one is planned, and the crew sees to the next replica. */
export function repaired(c: Cluster, node: number): void {
  befall(c, node, 'recover', 0)
  planFailure(c, node)
  const repairs = repairsOf(c, c.fixed.tierOf[node]!)
  if (repairs === undefined) return
  const next = repairs.waiting.shift()
  if (next === undefined) repairs.busy--
  else repair(c, next)
}

function repair(c: Cluster, node: number): void {
  const { downTime } = c.fixed.tierOf[node]!
  schedule(c.queue, c.now + draw(downTime!, failureStream(c, node)), REPAIRED, node, 0)
}

/** Undefined where all can be repaired at once. */
function repairsOf(c: Cluster, tier: FixedTier): Repairs | undefined {
  if (crewsOf(c, tier) === undefined) return undefined
  c.outside.repairs ??= c.fixed.tiers.map(() => undefined)
  c.outside.repairs[tier.index] ??= { busy: 0, waiting: [] }
  return c.outside.repairs[tier.index]
}

function crewsOf(c: Cluster, { index }: FixedTier): number | undefined {
  return c.fixed.scenario.tiers[index]!.failures!.crews
}

function planFailure(c: Cluster, node: number): void {
  schedule(c.queue, c.now + draw(c.fixed.tierOf[node]!.upTime!, failureStream(c, node)), BREAKS, node, 0)
}

function failureStream(c: Cluster, node: number): Float64Array {
  c.nodes.failures[node] ??= stream(c.fixed.scenario.seed, `failures/${nodeName(c, node)}`)
  return c.nodes.failures[node]!
}
