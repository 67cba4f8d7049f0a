/** What can befall a cluster at a given instant, as the engine takes it. */

import type { Instant } from '../base/time.ts'
import type { CheckChange } from '../policies/health/active/changed.ts'
import type { Chosen } from '../policies/policy.ts'
import type { Rollout } from './membership.ts'

/**
 * - `crash`, `hang`, `slow`, `errors`, `recover`: of replicas; `recover` ends the four others and `pause`
 * - `purge`, `softPurge`, `update`: of what caches hold
 * - `pause`: replicas stand still now and then, as for garbage collection
 * - `flap`: replicas crash and come back, again and again
 * - `partition`, `latency`, `loss`: of the way between balancers and replicas
 * - `slots`: replicas serve more at once, or fewer; what is being served is served to its end
 * - `drain`, `weight`: an operator's word to the balancers
 * - `spike`: more requests of a population, or fewer
 * - `reload`: balancers forget all counts, as with a new configuration
 * - `down`: balancers in front are dead
 * - `balance`, `checks`: a tier's balancers choose, or check, by other settings from now on
 * - `deploy`: a new version replaces the old one
 * - `scale`: a tier shall have so many replicas
 */
export type FaultKind =
  | 'crash'
  | 'hang'
  | 'slow'
  | 'errors'
  | 'recover'
  | 'purge'
  | 'softPurge'
  | 'update'
  | 'pause'
  | 'flap'
  | 'partition'
  | 'latency'
  | 'loss'
  | 'drain'
  | 'weight'
  | 'spike'
  | 'reload'
  | 'down'
  | 'deploy'
  | 'scale'
  | 'balance'
  | 'checks'
  | 'slots'

/** A timed entry: what happens, where and when. A click on the screen adds one. */
export interface Fault {
  readonly at: Instant
  readonly kind: FaultKind
  /** Number of the tier. */
  readonly tier: number
  /** Number of the replica in its tier; -1: all of them. */
  readonly replica: number
  /**
   * `slow`: how many times longer everything takes; `errors`: share of requests that fail; `loss`: share of
   * messages lost; `latency`: ns added each way; `weight`: of what is configured; `spike`: how many times as
   * many requests; `scale`: replicas; `slots`: of each replica.
   */
  readonly amount: number
  /** True: what began earlier ends here. `recover` has an entry of its own. */
  readonly ends?: true
  /** Of a partition, latency or loss: the one balancer of those that send to the tier; absent: all. */
  readonly from?: number
  /** Of a partition: what a message meets. */
  readonly as?: 'blackhole' | 'refuse'
  /** Of errors and purges: they strike only this share of all keys; absent: all. */
  readonly keys?: number
  /** Of errors: the connection breaks off instead of an answer (a 502 at the client). */
  readonly breaksOff?: true
  /** Of a pause: from one to the next, and how long each is; of flapping: up and down, ns. */
  readonly every?: Chosen
  readonly lasts?: Chosen
  /** Of pauses and flapping: none begins from here on. */
  readonly until?: Instant
  /** Of a spike: number of the population. */
  readonly client?: number
  /** Of a balancer that is down or reloads: its number; absent: all. */
  readonly balancer?: number
  readonly rollout?: Rollout
  /** Of `balance`: what is chosen by from now on. */
  readonly strategy?: Chosen
  /** Of `checks`: the settings that change. */
  readonly checks?: CheckChange
}
