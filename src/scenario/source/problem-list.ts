/** Collects problems up to a limit, beyond which they are only counted (and cost nothing). */

import type { Problem } from '../problem.ts'
import type { Place } from './tree.ts'

/** As many as a person may want to see at once. */
export const MOST_PROBLEMS = 100

export interface ProblemList {
  readonly found: Problem[]
  /** Found beyond the limit. */
  more: number
}

/** A tier that the file declares, for those who refer to it. */
export interface TierOutline {
  readonly id: string
  /** Undefined when what is said about its replicas cannot be read. */
  readonly replicas: number | undefined
  readonly hasCache?: boolean
  /** Whether its file says how its replicas are checked. */
  readonly hasChecks?: boolean
  /** By replica, where zones are given. */
  readonly zones?: readonly (string | undefined)[]
  /** Balancers in front of it. */
  readonly balancers?: number
  /** Classes that its rate limits tell apart. */
  readonly classes?: readonly string[]
}

/** Where the reading is: the dotted path, the list that takes what is wrong, and what is declared elsewhere. */
export interface Spot {
  readonly path: string
  readonly problems: ProblemList
  readonly tiers?: readonly TierOutline[]
  /** Names of client populations. */
  readonly clients?: readonly string[]
}

export function problemList(): ProblemList {
  return { found: [], more: 0 }
}

/** The spot of a part of what is at `spot`. */
export function within(spot: Spot, key: string | number): Spot {
  return { ...spot, path: spot.path === '' ? String(key) : `${spot.path}.${key}` }
}

/**
 * Notes a problem.
 * @param message a sentence that may lack its full stop
 * @param hint the nearest right name or a cure; asked for only when the problem is kept
 * @returns undefined, which is what a reader gives that found no value
 */
export function complain(
  spot: Spot,
  place: Place,
  message: string,
  hint?: string | (() => string | undefined),
): undefined {
  const { problems, path } = spot
  if (problems.found.length >= MOST_PROBLEMS) {
    problems.more++
    return undefined
  }
  const cure = (typeof hint === 'function' ? hint() : hint) ?? ''
  problems.found.push({
    file: place.file,
    path: clip(path),
    line: place.line,
    column: place.column,
    message: /[.?]$/.test(message) ? message : `${message}.`,
    hint: cure.charAt(0).toUpperCase() + cure.slice(1) + (/[a-z]$/.test(cure) ? '.' : ''),
  })
  return undefined
}

/** "Did you mean …?" for a nearest name, if there is one. */
export function didYouMean(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `Did you mean "${name}"?`
}

/** What was found, in the order of the text and flags last, with a last entry that counts the rest. */
export function allProblems({ found, more }: ProblemList, file: string): Problem[] {
  const rank = ({ line }: Problem) => (line > 0 ? line : Infinity)
  const sorted = found.toSorted((a, b) => (rank(a) === rank(b) ? a.column - b.column : rank(a) - rank(b)))
  if (more === 0) return sorted
  return [...sorted, { file, path: '', line: 0, column: 0, message: `And ${more} more problems.`, hint: '' }]
}

function clip(path: string): string {
  return path.length > 200 ? `${path.slice(0, 199)}…` : path
}
