/**
 * Checkpoints of a run, so that any instant can be reached by restoring the nearest one and running on.
 * When there are too many, or they take too much memory, every second one is dropped and the next ones are
 * taken twice as far apart: cost and spacing stay bounded however long the run is.
 */

import type { Instant } from '../base/time.ts'

export interface Checkpoint<S> {
  /** Everything up to and including this instant has happened. */
  readonly at: Instant
  readonly events: number
  readonly saved: S
  readonly bytes: number
}

export interface History<S> {
  checkpoints: Checkpoint<S>[]
  /** Events between two checkpoints. */
  every: number
  /** Events at which the next is due. */
  due: number
}

const MOST = 256
const FEWEST = 4
const MOST_BYTES = 128 * 1024 * 1024

export function history<S>(every = 500): History<S> {
  return { checkpoints: [], every, due: 0 }
}

/** Adds a checkpoint that lies behind all others. */
export function keep<S>(past: History<S>, checkpoint: Checkpoint<S>): void {
  past.checkpoints.push(checkpoint)
  while (isTooMuch(past)) {
    past.checkpoints = past.checkpoints.filter((_, i) => i % 2 === 0)
    past.every *= 2
  }
  past.due = checkpoint.events + past.every
}

/** The last checkpoint at or before an instant; undefined when there is none. */
export function nearest<S>(past: History<S>, at: Instant): Checkpoint<S> | undefined {
  return past.checkpoints.findLast((checkpoint) => checkpoint.at <= at)
}

function isTooMuch<S>({ checkpoints }: History<S>): boolean {
  if (checkpoints.length <= FEWEST) return false
  return checkpoints.length > MOST || checkpoints.reduce((sum, c) => sum + c.bytes, 0) > MOST_BYTES
}
