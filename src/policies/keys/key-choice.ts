/** How a request's key is chosen from a population of keys 0 … count-1; key 0 is the most popular. */

import type { Stream } from '../../base/stream.ts'
import type { Instant } from '../../base/time.ts'
import type { Params, Policy } from '../policy.ts'

/** Draws a key for a request born at `now`. Pure: all memory is in the stream. */
export type KeySampler = (random: Stream, now: Instant) => number

export interface KeyChoice extends Policy {
  sampler(params: Params): KeySampler
  check?(params: Params): readonly string[]
}
