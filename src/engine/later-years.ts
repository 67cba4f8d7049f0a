/** Events of later years: their days are dealt when their year begins (see event-queue.ts). */

import {
  AT_SHIFT,
  chainOf,
  type EventQueue,
  insert,
  NEXT,
  NIL,
  ROW_SHIFT,
  unlink,
  YEARS,
} from './event-rows.ts'

/**
 * All days of the year are over: the next one that has events is dealt to its days.
 * @param last the day beyond which nobody looks
 * @returns false when it begins after that
 */
export function turnYear(queue: EventQueue, last: number): boolean {
  let first = queue.lastDay + 1
  for (let looked = 0; looked < YEARS; looked++) {
    if (first > last) return false
    if (deal(queue, first)) return true
    first += queue.mask + 1
  }
  first = firstLater(queue)
  return first <= last && deal(queue, first)
}

/** Deals the events of the year that begins with a day, in the order in which they were scheduled. @returns false when there are none */
function deal(queue: EventQueue, first: number): boolean {
  const { row, at, yearHeads, yearTails, perWidth, mask } = queue
  const chain = chainOf(queue, first)
  const end = first + mask + 1
  const before = queue.later
  for (let slot = yearHeads[chain]!; slot !== NIL; ) {
    const next = row[(slot << ROW_SHIFT) | NEXT]!
    if (at[slot << AT_SHIFT]! * perWidth < end) {
      unlink(row, yearHeads, yearTails, slot, chain)
      queue.later--
      queue.lastDay = end - 1
      insert(queue, slot)
    }
    slot = next
  }
  return queue.later < before
}

/** The first day of the first year that has events. */
function firstLater({ row, at, yearHeads, perWidth, mask }: EventQueue): number {
  let least = Infinity
  for (const head of yearHeads) {
    for (let slot = head; slot !== NIL; slot = row[(slot << ROW_SHIFT) | NEXT]!) {
      if (at[slot << AT_SHIFT]! < least) least = at[slot << AT_SHIFT]!
    }
  }
  const day = Math.floor(least * perWidth)
  return day - (day % (mask + 1))
}
