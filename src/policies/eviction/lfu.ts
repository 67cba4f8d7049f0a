/**
 * Least frequently used: the object with the fewest requests since it came in leaves, of equals the one that
 * was asked for longest ago. Who left is forgotten.
 *
 * One list holds all objects by count, and those of a count in order of use; the last of each count is known
 * by the count, so that an object finds its new place at once.
 *
 * Source: Shah, Mitra & Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme", 2010.
 */

import { addRow, findRow, type KeyedRows, keyedRows, NO_ROW, removeRow } from '../../base/keyed-rows.ts'
import {
  beforeOf,
  firstOf,
  type Lists,
  lists,
  makeRoom,
  NOBODY,
  putBehind,
  putFirst,
  takeOut,
} from '../../base/lists.ts'
import { type Eviction, fitted, type Shelf } from './eviction.ts'

interface Memory {
  /** One list of slots: fewest requests first, of equals the least recently used. */
  readonly order: Lists
  /** By slot: requests since it came in. */
  counts: Uint32Array
  /** By count: the last slot that has it. */
  readonly lastWith: KeyedRows
}

const ALL = 0

function remember(): Memory {
  return { order: lists(1), counts: new Uint32Array(0), lastWith: keyedRows(1) }
}

function hit(_shelf: Shelf, memory: Memory, slot: number): void {
  const { order, counts, lastWith } = memory
  const count = counts[slot]!
  const next = findRow(lastWith, count + 1)
  const own = findRow(lastWith, count)
  const last = lastWith.values[own]!
  const before = beforeOf(order, slot)
  if (last === slot) setLast(memory, own, count, before)
  if (next !== NO_ROW || last !== slot) {
    const other = next === NO_ROW ? last : lastWith.values[next]!
    takeOut(order, slot)
    putBehind(order, other, slot)
  }
  counts[slot] = count + 1
  const row = next === NO_ROW ? addRow(lastWith, count + 1) : next
  lastWith.values[row] = slot
}

/** The last of a count is gone: the one before it is the last now, if it has the same count. */
function setLast({ counts, lastWith }: Memory, row: number, count: number, before: number): void {
  if (before !== NOBODY && counts[before] === count) lastWith.values[row] = before
  else removeRow(lastWith, row)
}

function remove(_shelf: Shelf, memory: Memory, slot: number): void {
  const { order, counts, lastWith } = memory
  const row = findRow(lastWith, counts[slot]!)
  if (lastWith.values[row] === slot) setLast(memory, row, counts[slot]!, beforeOf(order, slot))
  takeOut(order, slot)
}

function victim(shelf: Shelf, memory: Memory): number {
  const slot = firstOf(memory.order, ALL)
  remove(shelf, memory, slot)
  return slot
}

function insert({ table }: Shelf, memory: Memory, slot: number): void {
  const { order, lastWith } = memory
  makeRoom(order, slot, table.atMost)
  memory.counts = fitted(memory.counts, table.keys.length)
  memory.counts[slot] = 1
  const first = findRow(lastWith, 1)
  if (first === NO_ROW) putFirst(order, ALL, slot)
  else putBehind(order, lastWith.values[first]!, slot)
  const row = first === NO_ROW ? addRow(lastWith, 1) : first
  lastWith.values[row] = slot
}

export const lfu: Eviction<Memory> = {
  name: 'lfu',
  title: 'LFU',
  summary: 'Who was asked for least since it came in leaves; what was popular once stays for long.',
  source: 'Shah, Mitra & Matani, An O(1) algorithm for implementing the LFU cache eviction scheme, 2010',
  params: {},
  remember,
  hit,
  victim,
  insert,
  remove,
  explain: (_shelf, { counts }, slot) => `asked for ${counts[slot]} times`,
}
