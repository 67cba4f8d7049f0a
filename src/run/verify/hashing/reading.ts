/** What rows about hashing have in common when they are read. */

import type { CannotRun, Experiment } from '../experiment.ts'
import { isCannotRun } from '../experiment.ts'
import { type Given, given } from '../given.ts'
import type { Row } from '../row.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { type Trials, trialsExperiment, unknownQuantity } from './trials.ts'

const MOST = 10_000_000

/** A whole number that must be there, under one of the names. @throws Unfit */
export function countIn(g: Given, ...keys: readonly string[]): number {
  const key = keys.find((name) => g.has(name)) ?? keys[0]!
  const value = g.number(key)
  if (value === undefined || !Number.isInteger(value) || value < 1 || value > MOST) {
    throw new Unfit(`"${key}" must be a whole number from 1 to ${MOST}`)
  }
  return value
}

/** Trials for a row's parameters, all of which must have been understood. */
export function readTrials<T>(row: Row, make: (g: Given) => Trials<T>): Experiment | CannotRun {
  const trials = unlessUnfit(() => allOf(row, make))
  if (isCannotRun(trials)) return trials
  return trials.summaryFor(row) ? trialsExperiment(trials) : unknownQuantity(row)
}

/** @throws Unfit when a parameter has been overlooked */
export function allOf<T>(row: Row, make: (g: Given) => T): T {
  const parameters = given(row.parameters)
  const made = make(parameters)
  parameters.done()
  return made
}
