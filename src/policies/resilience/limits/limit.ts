/**
 * What an adaptive concurrency limit is: a rule that learns from latencies and drops how many requests may be
 * under way at one replica. Its memory is a few doubles, the first of which is the limit.
 */

import type { Stream } from '../../../base/stream.ts'
import type { Duration } from '../../../base/time.ts'
import type { Params, Policy } from '../../policy.ts'

/** Place of the limit in the memory; may be a fraction. */
export const LIMIT = 0

export interface AdaptiveLimit extends Policy {
  remember(params: Params): Float64Array
  /**
   * A request has ended.
   * @param took ns at the replica
   * @param underWay requests there when it ended, with it
   * @param dropped true when it was not served
   */
  ended(
    params: Params,
    memory: Float64Array,
    took: Duration,
    underWay: number,
    dropped: boolean,
    random: Stream,
  ): void
  /** Problems between parameters that bounds cannot express; none: []. */
  check?(params: Params): readonly string[]
}

/** Parameters that all of them have. */
export const bounds = {
  initial: {
    kind: 'integer',
    title: 'Initial',
    summary: 'Requests that may be under way at the beginning.',
    default: 20,
    min: 1,
    max: 1e6,
  },
  least: {
    kind: 'integer',
    title: 'Least',
    summary: 'The limit falls no lower.',
    default: 1,
    min: 1,
    max: 1e6,
  },
  most: {
    kind: 'integer',
    title: 'Most',
    summary: 'The limit rises no higher.',
    default: 200,
    min: 1,
    max: 1e6,
  },
} as const

/** A parameter of those that do not jump to what they want; each has its own default. */
export const smoothing = {
  kind: 'share',
  title: 'Smoothing',
  summary: 'How much of a new limit is taken over at once.',
  min: 0.01,
  max: 1,
} as const

export function checkBounds(params: Params): readonly string[] {
  return Number(params.least) > Number(params.most) ? ['"least" is above "most"'] : []
}

/** A limit between its bounds. */
export function within({ least, most }: { readonly least: number; readonly most: number }, limit: number) {
  return Math.max(least, Math.min(most, limit))
}
