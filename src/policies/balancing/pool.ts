/** Making a pool, and changing which of its replicas are ready. */

import type { Pool } from './strategy.ts'

export interface PoolMember {
  readonly name: string
  /** Above 0. */
  readonly weight: number
}

/** A pool of which all members are ready and idle. */
export function poolOf(members: readonly PoolMember[]): Pool {
  const size = members.length
  return {
    size,
    names: Object.freeze(members.map(({ name }) => name)),
    now: 0,
    ready: Int32Array.from(members, (_, i) => i),
    readyCount: size,
    isReady: new Uint8Array(size).fill(1),
    weight: Float64Array.from(members, ({ weight }) => weight),
    inFlight: new Int32Array(size),
    isFull: new Uint8Array(size),
    inSystem: new Int32Array(size),
  }
}

/** Adds a replica to those that are ready or takes it away; the list stays in ascending order. */
export function setReady(pool: Pool, replica: number, isReady: boolean): void {
  if ((pool.isReady[replica] === 1) === isReady) return
  const { ready } = pool
  const at = placeOf(pool, replica)
  if (isReady) {
    ready.copyWithin(at + 1, at, pool.readyCount)
    ready[at] = replica
    pool.readyCount++
  } else {
    ready.copyWithin(at, at + 1, pool.readyCount)
    pool.readyCount--
  }
  pool.isReady[replica] = isReady ? 1 : 0
}

/** The first place whose replica is not below `replica`. */
function placeOf({ ready, readyCount }: Pool, replica: number): number {
  let low = 0
  let high = readyCount
  while (low < high) {
    const middle = (low + high) >> 1
    if (ready[middle]! < replica) low = middle + 1
    else high = middle
  }
  return low
}
