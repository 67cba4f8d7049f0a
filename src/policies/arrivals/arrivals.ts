/** Arrival processes: when the next request of a client population comes. */

import type { Stream } from '../../base/stream.ts'
import type { Instant } from '../../base/time.ts'
import type { Params, Policy } from '../policy.ts'

/** Plain numbers that an arrival process carries from one arrival to the next (part of every snapshot). */
export type ArrivalMemory = Float64Array

/**
 * Gives the instant of the next arrival strictly by the process's own law, given that the last one was (or
 * the process began) at `now`; Infinity when none will come.
 */
export type NextArrival = (now: Instant, memory: ArrivalMemory, random: Stream) => Instant

/**
 * - `open`: requests come by their own clock, whatever happens to earlier ones
 * - `closed`: users send, wait for the answer, think, and send again (no `next`; parameters `users`,
 *   `thinkTime`)
 * - `log`: requests come as an access log recorded them (no `next`)
 */
export type ArrivalMode = 'open' | 'closed' | 'log'

export interface Arrivals extends Policy {
  readonly mode: ArrivalMode
  /** How many numbers of memory it needs, all 0 at first. */
  readonly memory: number
  /** Compiles the parameters; absent unless the mode is `open`. */
  next?(params: Params): NextArrival
  /** Long-run mean rate per second where it has one; for display and for load figures. */
  meanRate?(params: Params): number
  check?(params: Params): readonly string[]
}
