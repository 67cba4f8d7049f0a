/** All rows about hashing. */

import type { Reader } from '../experiment.ts'
import { readBounded } from './bounded.ts'
import { readKnown } from './known.ts'
import { readMaglev } from './maglev-rows.ts'
import { readMovement } from './movement.ts'
import { readPlacements } from './placements.ts'
import { readRings } from './rings.ts'

const readers: readonly Reader[] = [
  readMovement,
  readMaglev,
  readBounded,
  readRings,
  readPlacements,
  readKnown,
]

export const readHashing: Reader = (row) => {
  for (const read of readers) {
    const found = read(row)
    if (found !== undefined) return found
  }
  return undefined
}
