/** What a cache does with a request: serves what it holds, fetches, or lets it wait for a fetch under way. */

import { NO_ROW } from '../../base/keyed-rows.ts'
import type { Instant } from '../../base/time.ts'
import { drop, use } from '../eviction/cache.ts'
import type { CacheNode } from './cache-node.ts'
import * as node from './cache-node.ts'
import type { CachingSettings } from './settings.ts'
import { EXPIRED, HIT, MISS, MISS_ALONE, PASS, STALE, STALE_AND_FETCH, WAIT } from './verdicts.ts'

/**
 * Asks for an object.
 * @param waited how long it has waited already for a fetch of it, ns
 * @param tolerates the age beyond its ttl that the client takes, ns (Varnish's req.grace)
 */
export function lookUp(
  cache: CacheNode,
  settings: CachingSettings,
  object: number,
  now: Instant,
  waited = 0,
  tolerates = Infinity,
): number {
  let slot = node.slotOf(cache, object)
  if (slot !== NO_ROW && cache.used !== undefined) slot = unlessIdle(cache, settings, slot, now)
  if (slot === NO_ROW) return absent(cache, settings, object, now, waited)
  const verdict =
    settings.rule === 'nginx'
      ? inSeconds(cache, settings, object, slot, now)
      : exactly(cache, slot, now, object, tolerates)
  if (verdict === NOTHING_TO_SERVE) {
    const isKept =
      now - node.storedAt(cache, slot) <= node.ttlAt(cache, slot) + node.graceAt(cache, slot) + settings.keep
    if (!isKept) drop(settings.eviction, cache.held, slot)
    return absent(cache, settings, object, now, waited)
  }
  use(settings.eviction, cache.held, slot, now)
  return verdict
}

/** Notes that it is asked for; what nobody has asked for during too long goes. @returns its slot, or `NO_ROW` */
function unlessIdle(cache: CacheNode, settings: CachingSettings, slot: number, now: Instant): number {
  const idle = now - cache.used![slot]!
  cache.used![slot] = now
  if (idle < settings.inactive!) return slot
  drop(settings.eviction, cache.held, slot)
  return NO_ROW
}

/** Between verdicts: what is held cannot be served. */
const NOTHING_TO_SERVE = -1

/** Real time, as Varnish has it. */
function exactly(cache: CacheNode, slot: number, now: Instant, object: number, tolerates: number): number {
  const age = now - node.storedAt(cache, slot)
  const ttl = node.ttlAt(cache, slot)
  const kind = node.kindAt(cache, slot)
  if (age <= ttl) {
    if (kind === node.HIT_FOR_MISS) return MISS_ALONE
    return kind === node.HIT_FOR_PASS ? PASS : HIT
  }
  const isAnswer = kind === node.ANSWER || kind === node.FAILURE
  if (!isAnswer || age > ttl + Math.min(tolerates, node.graceAt(cache, slot))) return NOTHING_TO_SERVE
  return node.fetchOf(cache, object) === NO_ROW ? STALE_AND_FETCH : STALE
}

/** Whole seconds, both ends included, as nginx has it. */
function inSeconds(
  cache: CacheNode,
  { servesWhileUpdating, updatesInBackground }: CachingSettings,
  object: number,
  slot: number,
  now: Instant,
): number {
  const kind = node.kindAt(cache, slot)
  if (kind === node.HIT_FOR_MISS || kind === node.HIT_FOR_PASS) return NOTHING_TO_SERVE
  const second = Math.floor(now / 1e9)
  const expires = Math.floor(node.storedAt(cache, slot) / 1e9) + Math.floor(node.ttlAt(cache, slot) / 1e9)
  if (second <= expires) return HIT
  const mayServe = servesWhileUpdating || second <= expires + Math.floor(node.graceAt(cache, slot) / 1e9)
  if (mayServe && node.fetchOf(cache, object) !== NO_ROW) {
    // A header's stale-while-revalidate works only together with background updates.
    return servesWhileUpdating || updatesInBackground ? STALE : EXPIRED
  }
  return mayServe && updatesInBackground ? STALE_AND_FETCH : EXPIRED
}

function absent(
  cache: CacheNode,
  settings: CachingSettings,
  object: number,
  now: Instant,
  waited: number,
): number {
  if (waited === 0) settings.eviction.missed?.(cache.held.shelf, cache.held.memory, object)
  if (node.countUse(cache, object, settings.minUses) < settings.minUses) return PASS
  const row = node.fetchOf(cache, object)
  if (row === NO_ROW) return MISS
  if (!settings.coalesces) return MISS_ALONE
  if (settings.rule !== 'nginx') return WAIT
  if (waited >= settings.lockTimeout) return PASS
  const since = cache.fetches.values[node.fetchColumns(row) + node.SINCE]!
  return now - since >= settings.lockAge ? MISS : WAIT
}

/**
 * The origin has failed: may what is held be served nevertheless?
 * @param staleIfError how long beyond its ttl, ns
 */
export function mayServeOnError(
  cache: CacheNode,
  { rule }: CachingSettings,
  object: number,
  staleIfError: number,
  now: Instant,
): boolean {
  const slot = node.slotOf(cache, object)
  if (slot === NO_ROW || node.kindAt(cache, slot) !== node.ANSWER) return false
  const stored = node.storedAt(cache, slot)
  const life = node.ttlAt(cache, slot) + staleIfError
  return rule === 'nginx' ? second(now) <= second(stored) + second(life) : now - stored <= life
}

function second(time: number): number {
  return Math.floor(time / 1e9)
}
