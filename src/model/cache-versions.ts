/**
 * Where answers come through several caches, what one of them keeps may be old already: an answer is as of the
 * instant at which it left its origin, not of that at which it was kept here. That instant goes with the request
 * (of all its tries), and with what is kept. With one level of caches the two are the same, and nothing is noted.
 *
 * Limit of realism: an object's life begins anew in every cache (no Age header).
 */

import type { Instant } from '../base/time.ts'
import { asOfAt, type CacheNode } from '../policies/caching/cache-node.ts'
import { fitted } from '../policies/eviction/eviction.ts'
import type { Cluster } from './cluster.ts'
import { originOf } from './tries-table.ts'

/** In place of an instant: whatever comes is new. */
const NEW = -1

/** A request goes on to where its answer comes from. */
export function expectsNew(c: Cluster, request: number): void {
  note(c, request, NEW)
}

/** A request is answered with what a cache holds in a slot. */
export function takesHeld(c: Cluster, request: number, mind: CacheNode, slot: number): void {
  note(c, request, asOfAt(mind, slot))
}

/** As of when the answer to a request is. */
export function broughtAsOf({ caches, tries, now }: Cluster, request: number): Instant {
  const versions = caches!.versions
  if (versions === undefined) return now
  const asOf = versions.of[tries === undefined ? request : originOf(tries, request)]!
  return asOf === NEW ? now : asOf
}

function note(c: Cluster, request: number, asOf: Instant): void {
  const versions = c.caches!.versions
  if (versions === undefined) return
  versions.of = fitted(versions.of, c.requests.int.length >> 3)
  versions.of[c.tries === undefined ? request : originOf(c.tries, request)] = asOf
}
