/**
 * Private caches, as in browsers: a small LRU cache for each of many visitors, all in three tables. An object
 * is served as long as it is fresh; nothing is asked about. Plain data; every call costs O(1).
 *
 * Limit of realism: an object's life begins when the visitor gets it, whatever its age in caches on the way
 * (no Age header).
 */

import { addRow, findRow, type KeyedRows, keyedRows, NO_ROW, removeRow } from '../../base/keyed-rows.ts'
import type { Duration, Instant } from '../../base/time.ts'

export interface PrivateCaches {
  /** Keys that were ever kept, to give them small numbers. */
  readonly keys: KeyedRows
  /** By visitor: what it holds takes so much, the objects asked for last and longest ago. */
  readonly owners: KeyedRows
  /** By visitor and key: see the columns below. */
  readonly objects: KeyedRows
}

/** Of each. Times in ns. */
export interface PrivateSettings {
  /** In objects, or in bytes when `hasSizes`. */
  readonly capacity: number
  readonly hasSizes: boolean
  readonly ttl: Duration
}

const USED = 0
const NEWEST = 1
const OLDEST = 2
const OWNER_WIDTH = 3

const STORED = 0
const SIZE = 1
const OWNER = 2
const NEWER = 3
const OLDER = 4
const AS_OF = 5
const OBJECT_WIDTH = 6

/** Visitors and keys at most; their numbers together make an exact one. */
const MOST_KEYS = 2 ** 26
const MOST_OWNERS = 2 ** 27

export function privateCaches(): PrivateCaches {
  return {
    keys: keyedRows(0, MOST_KEYS),
    owners: keyedRows(OWNER_WIDTH, MOST_OWNERS),
    objects: keyedRows(OBJECT_WIDTH),
  }
}

/**
 * A visitor asks for an object.
 * @returns as of when it is, or -1 when it is not held or not fresh; what is not fresh is gone
 */
export function askPrivate(
  all: PrivateCaches,
  settings: PrivateSettings,
  visitor: number,
  key: number,
  now: Instant,
): Instant {
  const row = rowOf(all, visitor, key)
  if (row === NO_ROW) return -1
  const { values } = all.objects
  const stored = values[row * OBJECT_WIDTH + STORED]!
  if (now - stored > settings.ttl) {
    drop(all, row)
    return -1
  }
  const owner = values[row * OBJECT_WIDTH + OWNER]!
  unlink(all, owner, row)
  link(all, owner, row)
  return values[row * OBJECT_WIDTH + AS_OF]!
}

/**
 * A visitor keeps an object in place of what it held of it; what was asked for longest ago leaves for it.
 * @param asOf when it left its origin
 */
export function keepPrivate(
  all: PrivateCaches,
  { capacity, hasSizes }: PrivateSettings,
  visitor: number,
  key: number,
  size: number,
  now: Instant,
  asOf: Instant = now,
): void {
  dropPrivate(all, visitor, key)
  const takes = hasSizes ? size : 1
  if (takes > capacity) return
  const owner = ownerFor(all.owners, visitor)
  const { values } = all.owners
  const o = owner * OWNER_WIDTH
  while (values[o + USED]! + takes > capacity) drop(all, values[o + OLDEST]!)
  const row = addRow(all.objects, nameOf(owner, rowFor(all.keys, key)))
  const r = row * OBJECT_WIDTH
  all.objects.values[r + STORED] = now
  all.objects.values[r + AS_OF] = asOf
  all.objects.values[r + SIZE] = takes
  all.objects.values[r + OWNER] = owner
  values[o + USED]! += takes
  link(all, owner, row)
}

/** What a visitor holds of an object goes. */
export function dropPrivate(all: PrivateCaches, visitor: number, key: number): void {
  const row = rowOf(all, visitor, key)
  if (row !== NO_ROW) drop(all, row)
}

function rowOf(all: PrivateCaches, visitor: number, key: number): number {
  const owner = findRow(all.owners, visitor)
  if (owner === NO_ROW) return NO_ROW
  const number = findRow(all.keys, key)
  return number === NO_ROW ? NO_ROW : findRow(all.objects, nameOf(owner, number))
}

function nameOf(owner: number, key: number): number {
  return owner * MOST_KEYS + key
}

function ownerFor(owners: KeyedRows, visitor: number): number {
  let owner = findRow(owners, visitor)
  if (owner !== NO_ROW) return owner
  owner = addRow(owners, visitor)
  owners.values[owner * OWNER_WIDTH + NEWEST] = NO_ROW
  owners.values[owner * OWNER_WIDTH + OLDEST] = NO_ROW
  return owner
}

function rowFor(rows: KeyedRows, name: number): number {
  const row = findRow(rows, name)
  return row === NO_ROW ? addRow(rows, name) : row
}

function drop(all: PrivateCaches, row: number): void {
  const { values } = all.objects
  const owner = values[row * OBJECT_WIDTH + OWNER]!
  all.owners.values[owner * OWNER_WIDTH + USED]! -= values[row * OBJECT_WIDTH + SIZE]!
  unlink(all, owner, row)
  removeRow(all.objects, row)
}

/** Puts an object first in its visitor's list. */
function link({ owners, objects }: PrivateCaches, owner: number, row: number): void {
  const o = owner * OWNER_WIDTH
  const first = owners.values[o + NEWEST]!
  objects.values[row * OBJECT_WIDTH + NEWER] = NO_ROW
  objects.values[row * OBJECT_WIDTH + OLDER] = first
  if (first === NO_ROW) owners.values[o + OLDEST] = row
  else objects.values[first * OBJECT_WIDTH + NEWER] = row
  owners.values[o + NEWEST] = row
}

function unlink({ owners, objects }: PrivateCaches, owner: number, row: number): void {
  const o = owner * OWNER_WIDTH
  const newer = objects.values[row * OBJECT_WIDTH + NEWER]!
  const older = objects.values[row * OBJECT_WIDTH + OLDER]!
  if (newer === NO_ROW) owners.values[o + NEWEST] = older
  else objects.values[newer * OBJECT_WIDTH + OLDER] = older
  if (older === NO_ROW) owners.values[o + OLDEST] = newer
  else objects.values[older * OBJECT_WIDTH + NEWER] = newer
}
