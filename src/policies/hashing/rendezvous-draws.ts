/** The draws of rendezvous hashing: for a hash and a replica a number as if by chance, by the replica's weight. */

import { ln } from '../../base/ln.ts'
import { utf8 } from './bytes.ts'
import type { Word64 } from './words64.ts'
import { xxHash64 } from './xxhash64.ts'

/** The hash of each replica's name, in two words. */
export interface Draws {
  readonly high: Uint32Array
  readonly low: Uint32Array
}

export function drawsOf(names: readonly string[]): Draws {
  const high = new Uint32Array(names.length)
  const low = new Uint32Array(names.length)
  const out = new Uint32Array(2)
  names.forEach((name, i) => {
    xxHash64(utf8(name), 0, out)
    high[i] = out[0]!
    low[i] = out[1]!
  })
  return Object.freeze({ high, low })
}

/**
 * Exponentially distributed with the weight as its rate, so that the least of all is that of a replica in
 * proportion to its weight.
 */
export function costOf({ high, low }: Draws, hash: number, replica: number, weight: number): number {
  const word = mixed((mixed((hash ^ high[replica]!) | 0) + low[replica]!) | 0)
  return -ln(((word >>> 0) + 0.5) / 2 ** 32) / weight
}

/** Where a key's n-th dart lands: 0 … 1, in 2^53 steps. */
export function dart(hash: Word64, n: number): number {
  const first = mixed(mixed((hash[1]! + Math.imul(n, 0x9e3779b9)) | 0) ^ hash[0]!)
  const second = mixed(mixed((first + 0x7f4a7c15) | 0) ^ hash[1]!)
  return ((first >>> 0) * 2 ** 21 + (second >>> 11)) / 2 ** 53
}

/** All bits into all bits. Source: the last step of MurmurHash3 (Appleby). */
function mixed(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
  return word ^ (word >>> 16)
}
