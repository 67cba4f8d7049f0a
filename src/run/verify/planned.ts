/** Reads a row into an experiment, and sees to it that nothing that it says is overlooked. */

import type { CannotRun, Experiment } from './experiment.ts'
import { type Given, given } from './given.ts'
import type { Row } from './row.ts'
import { Unfit, unlessUnfit } from './unfit.ts'

/** @param make throws Unfit when there is something that cannot be built */
export function planned(row: Row, make: (g: Given) => Experiment): Experiment | CannotRun {
  return unlessUnfit(() => {
    const g = given(row.parameters)
    const made = make(g)
    g.done()
    return made
  })
}

/** A number that must be there. @throws Unfit */
export function needed(g: Given, key: string): number {
  const value = g.number(key)
  if (value === undefined) throw new Unfit(`"${key}" must be there`)
  return value
}

/** A whole number that must be there. @throws Unfit */
export function wholeNumber(g: Given, key: string, { min = 1, max = 10_000 } = {}): number {
  const value = needed(g, key)
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Unfit(`"${key}" must be a whole number from ${min} to ${max}`)
  }
  return value
}

/** A number above 0 that must be there. @throws Unfit */
export function positive(g: Given, key: string): number {
  const value = needed(g, key)
  if (!(value > 0)) throw new Unfit(`"${key}" must be above 0`)
  return value
}

/** So many requests in one run would keep a computer busy for hours. */
const MOST_REQUESTS = 20_000_000

/** @throws Unfit when a run takes too many requests */
export function refuseEndless(requests: number): void {
  if (!(requests <= MOST_REQUESTS)) throw new Unfit(`a run takes more than ${MOST_REQUESTS} requests`)
}

/** A share that must be there, 0 to 1. @throws Unfit */
export function share(g: Given, key: string): number {
  const value = needed(g, key)
  if (!(value <= 1)) throw new Unfit(`"${key}" must be at most 1`)
  return value
}

/** Words that must be there and mean what is built. @throws Unfit */
export function mustSay(g: Given, key: string, meaning: RegExp): void {
  const words = g.text(key)
  if (words === undefined || !meaning.test(words)) throw new Unfit(`${key} "${words ?? ''}" is not known`)
}
