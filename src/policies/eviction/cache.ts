/**
 * A cache as such: which keys it holds, in which slots, and whom the eviction policy gave up for whom. What a
 * cache node knows more about its objects (when they expire, their version) stands in columns of its own
 * beside, by slot.
 */

import { addRow, findRow, keyedRows, NO_ROW, removeRow } from '../../base/keyed-rows.ts'
import type { Stream } from '../../base/stream.ts'
import type { Instant } from '../../base/time.ts'
import type { Params } from '../policy.ts'
import { type Eviction, fitted, NOT_ADMITTED, type Shelf, sizeOf } from './eviction.ts'

/** State of a cache: plain data. */
export interface Cache<M = unknown> {
  readonly shelf: Shelf
  readonly memory: M
  /** Whom the last `put` gave up, in that order. */
  readonly gone: Gone
}

/** The keys that left in the first `count` places, and the slots that they had. */
export interface Gone {
  count: number
  keys: Float64Array
  slots: Int32Array
}

/**
 * An empty cache of so many objects, or of so many bytes when `hasSizes`.
 * @param below keys are whole numbers below this; 0: they may be any
 */
export function cache<M>(
  eviction: Eviction<M>,
  params: Params,
  capacity: number,
  hasSizes = false,
  below = 0,
): Cache<M> {
  const shelf: Shelf = {
    table: keyedRows(0, hasSizes ? undefined : capacity, below),
    capacity,
    hasSizes,
    used: 0,
    sizes: new Float64Array(0),
  }
  const gone = { count: 0, keys: new Float64Array(1), slots: new Int32Array(1) }
  return { shelf, memory: eviction.remember(params, shelf), gone }
}

/** What is in a slot is asked for. */
export function use<M>(eviction: Eviction<M>, { shelf, memory }: Cache<M>, slot: number, now: Instant): void {
  eviction.hit(shelf, memory, slot, now)
}

/**
 * Asks for a key.
 * @returns its slot, or `NO_ROW` (-1) when it is not held
 */
export function ask<M>(
  eviction: Eviction<M>,
  { shelf, memory }: Cache<M>,
  key: number,
  now: Instant,
): number {
  const slot = findRow(shelf.table, key)
  if (slot !== NO_ROW) eviction.hit(shelf, memory, slot, now)
  else eviction.missed?.(shelf, memory, key)
  return slot
}

/**
 * Brings in an object whose key is not held; afterwards `gone` says who left for it. An object that is
 * fetched again with the same size keeps its slot and is not put again; one that has changed its size is
 * dropped before. Costs O(1) for each object that leaves, and those came in before.
 * @returns its slot, or `NO_ROW` (-1) when it is larger than the cache or the policy does not let it in
 */
export function put<M>(
  eviction: Eviction<M>,
  { shelf, memory, gone }: Cache<M>,
  key: number,
  size: number,
  now: Instant,
  random: Stream,
): number {
  gone.count = 0
  const takes = shelf.hasSizes ? size : 1
  if (takes > shelf.capacity) return NO_ROW
  eviction.arriving?.(shelf, memory, key, takes)
  while (shelf.used + takes > shelf.capacity) {
    const victim = eviction.victim(shelf, memory, key, takes, random)
    if (victim === NOT_ADMITTED) return NO_ROW
    note(gone, shelf.table.keys[victim]!, victim)
    free(shelf, victim)
  }
  const slot = addRow(shelf.table, key)
  if (shelf.hasSizes) {
    shelf.sizes = fitted(shelf.sizes, shelf.table.keys.length)
    shelf.sizes[slot] = takes
  }
  shelf.used += takes
  eviction.insert(shelf, memory, slot, now)
  return slot
}

/** Takes out the object in a slot: a purge, or it is too old. */
export function drop<M>(eviction: Eviction<M>, { shelf, memory }: Cache<M>, slot: number): void {
  eviction.remove(shelf, memory, slot)
  free(shelf, slot)
}

function free(shelf: Shelf, slot: number): void {
  shelf.used -= sizeOf(shelf, slot)
  removeRow(shelf.table, slot)
}

function note(gone: Gone, key: number, slot: number): void {
  if (gone.count === gone.keys.length) {
    gone.keys = fitted(gone.keys, 2 * gone.count)
    gone.slots = fitted(gone.slots, 2 * gone.count)
  }
  gone.keys[gone.count] = key
  gone.slots[gone.count++] = slot
}
