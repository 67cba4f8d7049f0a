/**
 * What a rule for active checks is: it counts results and says when the next check is due. It keeps a few
 * whole numbers for each replica; whoever checks keeps them in one array and hands in where they begin.
 */

import type { Params, Policy } from '../../policy.ts'

/** What became of a check: a good answer, an answer that tells of an error, no connection, no answer in time. */
export const PASSED = 0
export const ERRED = 1
export const REFUSED = 2
export const UNANSWERED = 3
export type CheckResult = typeof PASSED | typeof ERRED | typeof REFUSED | typeof UNANSWERED

export interface CheckRule extends Policy {
  /** Numbers that it keeps for each replica. */
  readonly figures: number
  /** Its numbers before the first check; they are 0 when this is called. */
  begin(params: Params, memory: Int32Array, at: number): void
  /** True when the replica may get requests. */
  isUp(params: Params, memory: Int32Array, at: number): boolean
  /** A check has ended. */
  conclude(params: Params, memory: Int32Array, at: number, result: CheckResult): void
  /** Time from the start of the run to the first check of a replica, ns. @param place 0 … count-1 */
  first(params: Params, place: number, count: number): number
  /** How long a check may take, ns. */
  timeout(params: Params, memory: Int32Array, at: number): number
  /** Time to the next check, ns, counted from the `start` or the `end` of the one before. */
  wait(params: Params, memory: Int32Array, at: number, hasTraffic: boolean): number
  readonly countsFrom: 'start' | 'end'
  /** Traffic has told of errors, and this is held against the replica (HAProxy's `on-error`). */
  blame?(params: Params, memory: Int32Array, at: number, how: Blame): void
  /** Its parameters change while it runs: its numbers are made to say the same of a replica by the new ones; absent: they do. */
  carryOver?(before: Params, after: Params, memory: Int32Array, at: number): void
  /** What is wrong with parameters that are each right. */
  check?(params: Params): readonly string[]
}

/** HAProxy's `on-error`: check sooner; as a failed check; as the last but one failed check; down at once. */
export type Blame = 'fastinter' | 'fail-check' | 'sudden-death' | 'mark-down'
