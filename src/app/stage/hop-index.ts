/**
 * What a frame needs to know about a window of hops, found once per window: the longest hop (how far back
 * a binary search must look) and which hop continues which through the balancer in front.
 */

import type { Hops } from '../../worker/protocol.ts'
import { FIRST_OWN_ANSWER } from './outcomes.ts'

export interface HopIndex {
  readonly hops: Hops
  /** Length of the longest hop, ns. */
  readonly longest: number
  /**
   * The hop of the same request on the other side of the balancer; -1 when there is none. The balancer
   * holds nothing, so a request on its way in ends its first hop as its second begins, however long
   * these are drawn; a response likewise.
   */
  readonly partner: Int32Array
}

const known = new WeakMap<Hops, HopIndex>()

/** The index of a window's hops; found once. */
export function indexOf(hops: Hops): HopIndex {
  let index = known.get(hops)
  if (index === undefined) {
    index = indexHops(hops)
    known.set(hops, index)
  }
  return index
}

export function indexHops(hops: Hops): HopIndex {
  const { count, request, from, to, departs, arrives, way, kind, fronts = 1 } = hops
  const isFront = (end: number) => end < 0 && end >= -fronts
  const partner = new Int32Array(count).fill(-1)
  const seen = lastSeen(count)
  let longest = 0
  for (let hop = 0; hop < count; hop++) {
    const length = arrives[hop]! - departs[hop]!
    if (length > longest) longest = length
    // Checks and handshakes are of no request, or beside it.
    if (kind !== undefined && kind[hop]! >= FIRST_OWN_ANSWER) continue
    const key = request[hop]! * 2 + way[hop]!
    if (isFront(to[hop]!)) seen.set(key, hop)
    if (!isFront(from[hop]!)) continue
    const before = seen.get(key)
    if (before < 0) continue
    if (way[hop] === 0) partner[before] = hop
    else partner[hop] = before
  }
  return { hops, longest, partner }
}

/** A hash table from whole numbers to hops: a window has up to 200,000, too many for a Map between frames. */
function lastSeen(count: number): { set(key: number, hop: number): void; get(key: number): number } {
  let size = 16
  while (size < count * 2) size *= 2
  const keys = new Float64Array(size).fill(-1)
  const hops = new Int32Array(size)
  const find = (key: number) => {
    let slot = (Math.imul((key % 4294967296) | 0, 0x9e3779b1) >>> 0) & (size - 1)
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & (size - 1)
    return slot
  }
  return {
    set(key, hop) {
      const slot = find(key)
      keys[slot] = key
      hops[slot] = hop
    },
    get(key) {
      const slot = find(key)
      return keys[slot] === key ? hops[slot]! : -1
    },
  }
}

/** First hop that departs at `at` or later. */
export function firstFrom(hops: Hops, at: number): number {
  let low = 0
  let high = hops.count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (hops.departs[middle]! < at) low = middle + 1
    else high = middle
  }
  return low
}
