/**
 * A hash of all facts, bit for bit: two runs are the same run exactly when their fingerprints are equal
 * (but for a chance of 2^-128). Four lanes of 32 bits, so that a processor can work on them side by side.
 *
 * Each lane is FNV-1a over words, fed by its neighbour, with a final mix (G. Fowler, L. C. Noll, K.-P. Vo;
 * murmur3's finaliser).
 */

import type { Probe } from './fact-log.ts'

const PRIME = 16777619

/** Rows that follow the last fact, so that it too gets into all lanes. */
const NOTHING = new Int32Array(4 << 3)

export interface Fingerprint extends Probe {
  readonly state: { readonly lanes: Int32Array }
  /** 32 hexadecimal digits. */
  hex(): string
}

/** A probe that hashes every row. */
export function fingerprint(): Fingerprint {
  const lanes = Int32Array.of(0x811c9dc5, 0x01000193, 0x5bd1e995, 0x27d4eb2f)
  const state = { lanes }
  return {
    state,
    consume: (rows, count) => consume(lanes, rows.int, count),
    hex() {
      const end = lanes.slice()
      consume(end, NOTHING, NOTHING.length >> 3)
      return Array.from(end, (lane) => (mix(lane) >>> 0).toString(16).padStart(8, '0')).join('')
    },
  }
}

/** Little-endian words, as on every platform that JavaScript engines run on; big-endian would only relabel. */
function consume(lanes: Int32Array, words: Int32Array, count: number): void {
  let a = lanes[0]!
  let b = lanes[1]!
  let c = lanes[2]!
  let d = lanes[3]!
  for (let i = 0; i < count << 3; i += 8) {
    // Each in two lanes, so that no change of one other word can make up for it.
    const code = (words[i + 6]! << 11) | (words[i + 6]! >>> 21)
    const object = (words[i + 7]! << 7) | (words[i + 7]! >>> 25)
    a = Math.imul(a ^ (d >>> 15) ^ words[i]! ^ code, PRIME)
    c = Math.imul(c ^ (b >>> 15) ^ words[i + 2]! ^ code, PRIME)
    b = Math.imul(b ^ words[i + 1]! ^ object, PRIME)
    d = Math.imul(d ^ words[i + 3]! ^ object, PRIME)
    a = Math.imul(a ^ (a >>> 15) ^ words[i + 4]!, PRIME)
    c = Math.imul(c ^ (c >>> 15) ^ words[i + 5]!, PRIME)
    // A ring, a to b to c to d to a: what is in one lane is soon in all of them.
    b ^= a >>> 13
    d ^= c >>> 13
  }
  lanes[0] = a
  lanes[1] = b
  lanes[2] = c
  lanes[3] = d
}

function mix(lane: number): number {
  let h = lane ^ (lane >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
