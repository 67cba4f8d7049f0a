/** Segments of a cache: lists of slots, the newest first, and what the objects in each take. */

import { firstOf, type Lists, lastOf, lists, makeRoom, putFirst, takeOut } from '../../base/lists.ts'
import { fitted, type Shelf, sizeOf } from './eviction.ts'

export interface Segments {
  readonly lists: Lists
  /** By slot: the segment that it is in. */
  of: Uint8Array
  /** By segment: what its objects take. */
  readonly used: Float64Array
}

export function segments(count: number): Segments {
  return { lists: lists(count), of: new Uint8Array(0), used: new Float64Array(count) }
}

/** Makes room for all slots that the shelf may use at present. */
export function fitSlots(shelf: Shelf, all: Segments): void {
  const room = shelf.table.keys.length
  if (all.of.length >= room) return
  all.of = fitted(all.of, room)
  makeRoom(all.lists, room - 1, room)
}

/** Puts a slot that is in no segment at the front of one. */
export function join(shelf: Shelf, all: Segments, segment: number, slot: number): void {
  all.of[slot] = segment
  all.used[segment]! += sizeOf(shelf, slot)
  putFirst(all.lists, segment, slot)
}

/** Takes a slot out of its segment. */
export function leave(shelf: Shelf, all: Segments, slot: number): void {
  all.used[all.of[slot]!]! -= sizeOf(shelf, slot)
  takeOut(all.lists, slot)
}

/** Moves a slot to the front of a segment, from wherever it is. */
export function toFront(shelf: Shelf, all: Segments, segment: number, slot: number): void {
  if (firstOf(all.lists, segment) === slot) return
  leave(shelf, all, slot)
  join(shelf, all, segment, slot)
}

/** The slot at the end of a segment, or `NOBODY`. */
export function oldest(all: Segments, segment: number): number {
  return lastOf(all.lists, segment)
}
