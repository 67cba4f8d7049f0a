/** A ring, and how many requests each replica on it may have in flight. Source: HAProxy 2.6.12, lb_chash.c. */

import type { Pool } from '../balancing/strategy.ts'
import { utf8 } from './bytes.ts'
import { haproxyRing, nodes } from './haproxy-ring.ts'
import { packed, type Ring, ringOf } from './ring.ts'
import { xxHash64 } from './xxhash64.ts'

export interface Sharing {
  readonly ring: Ring
  /** Weight of each replica in sixteenths, 0 when not ready; the sum of those before it; the sum of all. */
  readonly weight: Float64Array
  readonly before: Float64Array
  readonly total: number
}

const out = new Uint32Array(2)

/** @param points a unit of weight, placed by name; 0: HAProxy's ring */
export function sharingOf(pool: Pool, { points }: { readonly points: number }): Sharing {
  const weight = new Float64Array(pool.size)
  const before = new Float64Array(pool.size)
  let total = 0
  for (const replica of pool.ready.subarray(0, pool.readyCount)) {
    weight[replica] = nodes(pool.weight[replica]!)
    before[replica] = total
    total += weight[replica]!
  }
  const ring = points === 0 ? haproxyRing(pool) : namedRing(pool, points)
  return Object.freeze({ ring, weight, before, total })
}

function namedRing(pool: Pool, points: number): Ring {
  const pairs: number[] = []
  for (const replica of pool.ready.subarray(0, pool.readyCount)) {
    const count = Math.max(1, Math.floor(points * pool.weight[replica]!))
    for (let n = 0; n < count; n++) {
      xxHash64(utf8(`${pool.names[replica]}_${n}`), 0, out)
      pairs.push(packed(out[0]!, replica))
    }
  }
  return ringOf(Float64Array.from(pairs))
}

/** A replica's part of the `allowed` requests, by weight in whole requests, at least 1. */
export function slotsOf({ weight, before, total }: Sharing, replica: number, allowed: number): number {
  const mine = weight[replica]!
  const start = before[replica]!
  const rest = allowed % total
  const whole = mine * Math.floor(allowed / total)
  const part = Math.floor(((start + mine) * rest) / total) - Math.floor((start * rest) / total)
  return Math.max(1, whole + part)
}
