/** How a cache decides: what stays how long, what is served when it is old, and who fetches. */

import type { Duration } from '../../base/time.ts'
import type { Eviction } from '../eviction/eviction.ts'
import type { Params } from '../policy.ts'

/**
 * - `standard`: real time; one background fetch within grace; whoever waits for a fetch goes on when it ends
 * - `varnish`: the same, and an answer that must not be kept leaves a mark (hit-for-miss), so that nobody
 *   waits for the next one
 * - `nginx`: whole seconds; whoever waits looks again every 500 ms; old objects are not waited for
 */
export const CACHING_RULES = ['standard', 'varnish', 'nginx'] as const
export type CachingRule = (typeof CACHING_RULES)[number]

/** Never changes; frozen. Times in ns. */
export interface CachingSettings {
  readonly rule: CachingRule
  readonly eviction: Eviction
  readonly evictionParams: Params
  /** In objects, or in bytes when `hasSizes`. */
  readonly capacity: number
  readonly hasSizes: boolean
  /** True: who misses while the same object is being fetched waits for that fetch. */
  readonly coalesces: boolean
  /** How long an object stays after its ttl and grace, to be revalidated or served when the origin fails. */
  readonly keep: Duration
  /** Who is not asked for during so long goes, fresh or not (nginx's `inactive`); absent: that is no matter. */
  readonly inactive?: Duration
  /** How long an answer that must not be kept lets others go to the origin without waiting; 0: no mark. */
  readonly hitForMiss: Duration
  /** nginx: old objects are served while somebody fetches, whatever their grace (use_stale updating). */
  readonly servesWhileUpdating: boolean
  /** nginx: within grace, or with `servesWhileUpdating`, the fetch is made in the background. */
  readonly updatesInBackground: boolean
  /** nginx: how long one waits for a fetch at most, and after how long another may fetch beside it. */
  readonly lockTimeout: Duration
  readonly lockAge: Duration
  /** How often a key must have been asked for to be kept. */
  readonly minUses: number
  /** Objects are whole numbers below this, which costs four bytes each; absent or 0: they may be any. */
  readonly objectsBelow?: number
}

/** What an answer may be kept for. Times in ns. */
export interface Life {
  readonly ttl: Duration
  readonly grace: Duration
}

/** nginx: how often those look who wait for a fetch. */
export const POLL = 500e6
