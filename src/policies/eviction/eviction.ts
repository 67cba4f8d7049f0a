/**
 * What an eviction policy is: a rule that says which object has to leave a full cache, and whether a new one
 * may come in at all.
 *
 * The cache (`cache.ts`) keeps the objects: each has a slot, in which the table holds its key. A policy sees
 * that shelf, keeps columns of its own by slot, and is told of everything that happens. All of it is plain
 * data in typed arrays; every call costs O(1), amortised.
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import type { Stream } from '../../base/stream.ts'
import type { Instant } from '../../base/time.ts'
import type { Params, Policy } from '../policy.ts'

/** The objects that a cache holds; a slot is a row of the table. */
export interface Shelf {
  readonly table: KeyedRows
  /** In objects, or in bytes when `hasSizes`. */
  readonly capacity: number
  readonly hasSizes: boolean
  /** What the objects take, in the unit of the capacity. */
  used: number
  /** By slot, bytes; not kept for a capacity in objects. Read it by `sizeOf`. */
  sizes: Float64Array
}

/** What an object takes: its bytes, or 1. */
export function sizeOf(shelf: Shelf, slot: number): number {
  return shelf.hasSizes ? shelf.sizes[slot]! : 1
}

/** Nothing has to leave: the newcomer does not come in. */
export const NOT_ADMITTED = -1

/** A policy whose memory is plain data of type M. */
export interface Eviction<M = unknown> extends Policy {
  /** Makes the memory for an empty shelf. */
  remember(params: Params, shelf: Shelf): M
  /** The object in a slot was asked for. */
  hit(shelf: Shelf, memory: M, slot: number, now: Instant): void
  /** A key was asked for that is not held. */
  missed?(shelf: Shelf, memory: M, key: number): void
  /** An object is about to come in; the victims for it are asked for next, then it is inserted or not. */
  arriving?(shelf: Shelf, memory: M, key: number, size: number): void
  /**
   * Chooses a slot that has to be given up for what is arriving and lets go of it, or `NOT_ADMITTED`. Asked
   * again until there is room; there is at least one object. Draws only from `random`.
   */
  victim(shelf: Shelf, memory: M, key: number, size: number, random: Stream): number
  /** The arriving object is in a slot now, and in the table. */
  insert(shelf: Shelf, memory: M, slot: number, now: Instant): void
  /** The object in a slot leaves for another reason: it was purged, or is too old. */
  remove(shelf: Shelf, memory: M, slot: number): void
  /** In words: how the object in a slot stands. Changes nothing. */
  explain(shelf: Shelf, memory: M, slot: number, now: Instant): string
}

/** The same column with at least `room` places, for slots that have come; a copy when it was too short. */
export function fitted<T extends Float64Array | Int32Array | Uint32Array | Uint8Array>(
  column: T,
  room: number,
): T {
  if (column.length >= room) return column
  const longer = new (column.constructor as new (length: number) => T)(room)
  longer.set(column)
  return longer
}
