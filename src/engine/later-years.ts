/** Events of later years: their days are dealt when their year begins (see event-queue.ts). */

import type { Instant } from '../base/time.ts'
import { insert, leaveYear } from './days.ts'
import { AT_SHIFT, chainOf, type EventQueue, NEXT, NIL, ROW_SHIFT, YEARS, yearLength } from './event-rows.ts'

/**
 * All days of the year are over: the next one that has events is dealt to its days.
 * @param limit nobody looks beyond it
 * @returns false when it begins after that
 */
export function turnYear(queue: EventQueue, limit: Instant): boolean {
  const length = yearLength(queue)
  let begin = queue.yearBegin + length
  for (let looked = 0; looked < YEARS; looked++) {
    if (begin > limit) return false
    queue.turned++
    if (deal(queue, begin)) return true
    begin += length
  }
  queue.turned += queue.later
  begin = Math.floor(earliestLater(queue) / length) * length
  return begin <= limit && deal(queue, begin)
}

/** Deals the events of the year that begins then, in the order in which they were scheduled. @returns false when there are none */
function deal(queue: EventQueue, begin: Instant): boolean {
  const { row, at, yearHeads } = queue
  const chain = chainOf(queue, begin)
  const end = begin + yearLength(queue)
  const before = queue.later
  for (let slot = yearHeads[chain]!; slot !== NIL; ) {
    const next = row[(slot << ROW_SHIFT) | NEXT]!
    if (at[slot << AT_SHIFT]! < end) {
      if (queue.yearBegin < begin) {
        queue.yearBegin = begin
        queue.today = queue.buckets - 1
      }
      leaveYear(queue, slot, chain)
      insert(queue, slot)
    } else queue.turned++
    slot = next
  }
  return queue.later < before
}

/** When the first event of all later years is due. */
function earliestLater({ row, at, yearHeads }: EventQueue): Instant {
  let least = Infinity
  for (const head of yearHeads) {
    for (let slot = head; slot !== NIL; slot = row[(slot << ROW_SHIFT) | NEXT]!) {
      if (at[slot << AT_SHIFT]! < least) least = at[slot << AT_SHIFT]!
    }
  }
  return least
}
