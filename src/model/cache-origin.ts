/** The objects that calls ask for, and when they change at their origin. */

import type { Instant } from '../base/time.ts'
import { variantOf, writtenAt } from '../policies/caching/cache-node.ts'
import { nextChange } from '../policies/caching/origin.ts'
import type { FixedCache } from './cache-state.ts'
import type { Cluster } from './cluster.ts'
import { BEARER, KEY, REQUEST } from './tables.ts'

/** The object that a call asks for. */
export function objectOf(c: Cluster, call: number, cache: FixedCache): number {
  const r = c.calls.int[(call << 3) | REQUEST]! * c.requests.stride
  const { num } = c.requests
  return variantOf(num[r + KEY]!, cache.variants, num[r + BEARER]!)
}

/** True: no object that a node holds has ever changed at its origin so far. */
export function neverChanges(c: Cluster, node: number, { updates }: FixedCache): boolean {
  const { nodes, updates: all } = c.caches!
  if (updates !== undefined || nodes[node]!.written !== undefined) return false
  return all[c.fixed.tierOf[node]!.index]!.length === 0
}

/** The first change of an object at its origin since an instant; Infinity when there is none. */
export function changeAfter(
  c: Cluster,
  node: number,
  object: number,
  { updates }: FixedCache,
  slot: number,
  since: Instant,
): Instant {
  const mind = c.caches!.nodes[node]!
  const all = c.caches!.updates[c.fixed.tierOf[node]!.index]!
  let first = updates === undefined ? Infinity : nextChange(object, updates, since)
  for (let i = all.length - 1; i >= 0 && all[i]! > since; i--) first = Math.min(first, all[i]!)
  return Math.min(first, writtenAt(mind, slot))
}
