/** Rows count time in units of their own choice; here a unit is ten milliseconds. */

import { MILLISECOND, SECOND } from '../../base/time.ts'

/** Nanoseconds in a unit: long against the rounding to whole ones. */
export const UNIT = 10 * MILLISECOND

/** A rate per unit as a rate per second. */
export function perSecond(rate: number): number {
  return rate * (SECOND / UNIT)
}
