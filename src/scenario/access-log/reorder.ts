/**
 * Puts the lines of a log into order of time, in constant memory. Servers write a line when the answer is
 * done but stamp it with the time of the request, so real logs run back and forth by up to a minute.
 *
 * A second is closed, and its lines handed on in the order of the file, when a line two minutes later has
 * been read, or when a million lines wait. A line that comes after its second was closed joins the oldest
 * that is open.
 */

import { longer } from './longer.ts'

/** Seconds of log time within which lines are sorted. */
export const WINDOW = 120
/** Lines that wait at most: at 20 bytes each. */
export const MOST_WAITING = 1 << 20

/** Takes the records of a second, in order, between `enter` and the next `enter`. */
export interface Ordered {
  enter(second: number, count: number): void
  record(address: number, key: number, size: number): void
}

export interface Reorder {
  /** @returns by how many seconds the line came too late; 0 for nearly all */
  add(second: number, address: number, key: number, size: number): number
  /** Hands on everything that still waits. */
  end(): void
}

/** Slots of the ring of open seconds; more than WINDOW + 1, a power of two. */
const RING = 128
const NONE = -1

export function reorder(into: Ordered, mostWaiting = MOST_WAITING): Reorder {
  // The waiting lines of each open second are a list through `next`, so that their order is kept.
  const first = new Int32Array(RING).fill(NONE)
  const last = new Int32Array(RING)
  const counts = new Int32Array(RING)
  let capacity = Math.min(4096, mostWaiting)
  let next = new Int32Array(capacity)
  let addresses = new Uint32Array(capacity)
  let keys = new Uint32Array(capacity)
  let sizes = new Uint32Array(capacity)
  let free = NONE
  let used = 0
  let waiting = 0
  /** The oldest second that is open, and the newest that was seen. */
  let oldest = -Infinity
  let newest = -Infinity

  function grow(): void {
    capacity = Math.min(mostWaiting, capacity * 2)
    next = longer(next, capacity)
    addresses = longer(addresses, capacity)
    keys = longer(keys, capacity)
    sizes = longer(sizes, capacity)
  }

  function slotForOne(): number {
    if (free !== NONE) {
      const slot = free
      free = next[slot]!
      return slot
    }
    if (used === capacity) grow()
    return used++
  }

  function closeOldest(): void {
    const at = ringAt(oldest)
    if (first[at] !== NONE) {
      into.enter(oldest, counts[at]!)
      for (let slot = first[at]!; slot !== NONE; slot = next[slot]!) {
        into.record(addresses[slot]!, keys[slot]!, sizes[slot]!)
      }
      next[last[at]!] = free
      free = first[at]!
      waiting -= counts[at]!
      first[at] = NONE
      counts[at] = 0
    }
    oldest++
  }

  function closeUpTo(second: number): void {
    while (waiting > 0 && oldest < second) closeOldest()
    if (oldest < second) oldest = second
  }

  return {
    add(second, address, key, size) {
      if (second > newest) {
        newest = second
        closeUpTo(newest - WINDOW)
      }
      while (waiting === mostWaiting) closeOldest()
      const late = Math.max(0, oldest - second)
      const at = ringAt(second + late)
      const slot = slotForOne()
      addresses[slot] = address
      keys[slot] = key
      sizes[slot] = size
      next[slot] = NONE
      if (first[at] === NONE) first[at] = slot
      else next[last[at]!] = slot
      last[at] = slot
      counts[at]!++
      waiting++
      return late
    },
    end: () => closeUpTo(Infinity),
  }
}

function ringAt(second: number): number {
  return second & (RING - 1)
}
