/** The speed slider: each tenth of the way is the same factor. */

import { FASTEST, SLOWEST } from '../stores/playhead.ts'

/** Steps of the slider; ten to each factor of ten. */
export const SPEED_STEPS = 10 * Math.round(Math.log10(FASTEST / SLOWEST))

/** The speed at a place of the slider, rounded to two digits. */
export function speedAt(step: number): number {
  const speed = SLOWEST * 10 ** (step / 10)
  return Number(speed.toPrecision(2))
}

/** The place of a speed on the slider. */
export function placeOf(speed: number): number {
  return Math.round(10 * Math.log10(speed / SLOWEST))
}

/** What the digits 1 to 5 set, by name. */
export const SPEEDS_BY_NAME: readonly {
  readonly name: string
  readonly speed: number
  readonly key: string
}[] = [
  { name: 'a hundredth', speed: 0.01, key: '1' },
  { name: 'a tenth', speed: 0.1, key: '2' },
  { name: 'real time', speed: 1, key: '3' },
  { name: 'ten times', speed: 10, key: '4' },
  { name: 'as fast as it goes', speed: FASTEST, key: '5' },
]
