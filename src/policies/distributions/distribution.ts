/** What a probability distribution is to the simulator: a sampler, and the truths it is tested against. */

import type { Stream } from '../../base/stream.ts'
import type { Params, Policy } from '../policy.ts'

/** Draws one value; a distribution of durations draws nanoseconds, not rounded. */
export type Sampler = (random: Stream) => number

/**
 * A distribution by name. Every function takes the parameters as a scenario holds them (see `Chosen`), so
 * that a compiled sampler can be thrown away and made again at any time: it holds no state.
 */
export interface Distribution extends Policy {
  /** Compiles the parameters into a sampler. */
  sampler(params: Params): Sampler
  /** The expected value, in the unit of the values. */
  mean(params: Params): number
  /** The variance, in the square of that unit; Infinity where there is none. */
  variance(params: Params): number
  /** The probability of a value of at most `x`. */
  cdf(params: Params, x: number): number
  /** Problems between parameters that bounds cannot express ("min must be below max"); none: []. */
  check?(params: Params): readonly string[]
}
