/** Whether a replica fails a call at its door: by its share of errors, or because it is not there yet. */

import { stream, uniform } from '../base/stream.ts'
import type { Cluster } from './cluster.ts'
import { isStruck } from './faults/failure.ts'
import { HONEST, NODE_INT, STARTING } from './nodes.ts'
import { REFUSES_ALL } from './outside.ts'
import { CHEAP_CHECK, CLIENT, DEEP_CHECK, DOOR, KEY, REQUEST } from './tables.ts'

/** @param share of errors: the replica's own */
export function fails(c: Cluster, call: number, node: number, share: number): boolean {
  if (share >= REFUSES_ALL) return true
  const request = c.calls.int[(call << 3) | REQUEST]! << 3
  const client = c.requests.int[request | CLIENT]!
  if (client === CHEAP_CHECK) return c.nodes.int[(node << NODE_INT) | STARTING] === HONEST
  if (client === DEEP_CHECK) return uniform(c.pools[c.requests.int[request | DOOR]!]!.checkLatency) < share
  const { troubles } = c.outside
  const key = c.requests.num[(request >> 3) * c.requests.stride + KEY]!
  if (troubles !== undefined && !isStruck(troubles, node, key)) return false
  c.nodes.errors[node] ??= stream(c.fixed.scenario.seed, `errors/${nodeName(c, node)}`)
  return uniform(c.nodes.errors[node]!) < share
}

/** `web/2`. */
export function nodeName(c: Cluster, node: number): string {
  const { index, first } = c.fixed.tierOf[node]!
  return c.fixed.scenario.tiers[index]!.replicas[node - first]!.id
}
