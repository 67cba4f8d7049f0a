/** Whose a request is: facts do not say which session asks, the request's row does. */

import type { Cluster } from '../model/cluster.ts'
import { BEARER, SERIAL } from '../model/tables.ts'
import { sessionNumber, visitorNumber } from '../model/visitors.ts'

/** Numbers that a population has (see model/visitors.ts). */
const OF_ONE_POPULATION = sessionNumber(1, 0)

/**
 * The session (or, below 0, the visitor) of a request that was born in the event just handled: its row may be given
 * to another request in the next.
 */
export function bearerOf({ requests }: Cluster, serial: number): number {
  const { num, stride, used } = requests
  for (let row = 0; row < used; row++) {
    if (num[row * stride + SERIAL] === serial) return num[row * stride + BEARER]!
  }
  throw new Error(`request ${serial} has left no row`)
}

/** The population of a bearer, by its number. */
export function populationOf(bearer: number): number {
  return Math.floor((bearer >= 0 ? bearer : -1 - bearer) / OF_ONE_POPULATION)
}

/** The visitor of a bearer that is a visitor for the whole run. */
export function visitorIn(bearer: number): number {
  return visitorNumber(populationOf(bearer), 0) - bearer
}
