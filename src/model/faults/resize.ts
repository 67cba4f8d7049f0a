/**
 * A replica gets more slots, or fewer: as when the number of its workers is changed while it runs.
 *
 * What is being served is served to its end: with fewer slots than that nothing begins until so many are free
 * again, as servers wait for workers that are told to stop. Under processor sharing the processors that are left
 * share what is there at once.
 */

import { record } from '../../engine/fact-log.ts'
import type { Fault } from '../../scenario/fault.ts'
import type { Cluster } from '../cluster.ts'
import { RESIZED } from '../facts.ts'
import { NODE_INT, SLOTS, WAITING } from '../nodes.ts'
import { startNext } from '../replica.ts'
import { setSharedSlots } from '../sharing.ts'

/** From now on it has as many as the entry says; where that ends, as many as its tier's replicas have. */
export function resize(c: Cluster, node: number, { amount, ends }: Fault): void {
  const tier = c.fixed.tierOf[node]!
  const slots = ends ? c.fixed.scenario.tiers[tier.index]!.service.concurrency : amount
  const at = (node << NODE_INT) + SLOTS
  const before = c.nodes.int[at]!
  if (slots === before) return
  record(c.fixed.log, c.now, RESIZED, node, before, slots)
  if (tier.isShared) setSharedSlots(c, node, slots)
  else {
    c.nodes.int[at] = slots
    if (slots > before && c.nodes.int[(node << NODE_INT) | WAITING]! > 0) startNext(c, node)
  }
}
