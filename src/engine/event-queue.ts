/**
 * Pending events as rows of numbers in a calendar queue: constant time to schedule, take and cancel,
 * whatever is pending.
 *
 * Time is cut into days of equal width; a day's bucket is a sorted doubly linked list, and buckets are
 * reused year after year. A new event goes behind those of the same instant, so equal times run in the
 * order in which they were scheduled without storing an order number. Width and number of buckets follow
 * the load (see `calendar.ts`); they never change the order of events.
 *
 * Source: R. Brown, "Calendar queues: a fast O(1) priority queue implementation for the simulation event
 * set problem", CACM 31(10), 1988.
 */

import type { Instant } from '../base/time.ts'

/** Names one scheduled event; 0 is never one. Knows its generation, so a stale timer is recognised. */
export type Timer = number

/** No event. */
export const NO_TIMER: Timer = 0

/** Whole numbers a row holds: next, previous, kind, subject, object, generation (two are spare). */
export const ROW_SHIFT = 3
export const NEXT = 0
export const PREVIOUS = 1
export const KIND = 2
export const SUBJECT = 3
export const OBJECT = 4
export const GENERATION = 5

/**
 * A timer is a slot and a generation in 30 bits, which every engine holds without a box. 64 generations
 * are a safety net only: who owns a timer forgets it when it has run.
 */
const SLOT_BITS = 24
const SLOTS = 1 << SLOT_BITS
const GENERATIONS = 64
const NIL = -1

/** Plain data. Slots of free rows are chained through `NEXT`. */
export interface EventQueue {
  at: Float64Array
  row: Int32Array
  /** First and last slot of each bucket, or -1. */
  heads: Int32Array
  tails: Int32Array
  free: number
  used: number
  /** Pending events. */
  count: number
  /** One over the width of a day in ns; a power of two, so that dividing is exact. */
  perWidth: number
  /** Buckets - 1. */
  mask: number
  /** Number of the day in which the next event is looked for; no event is earlier. */
  today: number
  /** Work done since the last look at it: events scheduled, days skipped, rows walked past. */
  scheduled: number
  skipped: number
  walked: number
}

/** An empty queue. */
export function eventQueue(): EventQueue {
  const buckets = 64
  return {
    at: new Float64Array(64),
    row: new Int32Array(64 << ROW_SHIFT),
    heads: new Int32Array(buckets).fill(NIL),
    tails: new Int32Array(buckets).fill(NIL),
    free: NIL,
    used: 0,
    count: 0,
    perWidth: 2 ** -20,
    mask: buckets - 1,
    today: 0,
    scheduled: 0,
    skipped: 0,
    walked: 0,
  }
}

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
  queue.at[slot] = at
  return insert(queue, slot)
}

function reserve(queue: EventQueue, kind: number, subject: number, object: number): number {
  let slot = queue.free
  if (slot !== NIL) queue.free = queue.row[(slot << ROW_SHIFT) + NEXT]!
  else {
    slot = queue.used++
    if (slot === queue.at.length) grow(queue)
  }
  const row = queue.row
  const base = slot << ROW_SHIFT
  row[base + KIND] = kind
  row[base + SUBJECT] = subject
  row[base + OBJECT] = object
  queue.count++
  queue.scheduled++
  return slot
}

/** Takes an event out again; false when it has run or was cancelled before. */
export function cancel(queue: EventQueue, timer: Timer): boolean {
  if (timer === NO_TIMER) return false
  const slot = slotOf(timer)
  if (queue.row[(slot << ROW_SHIFT) + GENERATION] !== (timer - 1) >> SLOT_BITS) return false
  const day = Math.floor(queue.at[slot]! * queue.perWidth)
  release(queue, slot, day & queue.mask)
  return true
}

/** When the event of a pending timer is due. */
export function dueAt(queue: EventQueue, timer: Timer): Instant {
  return queue.at[slotOf(timer)]!
}

/** The slot of the earliest event if it is at most at `limit`, else -1. The event stays in the queue. */
export function earliest(queue: EventQueue, limit: Instant): number {
  const { today } = queue
  const slot = queue.heads[today & queue.mask]!
  if (slot !== NIL) {
    const time = queue.at[slot]!
    if (time * queue.perWidth < today + 1) return time <= limit ? slot : NIL
  }
  return searchDays(queue, limit)
}

/** Today has no event left: looks through the days of a year, up to that of the limit. */
function searchDays(queue: EventQueue, limit: Instant): number {
  if (queue.count === 0) return NIL
  const { heads, at, perWidth, mask } = queue
  const last = Math.floor(limit * perWidth)
  let day = queue.today
  for (let looked = 0; looked <= mask; looked++) {
    const slot = heads[day & mask]!
    if (slot !== NIL) {
      const time = at[slot]!
      if (time * perWidth < day + 1) {
        queue.today = day
        queue.skipped += looked
        return time <= limit ? slot : NIL
      }
    }
    if (day >= last) {
      queue.today = day
      return NIL
    }
    day++
  }
  queue.skipped += mask
  return searchYears(queue, limit)
}

/** Removes the event of a slot that `earliest` gave. */
export function take(queue: EventQueue, slot: number): void {
  release(queue, slot, queue.today & queue.mask)
}

/** Links a filled slot into its bucket, from the back: the later half of a bucket is the shorter walk. */
export function insert(queue: EventQueue, slot: number): Timer {
  const { row, at } = queue
  const time = at[slot]!
  const day = Math.floor(time * queue.perWidth)
  if (day < queue.today) queue.today = day
  const bucket = day & queue.mask
  const base = slot << ROW_SHIFT
  let before = queue.tails[bucket]!
  let after = NIL
  while (before !== NIL && at[before]! > time) {
    after = before
    before = row[(before << ROW_SHIFT) + PREVIOUS]!
    queue.walked++
  }
  row[base + NEXT] = after
  row[base + PREVIOUS] = before
  if (before === NIL) queue.heads[bucket] = slot
  else row[(before << ROW_SHIFT) + NEXT] = slot
  if (after === NIL) queue.tails[bucket] = slot
  else row[(after << ROW_SHIFT) + PREVIOUS] = slot
  return ((row[base + GENERATION]! << SLOT_BITS) | slot) + 1
}

function release(queue: EventQueue, slot: number, bucket: number): void {
  const row = queue.row
  const base = slot << ROW_SHIFT
  const next = row[base + NEXT]!
  const previous = row[base + PREVIOUS]!
  if (previous === NIL) queue.heads[bucket] = next
  else row[(previous << ROW_SHIFT) + NEXT] = next
  if (next === NIL) queue.tails[bucket] = previous
  else row[(next << ROW_SHIFT) + PREVIOUS] = previous
  row[base + NEXT] = queue.free
  row[base + GENERATION] = (row[base + GENERATION]! + 1) & (GENERATIONS - 1)
  queue.free = slot
  queue.count--
}

function slotOf(timer: Timer): number {
  return (timer - 1) & (SLOTS - 1)
}

/** No event within a year from today: the earliest is the least of the buckets' heads. */
function searchYears(queue: EventQueue, limit: Instant): number {
  let found = NIL
  let least = Infinity
  for (let bucket = 0; bucket <= queue.mask; bucket++) {
    const slot = queue.heads[bucket]!
    if (slot !== NIL && queue.at[slot]! < least) {
      least = queue.at[slot]!
      found = slot
    }
  }
  if (least > limit) {
    queue.today = Math.floor(limit * queue.perWidth)
    return NIL
  }
  queue.today = Math.floor(least * queue.perWidth)
  return found
}

function grow(queue: EventQueue): void {
  const slots = queue.at.length * 2
  if (slots > SLOTS) throw new Error(`more than ${SLOTS} events are pending`)
  const at = new Float64Array(slots)
  at.set(queue.at)
  queue.at = at
  const row = new Int32Array(slots << ROW_SHIFT)
  row.set(queue.row)
  queue.row = row
}
