/** What can be done about a row: an experiment that several rows may share, or the reason why there is none. */

import type { Row } from './row.ts'
import type { Measured } from './verdict.ts'

/** Answers questions about one model with one set of parameters. */
export interface Experiment {
  /** Rows whose experiments have the same key are answered by one run. */
  readonly key: string
  /** Requests (or draws) that one observation costs; 0 when the answer is computed, not sampled. */
  readonly cost: number
  /** Fewer observations than this say nothing. */
  readonly least: number
  /**
   * @param rows at most one for each quantity
   * @param n observations to make; what the N of the rows' tolerances counts
   * @returns for each row what was measured, or why its quantity is not known here
   */
  run(rows: readonly Row[], n: number, seed: string): readonly (Measured | CannotRun)[]
}

/** The reason why a row is not run, in words that end "…: because". */
export interface CannotRun {
  readonly because: string
}

/** Reads a row; undefined when its model is not known here. */
export type Reader = (row: Row) => Experiment | CannotRun | undefined

export function cannotRun(because: string): CannotRun {
  return { because }
}

export function isCannotRun(thing: object): thing is CannotRun {
  return 'because' in thing
}

/** A value that is computed, not sampled. */
export function certain(value: unknown): Measured {
  const number = typeof value === 'number' ? value : NaN
  return { value, n: 0, error: 0, low: number, high: number }
}

/** An experiment that computes: `answer` gives the value of a quantity, or undefined when it has none. */
export function computed(key: string, answer: (row: Row) => unknown): Experiment {
  return {
    key,
    cost: 0,
    least: 0,
    run: (rows) =>
      rows.map((row) => {
        const value = answer(row)
        return value === undefined ? cannotRun(`unknown quantity "${row.quantity}"`) : certain(value)
      }),
  }
}
