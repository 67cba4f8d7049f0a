/**
 * Adaptive throttling: a client that sees its requests turned away drops some itself, before they are sent.
 * Of the last two minutes it counts what it wanted to send and what was accepted, and drops with probability
 * max(0, (requests - K accepts) / (requests + 1)).
 *
 * Source: Beyer et al., Site Reliability Engineering, chapter 21, "Client-side throttling".
 */

import type { Duration, Instant } from '../../base/time.ts'

export interface Throttle {
  /** 2: a client sends up to twice of what is accepted. */
  readonly k: number
  /** How far back it counts, ns. */
  readonly window: Duration
}

/** The window moves in so many steps. */
const STEPS = 120

/** Memory: number of the present step, sums of requests and accepts, then both by step. */
const STEP = 0
const REQUESTS = 1
const ACCEPTS = 2
const BY_STEP = 3

export function openThrottle(): Float64Array {
  return new Float64Array(BY_STEP + 2 * STEPS)
}

/** The probability with which the next request is dropped. */
export function dropShare(requests: number, accepts: number, k: number): number {
  return Math.max(0, (requests - k * accepts) / (requests + 1))
}

/** The same, from what was counted up to now. */
export function dropShareNow(throttle: Throttle, memory: Float64Array, now: Instant): number {
  moveOn(throttle, memory, now)
  return dropShare(memory[REQUESTS]!, memory[ACCEPTS]!, throttle.k)
}

/** A request that its client wanted to send, whether it was dropped or not. */
export function noteRequest(throttle: Throttle, memory: Float64Array, now: Instant): void {
  note(throttle, memory, now, 0)
}

/** A request that was accepted: it was not turned away for the server's load. */
export function noteAccept(throttle: Throttle, memory: Float64Array, now: Instant): void {
  note(throttle, memory, now, 1)
}

function note(throttle: Throttle, memory: Float64Array, now: Instant, which: 0 | 1): void {
  moveOn(throttle, memory, now)
  memory[REQUESTS + which]!++
  memory[BY_STEP + 2 * (memory[STEP]! % STEPS) + which]!++
}

/** Forgets the steps that have left the window. */
function moveOn({ window }: Throttle, memory: Float64Array, now: Instant): void {
  const step = Math.floor((now * STEPS) / window)
  const passed = step - memory[STEP]!
  if (passed === 0) return
  if (passed >= STEPS) memory.fill(0)
  else {
    for (let s = memory[STEP]! + 1; s <= step; s++) {
      const at = BY_STEP + 2 * (s % STEPS)
      memory[REQUESTS]! -= memory[at]!
      memory[ACCEPTS]! -= memory[at + 1]!
      memory[at] = 0
      memory[at + 1] = 0
    }
  }
  memory[STEP] = step
}
