/** Why a replica could not be picked, in words. */

import {
  AGENT_DOWN,
  DOWN,
  DRAINING,
  EJECTED,
  FULL,
  MAINTENANCE,
  OUTSIDE,
  STANDBY,
  TRIED,
  UNKNOWN,
} from './standing.ts'

const WORDS: readonly (readonly [bit: number, words: string])[] = [
  [DOWN, 'down by its checks'],
  [AGENT_DOWN, 'down by its agent'],
  [EJECTED, 'ejected for its answers'],
  [DRAINING, 'draining'],
  [MAINTENANCE, 'in maintenance'],
  [UNKNOWN, 'not known yet'],
  [OUTSIDE, 'outside the subset'],
  [FULL, 'full'],
  [TRIED, 'tried already'],
  [STANDBY, 'backup in waiting'],
]

/** The reasons in a replica's bits, with commas; empty: it could be picked. */
export function standingWords(out: number): string {
  return WORDS.flatMap(([bit, words]) => ((out & bit) === 0 ? [] : [words])).join(', ')
}
