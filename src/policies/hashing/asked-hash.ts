/**
 * The 64-bit hash of what a request is balanced by. Keys come again and again, so what was worked out for the
 * latest of them is remembered: a matter of speed alone, as a hash depends on nothing but its text.
 */

import type { Asked } from '../balancing/strategy.ts'
import { hashedBytes } from './hashed-on.ts'
import type { Word64 } from './words64.ts'
import { xxHash64 } from './xxhash64.ts'

const PLACES = 1 << 16

/** Two views on one block of memory, 16 bytes a place: a key or an address (NaN while there is none), and its hash. */
interface Known {
  readonly of: Float64Array
  readonly words: Uint32Array
}

function known(): Known {
  const of = new Float64Array(2 * PLACES).fill(NaN)
  return { of, words: new Uint32Array(of.buffer) }
}

const byKind: { keys?: Known; addresses?: Known } = {}

function knownOf(kind: 'keys' | 'addresses'): Known {
  const made = known()
  byKind[kind] = made
  return made
}

/** Writes xxHash64 (seed 0) of the key's text, or of the address with dots, to `out` as [high, low]. */
export function hashAsked(asked: Asked, byAddress: boolean, out: Word64): void {
  if (asked.text !== undefined && !byAddress) {
    xxHash64(hashedBytes(asked, false), 0, out)
    return
  }
  const { of, words } = byAddress
    ? (byKind.addresses ?? knownOf('addresses'))
    : (byKind.keys ?? knownOf('keys'))
  const number = byAddress ? asked.address : asked.key
  const place = number & (PLACES - 1)
  const word = (place << 2) + 2
  if (of[place << 1] !== number) {
    xxHash64(hashedBytes(asked, byAddress), 0, out)
    of[place << 1] = number
    words[word] = out[0]!
    words[word + 1] = out[1]!
    return
  }
  out[0] = words[word]!
  out[1] = words[word + 1]!
}
