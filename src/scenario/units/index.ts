/** All units of measure of the file format. */

import { duration } from './duration.ts'
import { rate } from './rate.ts'
import { share } from './share.ts'
import { size } from './size.ts'
import type { Unit } from './unit.ts'

export { duration, rate, share, size }

const units: readonly Unit[] = [duration, rate, size, share]

/** The unit that a text is written in; undefined when in none. */
export function unitOf(text: string): Unit | undefined {
  return units.find((unit) => unit.parse(text) !== undefined)
}
