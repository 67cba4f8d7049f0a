/** Sessions and visitors by their numbers: the n-th session of a population from 0 on, its visitors below 0. */

import type { Scenario } from '../../../scenario/scenario.ts'

/** Numbers that a population has for its visitors, and again for its sessions. */
const OF_ONE_POPULATION = 2 ** 32

const distance = (bearer: number) => (bearer >= 0 ? bearer : -1 - bearer)

/** `session 12`, `visitor 3`, counted from 1. */
export function bearerName(bearer: number): string {
  return `${bearer >= 0 ? 'session' : 'visitor'} ${(distance(bearer) % OF_ONE_POPULATION) + 1}`
}

/** The number of the population that it is of. */
export function populationOf(bearer: number): number {
  return Math.floor(distance(bearer) / OF_ONE_POPULATION)
}

/** The tier whose replicas know sessions, or to which clients stick; the first where there is none. */
export function stickyTier({ tiers }: Scenario): number {
  return Math.max(
    0,
    tiers.findIndex(({ sessions, structure }) => sessions !== undefined || structure?.affinity !== undefined),
  )
}
