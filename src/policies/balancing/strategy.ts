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
  /** Requests this balancer has sent to a replica and not yet seen answered; old when the balancer's information is. */
  readonly inFlight: Int32Array
  /** 1 where a replica has as many requests as it may; kept up only for strategies that see it (`whenFull`). */
  readonly isFull: Uint8Array
  /** Requests that are truly at a replica, whoever sent them; kept up only for oracles. */
  readonly inSystem: Int32Array
}

/** What a replica tells of itself: with an answer, or when it is probed. */
export interface LoadReport {
  /** Share of its slots that were busy, 0 to 1. */
  readonly utilisation: number
  /** Requests it has, waiting or in service, whoever sent them. */
  readonly inSystem: number
  /** Answers and failures per second, as it counts them. */
  readonly requestsPerSecond: number
  readonly errorsPerSecond: number
  /** How long the work on this request took it, without waiting, ns; 0 for probes. */
  readonly serviceTime: number
  /** How long requests have lately taken it, waiting included, ns; 0 before the first. */
  readonly latency: number
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

/**
 * What becomes of a full replica (one that has as many requests from this balancer as it may).
 *
 * - `skip`: it counts as not ready while it is full
 * - `see`: it stays in the pool, and the strategy looks at `pool.isFull` itself; it may pick `NONE`
 * - `wait`: it stays in the pool, and a request that is meant for it waits for it
 */
export type WhenFull = 'skip' | 'see' | 'wait'

/** What becomes of full replicas under a strategy with these parameters. */
export function whenFullOf({ whenFull = 'skip' }: Pick<Strategy, 'whenFull'>, params: Params): WhenFull {
  return typeof whenFull === 'function' ? whenFull(params) : whenFull
}

/** A candidate with the figure that the rule compares, for "why this replica?". */
export interface Score {
  readonly replica: number
  /** Lower is better. */
  readonly score: number
  /** The figure as its source knows it, where there more is better; absent: `score`. */
  readonly figure?: number
  /** What it is made of, and which wins. */
  readonly note: string
}

/** No replica can be picked. */
export const NONE = -1

/**
 * A strategy whose memory is plain data of type M. The balancer calls the optional hooks after it has
 * changed the pool; a strategy that keeps no structure of its own leaves them out.
 */
export interface Strategy<M = unknown> extends Policy {
  /** What is wrong with parameters that are each right; a sentence for each problem. */
  check?(params: Params): readonly string[]
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
  /** A failure is held against a replica: so much of its weight is taken, and comes back pick by pick. */
  penalised?(pool: Pool, memory: M, replica: number, weight: number): void
  /** An answer or a probe has brought a replica's own word on its load. */
  reported?(pool: Pool, memory: M, replica: number, report: LoadReport): void
  /** Called after every pick, again and again until it gives `NONE`: the replica to probe now. */
  toProbe?(pool: Pool, memory: M, random: Stream): number
  /** Default: `skip`. */
  readonly whenFull?: WhenFull | ((params: Params) => WhenFull)
  /** True for a strategy that sees `pool.inSystem`, which no real balancer does. */
  readonly isOracle?: boolean
  /**
   * True when all it knows of load are the counts in `pool.inFlight`, which it reads at a pick or at
   * `changed`: then it keeps right when the counts are old and it is told of no request (`refresh`).
   */
  readonly bearsOldCounts?: boolean
  /** True when a request's key or address decides: the same goes to the same replica while the pool stays as it is. */
  readonly isKeyed?: boolean
  /** The figures by which it would pick now; does not change memory or draw. */
  explain(pool: Pool, asked: Asked, memory: M): readonly Score[]
}
