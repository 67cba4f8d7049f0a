/**
 * Conditional requests: what a cache holds and has to fetch anew may not have changed at its origin, which
 * then says only that (304). That is a share of the work in the tiers behind, up to the next cache, and
 * brings no bytes. Whether the object has changed is settled when the request sets out.
 *
 * Source: RFC 9111, 4.3; Varnish 7.1.1 (keep); nginx 1.22.1, proxy_cache_revalidate.
 */

import { NO_ROW } from '../base/keyed-rows.ts'
import { ANSWER, asOfAt, kindAt, slotOf } from '../policies/caching/cache-node.ts'
import { fitted } from '../policies/eviction/eviction.ts'
import { changeAfter, objectOf } from './cache-origin.ts'
import type { FixedCache } from './cache-state.ts'
import type { Cluster } from './cluster.ts'
import { DEMAND, REQUEST } from './tables.ts'

/** A call is about to fetch its object: if that is held and has not changed, the tiers behind have less to do. */
export function askIfChanged(c: Cluster, call: number, node: number, cache: FixedCache): void {
  const { notModified } = cache
  if (notModified === undefined) return
  const request = c.calls.int[(call << 3) | REQUEST]!
  const isHeld = holdsAsItIs(c, call, node, cache)
  mark(c, request, cache, isHeld)
  if (!isHeld) return
  const { num, stride } = c.requests
  const tiers = c.fixed.tiers.length
  const r = request * stride + DEMAND
  const hasCopy = stride - DEMAND > tiers
  for (let t = notModified.first; t < notModified.end; t++) {
    num[r + t] = Math.round(num[r + t]! * notModified.share)
    if (hasCopy) num[r + tiers + t] = Math.round(num[r + tiers + t]! * notModified.share)
  }
}

/** Whether what a call has fetched is only the word that nothing has changed. */
export function isUnchanged(c: Cluster, call: number, cache: FixedCache): boolean {
  if (cache.notModified === undefined) return false
  return (c.caches!.conditional[c.calls.int[(call << 3) | REQUEST]!]! & cache.bit) !== 0
}

function holdsAsItIs(c: Cluster, call: number, node: number, cache: FixedCache): boolean {
  const mind = c.caches!.nodes[node]!
  const object = objectOf(c, call, cache)
  const slot = slotOf(mind, object)
  if (slot === NO_ROW || kindAt(mind, slot) !== ANSWER) return false
  return changeAfter(c, node, object, cache, slot, asOfAt(mind, slot)) > c.now
}

/** Each cache on the way has a bit of its own in the byte of a request's row. */
function mark(c: Cluster, request: number, { bit }: FixedCache, isHeld: boolean): void {
  const caches = c.caches!
  caches.conditional = fitted(caches.conditional, c.requests.int.length >> 3)
  if (isHeld) caches.conditional[request]! |= bit
  else caches.conditional[request]! &= ~bit
}
