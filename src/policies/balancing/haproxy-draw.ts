/**
 * How HAProxy draws a server: points by chance on the ring of its consistent hash, where weights are numbers of
 * nodes and so shares are uneven; of those drawn the one with the fewest served for its weight, the last of
 * equals. When that one is full, the request waits for any.
 *
 * Source: HAProxy 2.6.12, backend.c (`balance random(n)`).
 */

import { below, type Stream } from '../../base/stream.ts'
import { haproxyRing, nearestTo } from '../hashing/haproxy-ring.ts'
import { fresh, type Kept } from '../hashing/kept.ts'
import type { Ring } from '../hashing/ring.ts'
import { sixteenths } from './haproxy-weight.ts'
import { NONE, type Pool } from './strategy.ts'

export interface HaproxyDraw extends Kept<Ring> {
  /** What the ring is made of: sixteenths of weight, 0 when not ready. */
  readonly made: Float64Array
}

export function rememberHaproxyDraw(pool: Pool): HaproxyDraw {
  const made = Float64Array.from(pool.weight, (_, i) => shareOf(pool, i))
  return { table: haproxyRing(pool), isStale: false, made }
}

/** Readiness, weight or another figure of a replica has changed. */
export function renewHaproxyDraw(pool: Pool, memory: HaproxyDraw, replica: number): void {
  const share = shareOf(pool, replica)
  if (memory.made[replica] === share) return
  memory.made[replica] = share
  memory.isStale = true
}

function shareOf({ isReady, weight }: Pool, replica: number): number {
  return isReady[replica] === 1 ? sixteenths(weight[replica]!) : 0
}

export function drawAsHaproxy(pool: Pool, memory: HaproxyDraw, random: Stream, choices: number): number {
  const ring = fresh(pool, memory, haproxyRing)
  if (ring.owners.length === 0) return NONE
  let best = NONE
  for (let draw = 0; draw < choices; draw++) {
    const drawn = ring.owners[nearestTo(ring, below(random, 2 ** 32))]!
    if (best === NONE || !isMore(pool, drawn, best)) best = drawn
  }
  return pool.isFull[best] === 1 ? NONE : best
}

function isMore({ inFlight, weight }: Pool, a: number, b: number): boolean {
  return inFlight[a]! * sixteenths(weight[b]!) > inFlight[b]! * sixteenths(weight[a]!)
}
