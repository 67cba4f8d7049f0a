/** The cache of a tier as the engine takes it. Durations in ns. */

import type { Duration } from '../base/time.ts'
import type { CachingRule } from '../policies/caching/settings.ts'
import type { Chosen } from '../policies/policy.ts'

/**
 * What a request that changes something does to what a cache holds of its object: `invalidate` takes it out,
 * `update` makes it new (write-through), `none` leaves it as it is.
 */
export const WRITE_EFFECTS = ['invalidate', 'update', 'none'] as const
export type WriteEffect = (typeof WRITE_EFFECTS)[number]

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
  /** How long beyond ttl and grace an object stays to be asked about; absent: not at all. */
  readonly keep?: Duration
  /** The cost of learning that an object held has not changed, of a full fetch, 0 to 1; absent: nobody asks. */
  readonly notModified?: number
  /** How long an error answer is kept. */
  readonly negative: Duration
  readonly coalesce: boolean
  /** How long an answer that must not be kept lets others go to the origin without waiting. */
  readonly hitForMiss: Duration
  /** The same, with a mark that no answer takes away before its time; absent: none. */
  readonly hitForPass?: Duration
  /** How long one waits for another's fetch at most (nginx). */
  readonly lockTimeout: Duration
  /** How often a key must have been asked for to be kept. */
  readonly minUses: number
  /** Who is not asked for during so long goes, fresh or not; absent: that is no matter. */
  readonly inactive?: Duration
  /** Share of new objects that are let in, by chance; absent: all. */
  readonly admission?: number
  /** Larger objects are not kept, bytes; absent: of any size. */
  readonly maxSize?: number
  /** Share of requests that go past it; absent: none. */
  readonly bypass?: number
  /**
   * Requests that change something; absent: as the rule has it. `delay`: until the other nodes of the tier have
   * done the same, ns; absent: they never hear of it.
   */
  readonly writes?: { readonly effect: WriteEffect; readonly delay?: Chosen }
  /** Share of keys whose answers must not be kept, 0 to 1. */
  readonly uncacheable: number
  /** How many variants of each object there are (Vary). */
  readonly variants: number
  /** Every object changes at its origin once in so long; absent: never. */
  readonly updates?: Duration
  /** A change at the origin takes the object out of the caches after a delay; `soft`: makes it old. Absent: it stays. */
  readonly invalidation?: { readonly delay: Duration; readonly soft: boolean }
}
