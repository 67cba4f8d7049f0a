/**
 * Pending events as rows of numbers in a calendar queue: constant time to schedule, take and cancel,
 * whatever is pending.
 *
 * Time is cut into days of equal width, and days into years; a day's bucket is a sorted doubly linked list, and
 * a bit tells whether anything is in it, so that 32 days are looked through at once. A new event goes behind
 * those of the same instant, so equal times run in the order in which they were scheduled without storing an
 * order number. Events of later years (timeouts, mostly cancelled) are only chained by year, unsorted, and are
 * dealt to their days when their year begins. Width and number of buckets follow the load (see `calendar.ts`);
 * they never change the order of events.
 *
 * Source: R. Brown, "Calendar queues: a fast O(1) priority queue implementation for the simulation event
 * set problem", CACM 31(10), 1988; the years are the coarse level of G. Varghese & T. Lauck, "Hashed and
 * hierarchical timing wheels", SOSP 1987.
 */

import type { Instant } from '../base/time.ts'
import { insert, leave, leaveFirst, leaveYear } from './days.ts'
import {
  AT_SHIFT,
  chainOf,
  dayOf,
  type EventQueue,
  GENERATION,
  GENERATIONS,
  KIND,
  NEXT,
  NIL,
  NO_TIMER,
  OBJECT,
  ROW_SHIFT,
  SLOT_BITS,
  SLOTS,
  SUBJECT,
  type Timer,
} from './event-rows.ts'
import { turnYear } from './later-years.ts'

export { pendingSlots } from './days.ts'
export {
  AT_SHIFT,
  type EventQueue,
  eventQueue,
  KIND,
  NO_TIMER,
  OBJECT,
  ROW_SHIFT,
  SUBJECT,
  type Timer,
} from './event-rows.ts'

/**
 * Adds an event behind all others of the same instant.
 * @param at not before the event that was taken last
 * @returns the timer by which it can be cancelled
 */
export function schedule(
  queue: EventQueue,
  at: Instant,
  kind: number,
  subject: number,
  object: number,
): Timer {
  // The instant goes by way of the table: handed on to a function it would be boxed.
  const slot = reserve(queue, kind, subject, object)
  queue.at[slot << AT_SHIFT] = at
  return insert(queue, slot)
}

function reserve(queue: EventQueue, kind: number, subject: number, object: number): number {
  let slot = queue.free
  if (slot !== NIL) queue.free = queue.row[(slot << ROW_SHIFT) | NEXT]!
  else {
    slot = queue.used++
    if (slot << AT_SHIFT === queue.at.length) grow(queue)
  }
  const row = queue.row
  const base = slot << ROW_SHIFT
  row[base | KIND] = kind
  row[base | SUBJECT] = subject
  row[base | OBJECT] = object
  queue.count++
  return slot
}

/** Takes an event out again; false when it has run or was cancelled before. */
export function cancel(queue: EventQueue, timer: Timer): boolean {
  if (timer === NO_TIMER) return false
  const slot = slotOf(timer)
  if (queue.row[(slot << ROW_SHIFT) | GENERATION] !== (timer - 1) >> SLOT_BITS) return false
  const at = queue.at[slot << AT_SHIFT]!
  const day = dayOf(queue, at)
  if (day < queue.buckets) leave(queue, slot, day | 0)
  else leaveYear(queue, slot, chainOf(queue, at))
  free(queue, slot)
  return true
}

/** When the event of a pending timer is due. */
export function dueAt(queue: EventQueue, timer: Timer): Instant {
  return queue.at[slotOf(timer) << AT_SHIFT]!
}

/** The slot of the earliest event if it is at most at `limit`, else -1. The event stays in the queue. */
export function earliest(queue: EventQueue, limit: Instant): number {
  const { marks, today } = queue
  const marked = marks[today >> 5]! & (-1 << today)
  if (marked === 0) return laterDays(queue, limit)
  const day = (today & ~31) | lowest(marked)
  queue.today = day
  const slot = queue.ends[day << 1]!
  return queue.at[slot << AT_SHIFT]! <= limit ? slot : NIL
}

/** Looks on behind the days that share today's word of marks, and in the years after this one. */
function laterDays(queue: EventQueue, limit: Instant): number {
  if (queue.count === 0) return NIL
  let word = (queue.today >> 5) + 1
  for (;;) {
    const { marks } = queue
    for (; word < marks.length; word++) {
      const marked = marks[word]!
      if (marked === 0) continue
      queue.today = (word << 5) | lowest(marked)
      const slot = queue.ends[queue.today << 1]!
      return queue.at[slot << AT_SHIFT]! <= limit ? slot : NIL
    }
    queue.today = queue.buckets - 1
    if (!turnYear(queue, limit)) return NIL
    word = 0
  }
}

/** The number of the lowest bit that is set. */
function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}

/** Removes the event of a slot that `earliest` gave. */
export function take(queue: EventQueue, slot: number): void {
  leaveFirst(queue, slot, queue.today)
  free(queue, slot)
}

function free(queue: EventQueue, slot: number): void {
  const { row } = queue
  const base = slot << ROW_SHIFT
  row[base | NEXT] = queue.free
  row[base | GENERATION] = (row[base | GENERATION]! + 1) & (GENERATIONS - 1)
  queue.free = slot
  queue.count--
}

/** The slot of a timer's event. */
export function slotOf(timer: Timer): number {
  return (timer - 1) & (SLOTS - 1)
}

function grow(queue: EventQueue): void {
  const slots = (queue.at.length >> AT_SHIFT) * 2
  if (slots > SLOTS) throw new Error(`more than ${SLOTS} events are pending`)
  const at = new Float64Array(slots << AT_SHIFT)
  // As whole numbers: what is no instant may look like a NaN, of which an engine keeps one.
  const row = new Int32Array(at.buffer)
  row.set(queue.row)
  queue.at = at
  queue.row = row
}
