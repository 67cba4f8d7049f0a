/**
 * Hedging: when an answer is late, the same request is sent once more, and the first answer counts. How late
 * is late is a fixed delay, or a quantile of the latencies seen lately. Where more than one answer is needed, a
 * delay of nothing makes it a fan-out that waits for all, or for a quorum.
 *
 * Sources: J. Dean, L. Barroso, "The Tail at Scale", CACM 56(2), 2013 (after the 95th percentile); gRPC
 * proposal A6 (maxAttempts, hedgingDelay).
 */

import type { Duration } from '../../base/time.ts'

export interface Hedge {
  /** ns; undefined: learned. */
  readonly delay: Duration | undefined
  /** The quantile that is learned, 0 to 1. */
  readonly quantile: number
  /** Copies beyond the first. */
  readonly copies: number
  /** Good answers that are needed: all of them (fan-out), or a quorum; 1 when absent. */
  readonly needed?: number
  /** True: copies that are no longer needed are called off. */
  readonly cancels: boolean
  /**
   * True: the work of a copy is drawn anew, as if the replica made an answer late; false: a copy has the same
   * work, as if the request did.
   */
  readonly fresh: boolean
}

/** Latencies that a quantile is taken of, and how many new ones make it worth while to take it again. */
const KEPT = 1000
const EVERY = 50

/** Memory: latencies seen, the quantile, and the last latencies. */
const SEEN = 0
const LEARNED = 1
const LAST = 2

export function openHedge(hedge: Hedge): Float64Array {
  return new Float64Array(hedge.delay === undefined ? LAST + KEPT : 0)
}

/** How long to wait for an answer before the next copy, ns; Infinity while that is not known. */
export function hedgeDelay(hedge: Hedge, memory: Float64Array): Duration {
  if (hedge.delay !== undefined) return hedge.delay
  return memory[SEEN]! < EVERY ? Infinity : memory[LEARNED]!
}

/** An answer is there, so many ns after its request was sent. */
export function learnLatency(hedge: Hedge, memory: Float64Array, latency: Duration): void {
  if (hedge.delay !== undefined) return
  const seen = memory[SEEN]!
  memory[LAST + (seen % KEPT)] = latency
  memory[SEEN] = seen + 1
  if ((seen + 1) % EVERY !== 0) return
  const last = memory.slice(LAST, LAST + Math.min(seen + 1, KEPT)).sort()
  memory[LEARNED] = last[Math.max(0, Math.ceil(hedge.quantile * last.length) - 1)]!
}
