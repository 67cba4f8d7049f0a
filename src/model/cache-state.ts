/** Caches of tiers: what never changes of them, and what every node remembers. */

import { type Stream, stream } from '../base/stream.ts'
import type { Duration, Instant } from '../base/time.ts'
import { type CacheNode, cacheNode } from '../policies/caching/cache-node.ts'
import type { CachingSettings, Life } from '../policies/caching/settings.ts'
import { evictions } from '../policies/eviction/index.ts'
import type { CacheSettings } from '../scenario/cache.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** Of a tier; frozen. Durations in ns. */
export interface FixedCache {
  readonly settings: CachingSettings
  /** What is added to a request's number for a fetch in the background. */
  readonly fraction: number
  /** True: in front of its own service; false: in front of the next tier. */
  readonly isSidecar: boolean
  readonly life: Life
  /** Up to this share of a ttl is taken off by chance. */
  readonly ttlJitter: number
  readonly staleIfError: Duration
  /** How long a failure is kept; 0: it is not. */
  readonly negative: Duration
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
}

/** Undefined when no tier has a cache. */
export function cacheTable({ tiers, seed }: Scenario): CacheTable | undefined {
  if (tiers.every(({ cache }) => cache === undefined)) return undefined
  const each = tiers.flatMap(({ cache, replicas }) => replicas.map(({ id }) => ({ cache, id })))
  return {
    nodes: each.map(({ cache }) => cache && cacheNode(settingsOf(cache))),
    random: each.map(({ cache, id }) => cache && stream(seed, `cache/${id}`)),
    updates: tiers.map(() => []),
  }
}

/** Undefined when a tier has none. */
export function fixedCache({ tiers }: Scenario, tier: number): FixedCache | undefined {
  const { cache } = tiers[tier]!
  if (cache === undefined) return undefined
  const { at, ttl, grace, ttlJitter, staleIfError, negative, uncacheable, variants } = cache
  return Object.freeze({
    settings: settingsOf(cache),
    fraction: 1 / (2 << tiers.slice(0, tier).filter((before) => before.cache).length),
    isSidecar: at === 'sidecar',
    life: Object.freeze({ ttl, grace }),
    ttlJitter,
    staleIfError,
    negative,
    uncacheable,
    variants,
    updates: cache.updates,
    invalidation: cache.invalidation,
  })
}

function settingsOf(cache: CacheSettings): CachingSettings {
  const { rule, capacity, hasSizes, eviction, coalesce, staleIfError, hitForMiss, minUses } = cache
  return Object.freeze({
    rule,
    eviction: evictions.get(eviction.policy),
    evictionParams: eviction.params,
    capacity,
    hasSizes,
    coalesces: coalesce,
    keep: staleIfError,
    hitForMiss,
    servesWhileUpdating: false,
    updatesInBackground: true,
    lockTimeout: cache.lockTimeout,
    lockAge: cache.lockTimeout,
    minUses,
  })
}
