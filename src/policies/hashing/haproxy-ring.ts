/**
 * HAProxy's consistent ring: 16 nodes a unit of weight for each ready replica, placed by its number (not by
 * its name or address); a hash goes to the nearest node, before or after it.
 *
 * Source: HAProxy 2.6.12, lb_chash.c.
 */

import { LARGEST, sixteenths } from '../balancing/haproxy-weight.ts'
import type { Pool } from '../balancing/strategy.ts'
import { avalanche } from './haproxy-functions.ts'
import { atOrAfter, packed, type Ring, ringOf } from './ring.ts'

/** Effective weight, which is also the number of nodes. */
export function nodes(weight: number): number {
  return Math.min(LARGEST, sixteenths(weight))
}

export function haproxyRing(pool: Pool): Ring {
  const ready = pool.ready.subarray(0, pool.readyCount)
  const pairs = new Float64Array(ready.reduce((sum, i) => sum + nodes(pool.weight[i]!), 0))
  let end = 0
  for (const i of ready) {
    const count = nodes(pool.weight[i]!)
    for (let j = 0; j < count; j++) pairs[end++] = packed(avalanche((i + 1) * 4096 + j), i)
  }
  return ringOf(pairs)
}

/** The place of the node nearest to the hash; the one before it wins when both are as near. */
export function nearestTo({ points }: Ring, hash: number): number {
  const found = atOrAfter(points, hash)
  const next = found === points.length ? 0 : found
  const before = next === 0 ? points.length - 1 : next - 1
  const isNearer = (hash - points[before]!) >>> 0 <= (points[next]! - hash) >>> 0
  return isNearer ? before : next
}

/** What share of the hashes falls to each replica by the rule of the nearest node. */
export function nearestShares({ points, owners }: Ring, size: number): Float64Array {
  const shares = new Float64Array(size)
  for (let i = 0; i < points.length; i++) {
    const before = i === 0 ? points.length - 1 : i - 1
    const half = points.length === 1 ? 0.5 : ((points[i]! - points[before]!) >>> 0) / 2 ** 33
    shares[owners[i]!]! += half
    shares[owners[before]!]! += half
  }
  return shares
}
