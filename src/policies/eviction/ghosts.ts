/** Ghosts: keys of objects that are no longer held, in lists, the newest first, with what the objects took. */

import { addRow, findRow, type KeyedRows, keyedRows, NO_ROW, removeRow } from '../../base/keyed-rows.ts'
import { type Lists, lastOf, lists, makeRoom, NOBODY, putFirst, takeOut } from '../../base/lists.ts'
import { fitted, type Shelf } from './eviction.ts'

export interface Ghosts {
  /** By row: the key and, where the shelf has sizes, what the object took. */
  readonly table: KeyedRows
  readonly lists: Lists
  /** By row: its list. */
  of: Uint8Array
  /** By list: what its objects took. */
  readonly used: Float64Array
}

/** `count` empty lists. */
export function ghosts(shelf: Shelf, count: number): Ghosts {
  return {
    table: keyedRows(shelf.hasSizes ? 1 : 0),
    lists: lists(count),
    of: new Uint8Array(0),
    used: new Float64Array(count),
  }
}

/** Puts a key that is in no list at the front of one. */
export function haunt(all: Ghosts, list: number, key: number, size: number): void {
  const { table } = all
  const row = addRow(table, key)
  if (table.width > 0) table.values[row] = size
  if (row >= all.of.length) {
    all.of = fitted(all.of, table.keys.length)
    makeRoom(all.lists, table.keys.length - 1, table.keys.length)
  }
  all.of[row] = list
  all.used[list]! += size
  putFirst(all.lists, list, row)
}

/** The list that a key is in, or `NOBODY`. */
export function hauntOf(all: Ghosts, key: number): number {
  const row = findRow(all.table, key)
  return row === NO_ROW ? NOBODY : all.of[row]!
}

/** Takes a key out of its list, if it is in one. */
export function release(all: Ghosts, key: number): boolean {
  const row = findRow(all.table, key)
  if (row === NO_ROW) return false
  takeOutRow(all, row)
  return true
}

/** Takes the oldest keys out of a list until the rest took at most so much. */
export function trim(all: Ghosts, list: number, atMost: number): void {
  while (all.used[list]! > atMost) {
    const row = lastOf(all.lists, list)
    if (row === NOBODY) return
    takeOutRow(all, row)
  }
}

function takeOutRow(all: Ghosts, row: number): void {
  const { table } = all
  all.used[all.of[row]!]! -= table.width > 0 ? table.values[row]! : 1
  takeOut(all.lists, row)
  removeRow(table, row)
}
