/** Thrown while a row is being read, when it asks for what cannot be built; caught where reading began. */

import { type CannotRun, cannotRun } from './experiment.ts'

export class Unfit extends Error {}

/** What `read` gives, or why it could not. */
export function unlessUnfit<T>(read: () => T): T | CannotRun {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unfit) return cannotRun(error.message)
    throw error
  }
}
