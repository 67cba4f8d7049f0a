/**
 * Experiments made of independent trials (rings, tables, assignments with other names), and figures of them
 * with a standard error.
 */

import { type CannotRun, cannotRun, type Experiment } from '../experiment.ts'
import type { Row } from '../row.ts'
import type { Measured } from '../verdict.ts'

/** A figure of some trials. */
export type Summary<T> = (trials: readonly T[]) => number | readonly number[]

export interface Trials<T> {
  readonly key: string
  /** Points, places or keys that one trial takes. */
  readonly cost: number
  /** @param seed another for every trial */
  run(seed: string): T
  /** What a row asks for; undefined when it is not known here. */
  summaryFor(row: Row): Summary<T> | undefined
}

/** So much is spent on trials at least; and of long trials there are so many at least. */
const LEAST_COST = 100_000
const FEWEST = 4
/** Trials are left out in so many groups for the standard error. */
const GROUPS = 64
/** Student's t for 95 % and that many groups. */
const T95 = 2

export function trialsExperiment<T>(trials: Trials<T>): Experiment {
  const least = Math.max(FEWEST, Math.min(400, Math.floor(LEAST_COST / trials.cost)))
  return {
    key: trials.key,
    cost: trials.cost,
    least,
    run(rows, n, seed) {
      const made = Array.from({ length: n }, (_, i) => trials.run(`${seed}.${i + 1}`))
      return rows.map((row) => {
        const summary = trials.summaryFor(row)
        return summary ? measure(made, summary) : unknownQuantity(row)
      })
    },
  }
}

export function unknownQuantity(row: Row): CannotRun {
  return cannotRun(`unknown quantity "${row.quantity}"`)
}

function measure<T>(trials: readonly T[], summary: Summary<T>): Measured {
  const value = summary(trials)
  const n = trials.length
  if (typeof value !== 'number') return { value, n, error: 0, low: NaN, high: NaN }
  const error = jackknife(trials, summary as (trials: readonly T[]) => number)
  return { value, n, error, low: value - T95 * error, high: value + T95 * error }
}

/**
 * The standard error of any smooth figure: from how much it changes when a part of the trials is left out.
 * Source: Efron, "The Jackknife, the Bootstrap and Other Resampling Plans" (1982).
 */
function jackknife<T>(trials: readonly T[], figure: (trials: readonly T[]) => number): number {
  const groups = Math.min(GROUPS, trials.length)
  const without = Array.from({ length: groups }, (_, group) =>
    figure(trials.filter((_, i) => i % groups !== group)),
  )
  const centre = without.reduce((sum, x) => sum + x, 0) / groups
  const squares = without.reduce((sum, x) => sum + (x - centre) * (x - centre), 0)
  return Math.sqrt(((groups - 1) / groups) * squares)
}

/** The mean over trials of something in each. */
export function meanOf<T>(reading: (trial: T) => number): Summary<T> {
  return (trials) => trials.reduce((sum, trial) => sum + reading(trial), 0) / trials.length
}

/** The root of the mean over trials: of variances, say. */
export function rootMeanOf<T>(reading: (trial: T) => number): Summary<T> {
  return (trials) => Math.sqrt(trials.reduce((sum, trial) => sum + reading(trial), 0) / trials.length)
}

/** The standard deviation between trials. */
export function deviationOf<T>(reading: (trial: T) => number): Summary<T> {
  return (trials) => {
    const values = trials.map(reading)
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length
    return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (values.length - 1))
  }
}

export function leastOf<T>(reading: (trial: T) => number): Summary<T> {
  return (trials) => trials.reduce((least, trial) => Math.min(least, reading(trial)), Infinity)
}

export function mostOf<T>(reading: (trial: T) => number): Summary<T> {
  return (trials) => trials.reduce((most, trial) => Math.max(most, reading(trial)), -Infinity)
}
