/**
 * Least recently used: the object that was asked for longest ago leaves. With `interval`, as Varnish's
 * lru_interval, a hit counts only when the object was not moved for that long, which spares a busy list.
 *
 * Source: Mattson et al., "Evaluation techniques for storage hierarchies", IBM Systems Journal 9(2), 1970;
 * Varnish 7.1.1, storage_lru.c.
 */

import { type Lists, lastOf, lists, makeRoom, putFirst, takeOut } from '../../base/lists.ts'
import type { Instant } from '../../base/time.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { type Eviction, fitted, type Shelf } from './eviction.ts'

const params = {
  interval: {
    kind: 'duration',
    title: 'Interval',
    summary: 'An object is not moved again before this has passed; Varnish has 2s, 0 is true LRU.',
    default: 0,
    min: 0,
  },
} as const satisfies ParamSpec

interface Memory {
  readonly interval: number
  /** One list of slots, the last moved first. */
  readonly order: Lists
  /** By slot: when it was last moved; not kept without an interval. */
  moved: Float64Array
}

const ALL = 0

function remember(chosen: Params): Memory {
  return { interval: Number(chosen.interval), order: lists(1), moved: new Float64Array(0) }
}

function hit(_shelf: Shelf, memory: Memory, slot: number, now: Instant): void {
  const { interval, order, moved } = memory
  if (interval > 0) {
    if (now - moved[slot]! < interval) return
    moved[slot] = now
  }
  takeOut(order, slot)
  putFirst(order, ALL, slot)
}

function insert({ table }: Shelf, memory: Memory, slot: number, now: Instant): void {
  makeRoom(memory.order, slot, table.atMost)
  putFirst(memory.order, ALL, slot)
  if (memory.interval === 0) return
  memory.moved = fitted(memory.moved, table.keys.length)
  memory.moved[slot] = now
}

function victim(_shelf: Shelf, { order }: Memory): number {
  const slot = lastOf(order, ALL)
  takeOut(order, slot)
  return slot
}

export const lru: Eviction<Memory> = {
  name: 'lru',
  title: 'LRU',
  summary: 'Who was asked for longest ago leaves; one scan over many objects empties it.',
  source: 'Mattson et al. 1970; Varnish 7.1.1, lru_interval',
  params,
  remember,
  hit,
  victim,
  insert,
  remove: (_shelf, { order }, slot) => takeOut(order, slot),
  explain(_shelf, { interval, moved }, slot, now) {
    if (interval === 0) return 'in order of last use'
    return `last moved ${(now - moved[slot]!) / 1e9} s ago`
  },
}
