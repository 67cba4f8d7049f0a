/** The cache of a tier as the engine takes it. Durations in ns. */

import type { Duration } from '../base/time.ts'
import type { CachingRule } from '../policies/caching/settings.ts'
import type { Chosen } from '../policies/policy.ts'

export interface CacheSettings {
  /** `tier`: every replica is a cache in front of the next tier; `sidecar`: each has one in front of its own service. */
  readonly at: 'tier' | 'sidecar'
  readonly rule: CachingRule
  /** Of each replica: objects, or bytes when `hasSizes`. */
  readonly capacity: number
  readonly hasSizes: boolean
  readonly eviction: Chosen
  readonly ttl: Duration
  /** Up to this share of a ttl is taken off by chance, 0 to 1. */
  readonly ttlJitter: number
  /** How long beyond its ttl an object is served while it is fetched in the background. */
  readonly grace: Duration
  /** How long beyond its ttl an object is served when its fetch fails. */
  readonly staleIfError: Duration
  /** How long an error answer is kept. */
  readonly negative: Duration
  readonly coalesce: boolean
  /** How long an answer that must not be kept lets others go to the origin without waiting. */
  readonly hitForMiss: Duration
  /** How long one waits for another's fetch at most (nginx). */
  readonly lockTimeout: Duration
  /** How often a key must have been asked for to be kept. */
  readonly minUses: number
  /** Share of keys whose answers must not be kept, 0 to 1. */
  readonly uncacheable: number
  /** How many variants of each object there are (Vary). */
  readonly variants: number
  /** Every object changes at its origin once in so long; absent: never. */
  readonly updates?: Duration
  /** A change at the origin takes the object out of the caches after a delay; `soft`: makes it old. Absent: it stays. */
  readonly invalidation?: { readonly delay: Duration; readonly soft: boolean }
}
