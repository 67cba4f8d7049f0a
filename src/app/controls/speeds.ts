/** The speed slider: each tenth of the way is the same factor. */

import { FASTEST, SLOWEST } from '../stores/playhead.ts'

/** Steps of the slider; ten to each factor of ten. */
export const SPEED_STEPS = 10 * Math.round(Math.log10(FASTEST / SLOWEST))

/** What the digits 1 to 5 set. */
export const DIGIT_SPEEDS: readonly number[] = [0.01, 0.1, 1, 10, FASTEST]

/** The speed at a place of the slider, rounded to two digits. */
export function speedAt(step: number): number {
  const speed = SLOWEST * 10 ** (step / 10)
  return Number(speed.toPrecision(2))
}

/** The place of a speed on the slider. */
export function placeOf(speed: number): number {
  return Math.round(10 * Math.log10(speed / SLOWEST))
}
