/**
 * One cache node's mind: what it holds, how old that is, and which fetches are under way. No simulation in
 * it: time is handed in, and whoever drives it sends the requests. Plain data; every call costs O(1).
 *
 * Objects are known by number: a key, or a key and a variant (`variantOf`).
 *
 * Limit of realism: an object that has outlived its life stays until it is asked for or has to leave.
 *
 * Source: nginx 1.22.1, ngx_http_file_cache.c; Varnish 7.1.1, cache_hash.c and cache_expire.c; RFC 9111.
 */

import {
  addRow,
  findRow,
  hashOf,
  type KeyedRows,
  keyedRows,
  NO_ROW,
  removeRow,
} from '../../base/keyed-rows.ts'
import type { Stream } from '../../base/stream.ts'
import type { Instant } from '../../base/time.ts'
import { type Cache, cache, drop, put } from '../eviction/cache.ts'
import { fitted } from '../eviction/eviction.ts'
import type { CachingSettings, Life } from './settings.ts'

/** What is kept of an object: the answer, a failure, or the mark that answers must not be kept. */
export const ANSWER = 0
export const FAILURE = 1
export const HIT_FOR_MISS = 2
export const HIT_FOR_PASS = 3

/** Columns of an object: when it was stored, its ttl and grace in ns, its kind. Four doubles: the width as a shift. */
const STORED = 0
const TTL = 1
const GRACE = 2
const KIND = 3
const OBJECT_SHIFT = 2

/** Columns of a fetch: since when; who makes it, and the ends of the line of those who wait, for the driver. */
export const SINCE = 0
export const LEADER = 1
export const FIRST = 2
export const LAST = 3
const FETCH_WIDTH = 4

/** So many keys are remembered that were asked for and are not held. */
const MOST_USES = 2 ** 20

export interface CacheNode {
  readonly held: Cache
  /** By slot. */
  objects: Float64Array
  /** By slot: when the object was first written at its origin since it came in; only where objects are written. */
  written: Float64Array | undefined
  /** By slot: as of when the object is; only where that may be another instant than when it was stored. */
  asOf: Float64Array | undefined
  /** By slot: when it was last asked for; only where that counts. */
  used: Float64Array | undefined
  /** Fetches under way, by object. */
  readonly fetches: KeyedRows
  /** How often keys were asked for that are not held; only where that counts. */
  readonly uses: KeyedRows | undefined
}

/**
 * An empty one.
 * @param noticesWrites true: `noteChange` says of what it holds that it was written
 * @param isOneOfMany true: `noteAsOf` says as of when it is
 */
export function cacheNode(settings: CachingSettings, noticesWrites = false, isOneOfMany = false): CacheNode {
  const { eviction, evictionParams, capacity, hasSizes, minUses, inactive, objectsBelow } = settings
  return {
    held: cache(eviction, evictionParams, capacity, hasSizes, objectsBelow),
    objects: new Float64Array(0),
    written: noticesWrites ? new Float64Array(0) : undefined,
    asOf: isOneOfMany ? new Float64Array(0) : undefined,
    used: inactive === undefined ? undefined : new Float64Array(0),
    fetches: keyedRows(FETCH_WIDTH),
    uses: minUses > 1 ? keyedRows(1, MOST_USES) : undefined,
  }
}

/** The number of an object of which there are `variants`, for who shows a number of his own. */
export function variantOf(key: number, variants: number, shown: number): number {
  return variants === 1 ? key : key * variants + ((hashOf(shown) >>> 0) % variants)
}

/** An object that is held, and how it stands; changes nothing. `NO_ROW` when it is not held. */
export function slotOf({ held }: CacheNode, object: number): number {
  return findRow(held.shelf.table, object)
}

export const kindAt = ({ objects }: CacheNode, slot: number): number =>
  objects[(slot << OBJECT_SHIFT) | KIND]!
export const storedAt = ({ objects }: CacheNode, slot: number): Instant =>
  objects[(slot << OBJECT_SHIFT) | STORED]!
export const ttlAt = ({ objects }: CacheNode, slot: number): number => objects[(slot << OBJECT_SHIFT) | TTL]!
export const graceAt = ({ objects }: CacheNode, slot: number): number =>
  objects[(slot << OBJECT_SHIFT) | GRACE]!

/**
 * An answer is kept in place of what was held.
 * @param kind what it is
 * @returns its slot, or `NO_ROW` when it is not let in; `held.gone` says who left for it
 */
export function store(
  node: CacheNode,
  settings: CachingSettings,
  object: number,
  size: number,
  kind: number,
  life: Life,
  now: Instant,
  random: Stream,
): number {
  const { eviction } = settings
  const { held } = node
  let slot = slotOf(node, object)
  held.gone.count = 0
  if (slot !== NO_ROW && held.shelf.hasSizes && held.shelf.sizes[slot] !== size) {
    drop(eviction, held, slot)
    slot = NO_ROW
  }
  if (slot === NO_ROW) slot = put(eviction, held, object, size, now, random)
  if (slot === NO_ROW) return NO_ROW
  const room = held.shelf.table.keys.length
  node.objects = fitted(node.objects, room << OBJECT_SHIFT)
  if (node.written !== undefined) node.written = fitted(node.written, room)
  if (node.used !== undefined) {
    node.used = fitted(node.used, room)
    node.used[slot] = now
  }
  refresh(node, slot, life, now)
  node.objects[(slot << OBJECT_SHIFT) | KIND] = kind
  return slot
}

/** What is held in a slot is new from now on. */
export function refresh({ objects, written }: CacheNode, slot: number, life: Life, now: Instant): void {
  const o = slot << OBJECT_SHIFT
  objects[o | STORED] = now
  objects[o | TTL] = life.ttl
  objects[o | GRACE] = life.grace
  if (written !== undefined) written[slot] = Infinity
}

/** What is held in a slot is as of an earlier instant than that at which it came in. */
export function noteAsOf(node: CacheNode, slot: number, asOf: Instant): void {
  if (node.asOf === undefined) return
  node.asOf = fitted(node.asOf, node.held.shelf.table.keys.length)
  node.asOf[slot] = asOf
}

/** As of when it is. */
export function asOfAt(node: CacheNode, slot: number): Instant {
  return node.asOf === undefined ? storedAt(node, slot) : node.asOf[slot]!
}

/** What is held in a slot was written at its origin; the first time counts. */
export function noteChange({ written }: CacheNode, slot: number, at: Instant): void {
  if (written !== undefined && at < written[slot]!) written[slot] = at
}

/** When that was; Infinity: it was not. */
export function writtenAt({ written }: CacheNode, slot: number): Instant {
  return written === undefined ? Infinity : written[slot]!
}

/** What is held of an object goes at once. @returns whether there was anything */
export function purge(node: CacheNode, settings: CachingSettings, object: number): boolean {
  const slot = slotOf(node, object)
  if (slot === NO_ROW) return false
  drop(settings.eviction, node.held, slot)
  return true
}

/** What is held of an object is old from now on, and may be served for `grace` ns more while it is fetched. */
export function softPurge(node: CacheNode, object: number, grace: number, now: Instant): boolean {
  const slot = slotOf(node, object)
  if (slot === NO_ROW) return false
  const o = slot << OBJECT_SHIFT
  const age = now - node.objects[o | STORED]!
  // One nanosecond less, so that it is old at this very instant.
  if (node.objects[o | TTL]! >= age) node.objects[o | TTL] = age - 1
  node.objects[o | GRACE] = Math.max(0, age + grace - node.objects[o | TTL]!)
  return true
}

/** All objects that are held, by number. */
export function allHeld({ held }: CacheNode): number[] {
  const { places, keys } = held.shelf.table
  const objects: number[] = []
  for (const filled of places) if (filled > 0) objects.push(keys[filled - 1]!)
  return objects
}

/** A fetch is under way, in place of one that takes too long if there is one: those who wait go on waiting. */
export function beginFetch({ fetches }: CacheNode, object: number, leader: number, now: Instant): void {
  let row = findRow(fetches, object)
  if (row === NO_ROW) {
    row = addRow(fetches, object)
    fetches.values[row * FETCH_WIDTH + FIRST] = NO_ROW
    fetches.values[row * FETCH_WIDTH + LAST] = NO_ROW
  }
  fetches.values[row * FETCH_WIDTH + SINCE] = now
  fetches.values[row * FETCH_WIDTH + LEADER] = leader
}

/** The fetch of an object that is under way, or `NO_ROW`. */
export function fetchOf({ fetches }: CacheNode, object: number): number {
  return findRow(fetches, object)
}

/** Where the columns of a fetch begin. */
export function fetchColumns(row: number): number {
  return row * FETCH_WIDTH
}

export function endFetch({ fetches }: CacheNode, row: number): void {
  removeRow(fetches, row)
}

/** Whether a key was asked for so often that it may be kept. */
export function isWanted({ uses }: CacheNode, object: number, minUses: number): boolean {
  if (uses === undefined) return true
  const row = findRow(uses, object)
  return row !== NO_ROW && uses.values[row]! >= minUses
}

/** A key that is not held was asked for. @returns how often so far, at most `enough` */
export function countUse({ uses }: CacheNode, object: number, enough: number): number {
  if (uses === undefined) return enough
  let row = findRow(uses, object)
  if (row === NO_ROW) {
    if (uses.size === uses.atMost) return 1
    row = addRow(uses, object)
  }
  const n = Math.min(enough, uses.values[row]! + 1)
  uses.values[row] = n
  return n
}
