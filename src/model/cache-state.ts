/** Caches of tiers: what never changes of them, and what every node remembers. */

import { type KeyedRows, keyedRows } from '../base/keyed-rows.ts'
import { type Stream, stream } from '../base/stream.ts'
import type { Duration, Instant } from '../base/time.ts'
import { type CacheNode, cacheNode } from '../policies/caching/cache-node.ts'
import type { CachingSettings, Life } from '../policies/caching/settings.ts'
import { evictions } from '../policies/eviction/index.ts'
import type { CacheSettings, WriteEffect } from '../scenario/cache.ts'
import type { Scenario, Tier } from '../scenario/scenario.ts'
import type { Drawn } from './cluster.ts'
import { drawn } from './drawn.ts'
import { areKnown } from './visitors.ts'

/** Columns of news under way. */
export const NEWS_WIDTH = 2

/** Of a tier; frozen. Durations in ns. */
export interface FixedCache {
  readonly settings: CachingSettings
  /** What is added to a request's number for a fetch in the background. */
  readonly fraction: number
  /** Its own in a byte: one for each tier with a cache. */
  readonly bit: number
  /** True: in front of its own service; false: in front of the next tier. */
  readonly isSidecar: boolean
  readonly life: Life
  /** Up to this share of a ttl is taken off by chance. */
  readonly ttlJitter: number
  readonly staleIfError: Duration
  /** How long a failure is kept; 0: it is not. */
  readonly negative: Duration
  /** What it costs to learn that nothing has changed, in the tiers from `first` to `end` - 1; undefined: nobody asks. */
  readonly notModified: { readonly share: number; readonly first: number; readonly end: number } | undefined
  /** How long a mark lets all requests pass; 0: no mark. */
  readonly hitForPass: Duration
  /** Share of new objects that are let in, and their greatest size. */
  readonly admission: number
  readonly maxSize: number
  /** Share of requests that go past it. */
  readonly bypass: number
  /** What requests that change something do to what is held; undefined: there are none. Without a delay other nodes never hear. */
  readonly writes: { readonly effect: WriteEffect; readonly delay: Drawn | undefined } | undefined
  /** Share of keys whose answers must not be kept. */
  readonly uncacheable: number
  readonly variants: number
  /** Every object changes once in so long; undefined: never. */
  readonly updates: Duration | undefined
  /** What a change at the origin does to what is held; undefined: nothing. */
  readonly invalidation: { readonly delay: Duration; readonly soft: boolean } | undefined
}

/** What the caches of all tiers remember. */
export interface CacheTable {
  /** By node; undefined in tiers without a cache. */
  readonly nodes: (CacheNode | undefined)[]
  /** By node: for eviction and jitter. */
  readonly random: (Stream | undefined)[]
  /** By tier: when everything changed at the origin at once. */
  readonly updates: Instant[][]
  /** By request's row: which caches on its way have only asked whether what they hold has changed. */
  conditional: Uint8Array
  /** By the row of the request that a request is a try of: see cache-versions.ts; undefined with one level of caches. */
  readonly versions: { of: Float64Array } | undefined
  /** When each object was last written at its origin. */
  readonly written: KeyedRows
  /** News of that under way: see cache-past.ts. */
  readonly news: KeyedRows
  newsSent: number
  /** The last tier with a cache, or -1. */
  readonly innermost: number
}

/** Undefined when neither a tier nor a client has a cache. */
export function cacheTable({ tiers, seed, clients }: Scenario): CacheTable | undefined {
  if ([...tiers, ...clients].every(({ cache }) => cache === undefined)) return undefined
  const levels = tiers.filter(({ cache }) => cache !== undefined).length
  const hasLevels = levels > 1 || (levels === 1 && clients.some(({ cache }) => cache !== undefined))
  const each = tiers.flatMap((tier) => {
    const settings = tier.cache && settingsOf(tier, clients)
    return tier.replicas.map(({ id }) => ({ settings, id }))
  })
  return {
    nodes: each.map(({ settings }) => settings && cacheNode(settings, hasWrites(clients), hasLevels)),
    random: each.map(({ settings, id }) => settings && stream(seed, `cache/${id}`)),
    updates: tiers.map(() => []),
    conditional: new Uint8Array(0),
    versions: hasLevels ? { of: new Float64Array(0) } : undefined,
    written: keyedRows(1),
    news: keyedRows(NEWS_WIDTH),
    newsSent: 0,
    innermost: tiers.findLastIndex(({ cache }) => cache !== undefined),
  }
}

/** Undefined when a tier has none. */
export function fixedCache({ tiers, clients }: Scenario, tier: number): FixedCache | undefined {
  const { cache } = tiers[tier]!
  if (cache === undefined) return undefined
  const { at, ttl, grace, ttlJitter, staleIfError, negative, uncacheable, variants } = cache
  const number = tiers.slice(0, tier).filter((before) => before.cache).length
  return Object.freeze({
    settings: settingsOf(tiers[tier]!, clients),
    fraction: 1 / (2 << number),
    bit: 1 << number,
    isSidecar: at === 'sidecar',
    life: Object.freeze({ ttl, grace }),
    ttlJitter,
    staleIfError,
    negative,
    notModified: cheapAnswer(tiers, tier),
    hitForPass: cache.hitForPass ?? 0,
    admission: cache.admission ?? 1,
    maxSize: cache.maxSize ?? Infinity,
    bypass: cache.bypass ?? 0,
    writes: hasWrites(clients) ? writesOf(cache) : undefined,
    uncacheable,
    variants,
    updates: cache.updates,
    invalidation: cache.invalidation,
  })
}

function hasWrites(clients: Scenario['clients']): boolean {
  return clients.some(({ writes }) => writes !== undefined && writes > 0)
}

/** Neither nginx nor Varnish takes out what a request has changed; RFC 9111 wants that. */
function writesOf({ writes, rule }: CacheSettings): FixedCache['writes'] {
  const { effect, delay } = writes ?? { effect: rule === 'standard' ? 'invalidate' : 'none' }
  return Object.freeze({ effect, delay: delay && drawn(delay) })
}

/** The tiers behind, up to the next one that has a cache: what that says is its own affair. */
function cheapAnswer(tiers: Scenario['tiers'], tier: number): FixedCache['notModified'] {
  const { at, notModified: share } = tiers[tier]!.cache!
  if (share === undefined) return undefined
  const first = at === 'sidecar' ? tier : tier + 1
  const next = tiers.findIndex(({ cache }, t) => t > tier && cache !== undefined)
  const isInFront = next >= 0 && tiers[next]!.cache!.at === 'tier'
  return Object.freeze({ share, first, end: next < 0 ? tiers.length : next + (isInFront ? 1 : 0) })
}

/** At most so many places are laid out for objects by number at all nodes of a tier together, 4 bytes each. */
const MOST_PLACES = 1 << 21

/** Objects are whole numbers below this; 0: they are too many, or not known. */
function objectsBelow(clients: Scenario['clients'], variants: number, nodes: number): number {
  const keys = clients.reduce((most, { keys }) => Math.max(most, Number(keys.params.count)), 0)
  return areKnown(clients) && keys * variants * nodes <= MOST_PLACES ? keys * variants : 0
}

function settingsOf({ cache, replicas }: Tier, clients: Scenario['clients']): CachingSettings {
  const { rule, capacity, hasSizes, eviction, coalesce, staleIfError, hitForMiss, minUses } = cache!
  const { inactive, lockTimeout, variants } = cache!
  return Object.freeze({
    rule,
    eviction: evictions.get(eviction.policy),
    evictionParams: eviction.params,
    capacity,
    hasSizes,
    coalesces: coalesce,
    keep: Math.max(staleIfError, cache!.keep ?? 0),
    hitForMiss,
    servesWhileUpdating: false,
    updatesInBackground: true,
    lockTimeout,
    lockAge: lockTimeout,
    minUses,
    objectsBelow: objectsBelow(clients, variants, replicas.length),
    ...(inactive === undefined ? {} : { inactive }),
  })
}
