/** What HAProxy makes of a weight: sixteenths, so that slow start can give a part of one. */

/** HAProxy's largest effective weight: 256 in sixteenths. */
export const LARGEST = 4096

/** A weight that was divided and multiplied again may lack this much. */
const TINY = 1e-6

/** A weight in sixteenths, at least 1. HAProxy's own weights are whole; parts below a sixteenth are dropped. */
export function sixteenths(weight: number): number {
  return Math.max(1, Math.floor(16 * weight + TINY))
}
