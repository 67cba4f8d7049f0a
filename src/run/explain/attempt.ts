/** Which try of its request a fact is about. */

import { TRY_UNIT } from '../../model/tries-table.ts'

/** @returns 0 for the first try, 1 and on for further ones, in the order in which they were made */
export function attemptOf(subject: number): number {
  return Math.round((subject - Math.floor(subject)) / TRY_UNIT)
}
