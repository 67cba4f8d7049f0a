/**
 * Belady's optimum: of a trace that is known to its end, what the best possible cache would hit. Always the
 * object whose next request is furthest away leaves; with `mayBypass` (a cache may serve an object without
 * keeping it) also the newcomer itself. No policy hits more of a trace by number when all objects take the
 * same; with sizes it is no longer the optimum, but a good policy that knows the future.
 *
 * Source: Belady, IBM Systems Journal 5(2), 1966; Mattson et al., IBM Systems Journal 9(2), 1970.
 */

import { dequeue, EMPTY, enqueue, heaps } from '../../base/heaps.ts'
import { addRow, findRow, keyedRows, NO_ROW, removeRow } from '../../base/keyed-rows.ts'

export interface Trace {
  readonly keys: ArrayLike<number>
  /** What each request's object takes, in the unit of the capacity; without, 1. */
  readonly sizes?: ArrayLike<number>
}

/**
 * Runs a trace through the optimum.
 * @param capacity in objects, or in the unit of the trace's sizes
 * @returns for each request 1 if it is a hit, else 0; O(log n) a request
 */
export function belady({ keys, sizes }: Trace, capacity: number, mayBypass = false): Uint8Array {
  const next = nextRequests(keys)
  const distinct = next.reduce((count, place) => (place === Infinity ? count + 1 : count), 0)
  const hits = new Uint8Array(keys.length)
  const sizeAt = (i: number) => sizes?.[i] ?? 1
  const held = keyedRows(1)
  const queue = heaps(distinct)
  let first = EMPTY
  let used = 0
  const leave = (slot: number) => {
    first = dequeue(queue, first, slot)
    used -= held.values[slot]!
    removeRow(held, slot)
  }
  for (let i = 0; i < keys.length; i++) {
    let slot = findRow(held, keys[i]!)
    hits[i] = slot === NO_ROW ? 0 : 1
    if (slot !== NO_ROW) leave(slot)
    const size = sizeAt(i)
    if (size > capacity || (mayBypass && next[i] === Infinity)) continue
    let isLet = true
    while (used + size > capacity && isLet) {
      isLet = !mayBypass || -queue.key[first]! > next[i]!
      if (isLet) leave(first)
    }
    if (!isLet) continue
    slot = addRow(held, keys[i]!)
    held.values[slot] = size
    used += size
    queue.key[slot] = -next[i]!
    queue.tie[slot] = slot
    first = enqueue(queue, first, slot)
  }
  return hits
}

/** For each request: the place of the next one for the same key, or Infinity. */
function nextRequests(keys: ArrayLike<number>): Float64Array {
  const next = new Float64Array(keys.length).fill(Infinity)
  const seen = keyedRows(1)
  for (let i = keys.length - 1; i >= 0; i--) {
    let row = findRow(seen, keys[i]!)
    if (row === NO_ROW) row = addRow(seen, keys[i]!)
    else next[i] = seen.values[row]!
    seen.values[row] = i
  }
  return next
}
