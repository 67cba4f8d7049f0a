/**
 * The 64-bit hash of what a request is balanced by. Keys come again and again, so what was worked out for the
 * latest of them is remembered: a matter of speed alone, as a hash depends on nothing but its text.
 */

import type { Asked } from '../balancing/strategy.ts'
import { hashedBytes } from './hashed-on.ts'
import type { Word64 } from './words64.ts'
import { xxHash64 } from './xxhash64.ts'

const PLACES = 1 << 14

interface Known {
  /** By place: a key or an address; NaN while there is none. */
  readonly of: Float64Array
  readonly high: Uint32Array
  readonly low: Uint32Array
}

const known = (): Known => ({
  of: new Float64Array(PLACES).fill(NaN),
  high: new Uint32Array(PLACES),
  low: new Uint32Array(PLACES),
})

const keys = known()
const addresses = known()

/** Writes xxHash64 (seed 0) of the key's text, or of the address with dots, to `out` as [high, low]. */
export function hashAsked(asked: Asked, byAddress: boolean, out: Word64): void {
  if (asked.text !== undefined && !byAddress) {
    xxHash64(hashedBytes(asked, false), 0, out)
    return
  }
  const { of, high, low } = byAddress ? addresses : keys
  const number = byAddress ? asked.address : asked.key
  const place = number & (PLACES - 1)
  if (of[place] !== number) {
    xxHash64(hashedBytes(asked, byAddress), 0, out)
    of[place] = number
    high[place] = out[0]!
    low[place] = out[1]!
    return
  }
  out[0] = high[place]!
  out[1] = low[place]!
}
