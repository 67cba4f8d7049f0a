/**
 * What a balancing strategy is: a rule that picks a replica from what a real balancer can see.
 *
 * It sees its own counts of requests in flight, the weights, and which replicas the balancer believes to be
 * ready; never the replica's true queue. Every balancer instance has its own pool and its own memory.
 * Readiness is filtered by the balancer: a strategy picks among `pool.ready` only.
 */

import type { Stream } from '../../base/stream.ts'
import type { Params, Policy } from '../policy.ts'

/** One balancer's view of the replicas of one tier; replicas are numbered 0 … size-1 in order of declaration. */
export interface Pool {
  readonly size: number
  /** What each replica is called, as configuration names it (some hashes place a replica by its name). */
  readonly names: readonly string[]
  /** The present, ns; strategies that remember when something happened read it. */
  now: number
  /** The numbers of the replicas that are believed ready, ascending, in the first `readyCount` places. */
  readonly ready: Int32Array
  readyCount: number
  /** 1 where a replica is believed ready, else 0. */
  readonly isReady: Uint8Array
  /** Weight, above 0. */
  readonly weight: Float64Array
  /** Requests this balancer has sent to a replica and not yet seen answered. */
  readonly inFlight: Int32Array
}

/** What a strategy may know of the request that is to be placed. */
export interface Asked {
  /** The key (object, path) asked for. */
  key: number
  /** The key as text, where it is not the number's digits. */
  text: string | undefined
  /** The client's address as a number. */
  address: number
}

/** A candidate with the figure that the rule compares, for "why this replica?". Lower is better unless said. */
export interface Score {
  readonly replica: number
  readonly score: number
  readonly note: string
}

/** No replica can be picked. */
export const NONE = -1

/**
 * A strategy whose memory is plain data of type M. The balancer calls the optional hooks after it has
 * changed the pool; a strategy that keeps no structure of its own leaves them out.
 */
export interface Strategy<M = unknown> extends Policy {
  /** Makes the memory for a pool as it is now (all counts may be non-zero, after a reload). */
  remember(params: Params, pool: Pool): M
  /** Picks a ready replica; `NONE` only when none is ready. Must not change the pool. */
  pick(pool: Pool, asked: Asked, memory: M, random: Stream): number
  /** A replica's readiness or weight has changed. */
  changed?(pool: Pool, memory: M, replica: number): void
  /** `inFlight` of a replica has just gone up by one. */
  sent?(pool: Pool, memory: M, replica: number): void
  /** `inFlight` of a replica has just gone down by one; the reply came after `latency` ns, or failed. */
  replied?(pool: Pool, memory: M, replica: number, latency: number, failed: boolean): void
  /** The figures by which it would pick now; does not change memory or draw. */
  explain(pool: Pool, asked: Asked, memory: M): readonly Score[]
}
