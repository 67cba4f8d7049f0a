/** Tables that are made anew at the first pick after a change, however many changes there were. */

import type { Pool, Score } from '../balancing/strategy.ts'

/** The part of a memory that keeps a frozen table. */
export interface Kept<T> {
  table: T
  isStale: boolean
}

/** The table as it has to be now. */
export function fresh<T, M extends Kept<T>>(pool: Pool, memory: M, make: (pool: Pool, memory: M) => T): T {
  if (memory.isStale) {
    memory.table = make(pool, memory)
    memory.isStale = false
  }
  return memory.table
}

/** For tables that depend on readiness and weights. */
export function outdated(_pool: Pool, memory: Kept<unknown>): void {
  memory.isStale = true
}

/** For tables that depend on the weights alone, and hold those they were made of. */
export function outdatedByWeight(
  pool: Pool,
  memory: Kept<{ readonly weight: Float64Array }>,
  replica: number,
): void {
  if (memory.table.weight[replica] !== pool.weight[replica]) memory.isStale = true
}

/** The ready replicas, the picked one first by score, each with a note. */
export function scored(pool: Pool, picked: number, note: (replica: number) => string): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => ({
    replica,
    score: replica === picked ? 0 : 1,
    note: replica === picked ? `has this key; ${note(replica)}` : note(replica),
  }))
}

/** 0.123 as 12.3%. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}
