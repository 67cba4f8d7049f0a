/**
 * Pending events as rows of numbers in a calendar queue: constant time to schedule, take and cancel,
 * whatever is pending.
 *
 * Time is cut into days of equal width, and days into years; a day's bucket is a sorted doubly linked list. A
 * new event goes behind those of the same instant, so equal times run in the order in which they were
 * scheduled without storing an order number. Events of later years (timeouts, mostly cancelled) are only
 * chained by year, unsorted, and are dealt to their days when their year begins. Width and number of buckets
 * follow the load (see `calendar.ts`); they never change the order of events.
 *
 * Source: R. Brown, "Calendar queues: a fast O(1) priority queue implementation for the simulation event
 * set problem", CACM 31(10), 1988; the years are the coarse level of G. Varghese & T. Lauck, "Hashed and
 * hierarchical timing wheels", SOSP 1987.
 */

import type { Instant } from '../base/time.ts'
import {
  AT_SHIFT,
  chainOf,
  type EventQueue,
  GENERATION,
  GENERATIONS,
  insert,
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
  unlink,
} from './event-rows.ts'
import { turnYear } from './later-years.ts'

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
  queue.scheduled++
  return slot
}

/** Takes an event out again; false when it has run or was cancelled before. */
export function cancel(queue: EventQueue, timer: Timer): boolean {
  if (timer === NO_TIMER) return false
  const slot = slotOf(timer)
  if (queue.row[(slot << ROW_SHIFT) | GENERATION] !== (timer - 1) >> SLOT_BITS) return false
  const day = Math.floor(queue.at[slot << AT_SHIFT]! * queue.perWidth)
  if (day <= queue.lastDay) release(queue, queue.heads, queue.tails, slot, day & queue.mask)
  else {
    queue.later--
    release(queue, queue.yearHeads, queue.yearTails, slot, chainOf(queue, day))
  }
  return true
}

/** The slots of all pending events, those of a day and of a later year in the order of their day or year. */
export function pendingSlots({ heads, yearHeads, row }: EventQueue): number[] {
  const slots: number[] = []
  for (const chains of [heads, yearHeads]) {
    for (const head of chains) {
      for (let slot = head; slot !== NIL; slot = row[(slot << ROW_SHIFT) | NEXT]!) slots.push(slot)
    }
  }
  return slots
}

/** When the event of a pending timer is due. */
export function dueAt(queue: EventQueue, timer: Timer): Instant {
  return queue.at[slotOf(timer) << AT_SHIFT]!
}

/** The slot of the earliest event if it is at most at `limit`, else -1. The event stays in the queue. */
export function earliest(queue: EventQueue, limit: Instant): number {
  const { today } = queue
  const slot = queue.heads[today & queue.mask]!
  if (slot !== NIL) {
    const time = queue.at[slot << AT_SHIFT]!
    if (time * queue.perWidth < today + 1) return time <= limit ? slot : NIL
  }
  return searchDays(queue, limit)
}

/** Today has no event left: looks through the days that follow, up to that of the limit. */
function searchDays(queue: EventQueue, limit: Instant): number {
  if (queue.count === 0) return NIL
  const { heads, at, perWidth, mask } = queue
  const last = Math.floor(limit * perWidth)
  let day = queue.today
  for (;;) {
    const from = day
    const end = queue.count === queue.later ? day - 1 : Math.min(queue.lastDay, last)
    for (; day <= end; day++) {
      const slot = heads[day & mask]!
      if (slot === NIL) continue
      const time = at[slot << AT_SHIFT]!
      if (time * perWidth >= day + 1) continue
      queue.today = day
      queue.skipped += day - from
      return time <= limit ? slot : NIL
    }
    queue.skipped += day - from
    if (last <= queue.lastDay || !turnYear(queue, last)) {
      if (last > queue.today) queue.today = last
      return NIL
    }
    day = queue.lastDay - mask
  }
}

/** Removes the event of a slot that `earliest` gave. */
export function take(queue: EventQueue, slot: number): void {
  release(queue, queue.heads, queue.tails, slot, queue.today & queue.mask)
}

function release(queue: EventQueue, heads: Int32Array, tails: Int32Array, slot: number, list: number): void {
  const { row } = queue
  const base = slot << ROW_SHIFT
  unlink(row, heads, tails, slot, list)
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
