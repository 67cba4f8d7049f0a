/** A hash ring of 64 bits: points in ascending order as high and low words, each with its replica. */

import type { Word64 } from './words64.ts'

/** Never changed once made: freeze what holds it. */
export interface Ring64 {
  readonly high: Uint32Array
  readonly low: Uint32Array
  readonly owners: Int32Array
  /** By the leading bits of a hash: the first point that is not before all hashes with these bits. */
  readonly starts: Int32Array
  /** Shifts a high word down to these bits. */
  readonly shift: number
}

/** At most so many leading bits are looked up; a larger ring has more points to walk past for each. */
const MOST_BITS = 16

/** A ring of points in any order. */
export function ring64(high: Uint32Array, low: Uint32Array, owners: Int32Array): Ring64 {
  const order = Uint32Array.from(owners, (_, i) => i)
  order.sort((a, b) => high[a]! - high[b]! || low[a]! - low[b]! || a - b)
  const sorted = Uint32Array.from(order, (i) => high[i]!)
  const bits = Math.min(MOST_BITS, Math.max(1, 32 - Math.clz32(owners.length)))
  return Object.freeze({
    high: sorted,
    low: Uint32Array.from(order, (i) => low[i]!),
    owners: Int32Array.from(order, (i) => owners[i]!),
    starts: startsOf(sorted, bits),
    shift: 32 - bits,
  })
}

function startsOf(high: Uint32Array, bits: number): Int32Array {
  const starts = new Int32Array(1 << bits)
  let point = 0
  for (let leading = 0; leading < starts.length; leading++) {
    while (point < high.length && high[point]! >>> (32 - bits) < leading) point++
    starts[leading] = point
  }
  return starts
}

/** The place of the first point at or after the hash, round the end to the first. */
export function placeOf(ring: Ring64, hash: Word64): number {
  const high = hash[0]!
  const low = hash[1]!
  const points = ring.owners.length
  let at = ring.starts[high >>> ring.shift]!
  while (at < points && (ring.high[at]! < high || (ring.high[at] === high && ring.low[at]! < low))) at++
  return at === points ? 0 : at
}

/** What share of the ring falls to each replica, to within 2^-32 a point. */
export function shares64({ high, owners }: Ring64, size: number): Float64Array {
  const shares = new Float64Array(size)
  for (let i = 0; i < owners.length; i++) {
    const before = i === 0 ? high[owners.length - 1]! - 2 ** 32 : high[i - 1]!
    shares[owners[i]!]! += (high[i]! - before) / 2 ** 32
  }
  return shares
}
