/**
 * What load shedding is: a rule by which a replica turns a request away at its door, before it spends work on
 * what it cannot do in time.
 */

import type { Duration } from '../../../base/time.ts'
import type { Params, Policy } from '../../policy.ts'

/** What a replica knows when a request is at its door. */
export interface Door {
  /** Requests in service, those that wait, and how many it serves at once. */
  busy: number
  waiting: number
  slots: number
  /** Of the request: 0 is most important. */
  priority: number
  /** How long its client will still wait, ns; Infinity: for ever, or not known. */
  timeLeft: Duration
}

export interface Shedding extends Policy {
  remember(params: Params): Float64Array
  /** False: it is turned away. */
  admits(params: Params, memory: Float64Array, door: Door): boolean
  /** A service is over, which took so many ns. */
  served(params: Params, memory: Float64Array, took: Duration): void
}
