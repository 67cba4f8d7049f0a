/**
 * ARC, adaptive replacement cache: one LRU list of objects asked for once, one of those asked for again, and
 * the keys of who left either. A key that comes back says which of the two lists was too short, and shifts
 * the target between them. In bytes, lists are as long as what their objects take.
 *
 * Source: Megiddo & Modha, "ARC: a self-tuning, low overhead replacement cache", FAST 2003, figure 4.
 */

import { NOBODY } from '../../base/lists.ts'
import { type Eviction, type Shelf, sizeOf } from './eviction.ts'
import { type Ghosts, ghosts, haunt, hauntOf, release, trim } from './ghosts.ts'
import { fitSlots, join, leave, oldest, type Segments, segments, toFront } from './segments.ts'

interface Memory {
  readonly segments: Segments
  readonly ghosts: Ghosts
  /** What the objects asked for once should take (the paper's p). */
  target: number
  /** The ghost list in which the arriving object's key was, or `NOBODY`. */
  from: number
}

/** T1 and T2 as segments, B1 and B2 as ghosts. */
const ONCE = 0
const AGAIN = 1

function remember(_params: unknown, shelf: Shelf): Memory {
  return { segments: segments(2), ghosts: ghosts(shelf, 2), target: 0, from: NOBODY }
}

function arriving({ capacity }: Shelf, memory: Memory, key: number, size: number): void {
  const { segments, ghosts } = memory
  const [once = 0, again = 0] = ghosts.used
  memory.from = hauntOf(ghosts, key)
  if (memory.from === NOBODY) {
    const ofOnce = segments.used[ONCE]! + once
    if (ofOnce + size > capacity) trim(ghosts, ONCE, Math.max(0, capacity - size - segments.used[ONCE]!))
    else trim(ghosts, AGAIN, Math.max(0, 2 * capacity - size - ofOnce - segments.used[AGAIN]!))
    return
  }
  if (memory.from === ONCE) {
    memory.target = Math.min(capacity, memory.target + size * Math.max(1, again / once))
  } else {
    memory.target = Math.max(0, memory.target - size * Math.max(1, once / again))
  }
  release(ghosts, key)
}

/** The paper's REPLACE; who leaves a list that fills the whole directory alone is not remembered. */
function victim(shelf: Shelf, memory: Memory, _key: number, size: number): number {
  const { segments, ghosts, target, from } = memory
  const once = segments.used[ONCE]!
  const isOnce = once > target || (from === AGAIN && once === target)
  const wanted = oldest(segments, isOnce ? ONCE : AGAIN)
  const slot = wanted === NOBODY ? oldest(segments, isOnce ? AGAIN : ONCE) : wanted
  const segment = segments.of[slot]!
  leave(shelf, segments, slot)
  const isFull = segment === ONCE && from === NOBODY && once + ghosts.used[ONCE]! + size > shelf.capacity
  if (!isFull) haunt(ghosts, segment, shelf.table.keys[slot]!, sizeOf(shelf, slot))
  return slot
}

function insert(shelf: Shelf, { segments, ghosts, from }: Memory, slot: number): void {
  fitSlots(shelf, segments)
  join(shelf, segments, from === NOBODY ? ONCE : AGAIN, slot)
  trim(ghosts, AGAIN, Math.max(0, 2 * shelf.capacity - shelf.used - ghosts.used[ONCE]!))
  trim(ghosts, ONCE, Math.max(0, 2 * shelf.capacity - shelf.used - ghosts.used[AGAIN]!))
}

export const arc: Eviction<Memory> = {
  name: 'arc',
  title: 'ARC',
  summary: 'Balances recency against frequency by learning from the keys that come back too late.',
  source: 'Megiddo & Modha, FAST 2003',
  params: {},
  remember,
  hit: (shelf, { segments }, slot) => toFront(shelf, segments, AGAIN, slot),
  arriving,
  victim,
  insert,
  remove: (shelf, { segments }, slot) => leave(shelf, segments, slot),
  explain: (_shelf, { segments }, slot) =>
    segments.of[slot] === ONCE ? 'asked for once' : 'asked for again',
}
