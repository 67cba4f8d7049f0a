/**
 * A node asks its cache, and keeps what it has fetched. How old what it serves really is follows from when
 * the object changes at its origin.
 *
 * Limit of realism: what belongs to a request (its work in the tiers behind) is drawn for every request, so
 * two fetches of one object may take differently long.
 */

import { hashOf, NO_ROW } from '../base/keyed-rows.ts'
import { type Stream, uniform } from '../base/stream.ts'
import type { Instant } from '../base/time.ts'
import { record } from '../engine/fact-log.ts'
import {
  ANSWER,
  asOfAt,
  type CacheNode,
  FAILURE,
  HIT_FOR_MISS,
  HIT_FOR_PASS,
  isWanted,
  kindAt,
  noteAsOf,
  noteChange,
  purge,
  slotOf,
  softPurge,
  store,
  storedAt,
  ttlAt,
} from '../policies/caching/cache-node.ts'
import { lookUp, mayServeOnError } from '../policies/caching/look-up.ts'
import { isAmong } from '../policies/caching/origin.ts'
import { HIT, isServed } from '../policies/caching/verdicts.ts'
import { changeAfter, neverChanges, objectOf } from './cache-origin.ts'
import { lastWrite } from './cache-past.ts'
import { isUnchanged } from './cache-revalidation.ts'
import type { FixedCache } from './cache-state.ts'
import { broughtAsOf, takesHeld } from './cache-versions.ts'
import { type Cluster, type Drawn, draw } from './cluster.ts'
import { ERROR, EVICTED, FETCHED, LOOKED_UP, OK, SERVED_OLD } from './facts.ts'
import { KEY, REQUEST, SERIAL, SIZE } from './tables.ts'

/** So that uncacheable keys are other ones than those of other draws. */
export const UNCACHEABLE = 0x51ed

/** Scratch: a stream that is the same for one key whenever it is asked for. */
const ofKey: Stream = new Float64Array(4)

/** What the answer for a key takes where caches are: drawn once and for all, as an object has one size. */
export function sizeOfKey(sizes: Drawn, key: number): number {
  if (sizes.constant >= 0) return sizes.constant
  const hash = hashOf(key)
  for (let i = 0; i < 3; i++) ofKey[i] = (hashOf(hash + i + 1) >>> 0) / 4294967296
  ofKey[3] = 1
  return draw(sizes, ofKey)
}

/**
 * A node asks its cache for what a call wants.
 * @param waited how long it has waited for a fetch already, ns
 */
export function lookUpFor(c: Cluster, call: number, node: number, cache: FixedCache, waited = 0): number {
  const mind = c.caches!.nodes[node]!
  const object = objectOf(c, call, cache)
  if (cache.invalidation !== undefined) heed(c, node, object, cache)
  const verdict = lookUp(mind, cache.settings, object, c.now, waited)
  const r = c.calls.int[(call << 3) | REQUEST]! * c.requests.stride
  const { num } = c.requests
  if (waited === 0) c.fixed.onLookUp?.(node, object, num[r + SIZE]!, c.now)
  const again = waited > 0 ? 16 : 0
  record(c.fixed.log, c.now, LOOKED_UP + ((verdict + again) << 8), node, num[r + SERIAL]!, num[r + SIZE]!)
  if (isServed(verdict) && (verdict !== HIT || !neverChanges(c, node, cache)))
    noteAge(c, node, object, cache, num[r + SERIAL]!, verdict !== HIT)
  return verdict
}

/** What a served object says. */
export function servedAs(c: Cluster, call: number, node: number, cache: FixedCache): number {
  const mind = c.caches!.nodes[node]!
  const slot = slotOf(mind, objectOf(c, call, cache))
  takesHeld(c, c.calls.int[(call << 3) | REQUEST]!, mind, slot)
  return kindAt(mind, slot) === FAILURE ? ERROR : OK
}

/**
 * A fetch has ended: its answer is kept, or what is old is served in place of a failure.
 * @returns how it ends for whoever asked
 */
export function keepAnswer(
  c: Cluster,
  call: number,
  node: number,
  cache: FixedCache,
  outcome: number,
  isBackground: boolean,
): number {
  const mind = c.caches!.nodes[node]!
  const { settings, life } = cache
  const request = c.calls.int[(call << 3) | REQUEST]!
  const r = request * c.requests.stride
  const { num } = c.requests
  const object = objectOf(c, call, cache)
  const serial = num[r + SERIAL]!
  const size = num[r + SIZE]!
  const hasNoBody = outcome === OK && isUnchanged(c, call, cache)
  const detail = outcome + (isBackground ? 16 : 0) + (hasNoBody ? 32 : 0)
  const bytes = outcome === OK && !hasNoBody ? size : 0
  record(c.fixed.log, c.now, FETCHED + (detail << 8), node, serial, bytes)
  if (outcome !== OK) {
    if (inPlaceOf(c, call, node, cache, outcome, isBackground) === OK) return OK
    if (outcome === ERROR && cache.negative > 0) {
      keep(c, node, cache, object, size, FAILURE, { ttl: cache.negative, grace: 0 }, serial)
    } else if (outcome === ERROR && settings.rule === 'varnish') {
      keep(c, node, cache, object, 0, HIT_FOR_MISS, { ttl: settings.hitForMiss, grace: 0 }, serial)
    }
    return outcome
  }
  if (isAmong(num[r + KEY]!, cache.uncacheable, UNCACHEABLE)) {
    if (settings.hitForMiss > 0) {
      keep(c, node, cache, object, 0, HIT_FOR_MISS, { ttl: settings.hitForMiss, grace: 0 }, serial)
    } else if (cache.hitForPass > 0 && !isMarked(mind, object, c.now)) {
      keep(c, node, cache, object, 0, HIT_FOR_PASS, { ttl: cache.hitForPass, grace: 0 }, serial)
    }
  } else if (isWanted(mind, object, settings.minUses) && isAdmitted(c, node, cache, object, size)) {
    const jitter = cache.ttlJitter === 0 ? 0 : cache.ttlJitter * uniform(c.caches!.random[node]!)
    const ttl = Math.round(life.ttl * (1 - jitter))
    const slot = keep(c, node, cache, object, size, ANSWER, { ttl, grace: life.grace }, serial)
    if (slot !== NO_ROW) noteVersion(c, mind, slot, num[r + KEY]!, broughtAsOf(c, request))
  }
  return OK
}

/** Whether the mark stands that lets all requests for an object pass. */
function isMarked(mind: CacheNode, object: number, now: Instant): boolean {
  const slot = slotOf(mind, object)
  if (slot === NO_ROW || kindAt(mind, slot) !== HIT_FOR_PASS) return false
  return now - storedAt(mind, slot) <= ttlAt(mind, slot)
}

/** Whether a new object comes in: it is not too large, and chance is with it. What is held already may stay. */
function isAdmitted(c: Cluster, node: number, cache: FixedCache, object: number, size: number): boolean {
  const { admission, maxSize } = cache
  if (size > maxSize) return false
  if (admission === 1 || slotOf(c.caches!.nodes[node]!, object) !== NO_ROW) return true
  return uniform(c.caches!.random[node]!) < admission
}

/** How a failed fetch ends for who asked: what is old is served in its place, or it fails. */
export function inPlaceOf(
  c: Cluster,
  call: number,
  node: number,
  cache: FixedCache,
  outcome: number,
  isBackground: boolean,
): number {
  const object = objectOf(c, call, cache)
  heed(c, node, object, cache)
  if (!mayServeOnError(c.caches!.nodes[node]!, cache.settings, object, cache.staleIfError, c.now))
    return outcome
  const { num, stride } = c.requests
  const request = c.calls.int[(call << 3) | REQUEST]!
  const serial = num[request * stride + SERIAL]!
  const mind = c.caches!.nodes[node]!
  takesHeld(c, request, mind, slotOf(mind, object))
  if (!isBackground) noteAge(c, node, object, cache, serial, true)
  return OK
}

function keep(
  c: Cluster,
  node: number,
  { settings }: FixedCache,
  object: number,
  size: number,
  kind: number,
  life: { readonly ttl: number; readonly grace: number },
  serial: number,
): number {
  const mind = c.caches!.nodes[node]!
  const random = c.caches!.random[node]!
  const slot = store(mind, settings, object, settings.hasSizes ? size : 1, kind, life, c.now, random)
  const { gone } = mind.held
  for (let i = 0; i < gone.count; i++) {
    record(c.fixed.log, c.now, EVICTED, node, serial, gone.keys[i]!)
  }
  return slot
}

/** What was kept is as of an instant; it may have been written since. */
function noteVersion(c: Cluster, mind: CacheNode, slot: number, key: number, asOf: Instant): void {
  if (mind.asOf === undefined) return
  noteAsOf(mind, slot, asOf)
  if (mind.written === undefined) return
  const written = lastWrite(c.caches!.written, key)
  if (written > asOf) noteChange(mind, slot, written)
}

/** A change at the origin that the cache has been told of since takes the object out, or makes it old. */
function heed(c: Cluster, node: number, object: number, cache: FixedCache): void {
  const { invalidation, settings } = cache
  if (invalidation === undefined) return
  const mind = c.caches!.nodes[node]!
  const slot = slotOf(mind, object)
  if (slot === NO_ROW) return
  const changed = changeAfter(c, node, object, cache, slot, storedAt(mind, slot))
  const told = changed + invalidation.delay
  // News that came before the object did has found nothing.
  if (told > c.now || told < storedAt(mind, slot)) return
  if (invalidation.soft) softPurge(mind, object, cache.life.grace, told)
  else purge(mind, settings, object)
}

/** Notes that what is served is older than what the origin has, or was served beyond its time. */
function noteAge(
  c: Cluster,
  node: number,
  object: number,
  cache: FixedCache,
  serial: number,
  isBeyond: boolean,
): void {
  const mind = c.caches!.nodes[node]!
  const slot = slotOf(mind, object)
  const changed = changeAfter(c, node, object, cache, slot, asOfAt(mind, slot))
  if (changed > c.now && !isBeyond) return
  record(c.fixed.log, c.now, SERVED_OLD + (isBeyond ? 256 : 0), node, serial, Math.max(0, c.now - changed))
}
