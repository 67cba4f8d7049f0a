/**
 * Ready replicas in order of what they cost, the cheapest first; among equals the one whose cost has been
 * unchanged for longest. For strategies whose costs change one replica at a time: a pick is O(1), a change
 * O(log n).
 */

import { dequeue, EMPTY, enqueue, type Heaps, heaps } from '../../base/heaps.ts'
import type { Pool } from './strategy.ts'

export interface Cheapest {
  readonly heaps: Heaps
  /** The cheapest, or -1. */
  first: number
  /** 1 where a replica stands in the order. */
  readonly listed: Uint8Array
  /** How often one was put into it: what breaks ties. */
  queued: number
}

/** Nobody stands in the order yet. */
export function cheapest(size: number): Cheapest {
  return { heaps: heaps(size), first: EMPTY, listed: new Uint8Array(size), queued: 0 }
}

/** Puts a replica where it belongs now, or takes it out when it is not ready. */
export function rank<M extends Cheapest>(
  pool: Pool,
  memory: M,
  i: number,
  cost: (pool: Pool, memory: M, i: number) => number,
): void {
  if (memory.listed[i] === 1) memory.first = dequeue(memory.heaps, memory.first, i)
  memory.listed[i] = pool.isReady[i]!
  if (pool.isReady[i] === 0) return
  memory.heaps.key[i] = cost(pool, memory, i)
  memory.heaps.tie[i] = memory.queued++
  memory.first = enqueue(memory.heaps, memory.first, i)
}
