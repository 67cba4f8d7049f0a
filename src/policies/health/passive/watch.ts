/**
 * What a rule for passive health is: it watches how requests end, and says which replicas are to be left out.
 * Its memory is plain data; time is handed in, in ns.
 */

import type { Params, Policy } from '../../policy.ts'

/** How a request to a replica ended. */
export const GOOD = 0
/** The replica answered with an error of its own (a 500). */
export const ERRED = 1
/** It answered that it cannot serve now (a 503). */
export const TURNED_AWAY = 2
/** Nothing listened. */
export const REFUSED = 3
/** The connection broke while it had the request. */
export const BROKEN = 4
/** The balancer had no answer in time. */
export const UNANSWERED = 5
/** It was called off; this says nothing of the replica. */
export const LEFT = 6
export type Ending =
  | typeof GOOD
  | typeof ERRED
  | typeof TURNED_AWAY
  | typeof REFUSED
  | typeof BROKEN
  | typeof UNANSWERED
  | typeof LEFT

export interface Watch<M = unknown> extends Policy {
  remember(params: Params, replicas: number): M
  /** A request goes to a replica. */
  sent?(memory: M, replica: number, now: number): void
  /**
   * A request has ended there.
   * @param weight the replica's, as configured
   * @returns what is taken of that weight for it, to come back pick by pick
   */
  ended(memory: M, replica: number, ending: Ending, weight: number, now: number): number
  /** True while the replica is to be left out. */
  isOut(memory: M, replica: number, now: number): boolean
  /** When `isOut` may change by itself; Infinity: not while nothing ends there. */
  again(memory: M, replica: number, now: number): number
  /** True while few requests may try it, and decide whether it is left out again; absent: never. Changes nothing. */
  isOnTrial?(memory: M, replica: number, now: number): boolean
  /**
   * True while neither a good ending nor a request sent there can change what the rule will ever say of the replica,
   * so that it need not be told of them; absent: never.
   */
  isCalm?(memory: M, replica: number): boolean
  /** Time between two sweeps, ns, for a rule that looks at all replicas now and then. */
  sweepEvery?(memory: M): number
  sweep?(memory: M, now: number): void
  /** What is wrong with parameters that are each right. */
  check?(params: Params): readonly string[]
}
