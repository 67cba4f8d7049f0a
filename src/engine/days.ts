/**
 * Days and years of the calendar (see event-queue.ts): how slots are linked into them and taken out, and how all
 * of them are dealt anew.
 */

import type { Instant } from '../base/time.ts'
import {
  AT_SHIFT,
  chainOf,
  dayOf,
  type EventQueue,
  GENERATION,
  NEXT,
  NIL,
  PREVIOUS,
  ROW_SHIFT,
  SLOT_BITS,
  type Timer,
  yearLength,
} from './event-rows.ts'

/** Links a filled slot into its day, or to the chain of its year. */
export function insert(queue: EventQueue, slot: number): Timer {
  const { row, at } = queue
  const time = at[slot << AT_SHIFT]!
  const day = dayOf(queue, time)
  if (day >= queue.buckets) append(queue, slot, chainOf(queue, time))
  else if (day >= 0) enter(queue, slot, time, day | 0)
  else {
    // Somebody has looked ahead, into a later year.
    dealAnew(queue, time, queue.perWidth, queue.buckets)
    enter(queue, slot, time, dayOf(queue, time) | 0)
  }
  return ((row[(slot << ROW_SHIFT) | GENERATION]! << SLOT_BITS) | slot) + 1
}

/** Links a slot into a day, from the back: who is scheduled later mostly runs later. */
function enter(queue: EventQueue, slot: number, time: Instant, day: number): void {
  const { row, at, ends, marks } = queue
  const base = slot << ROW_SHIFT
  const first = day << 1
  const marked = marks[day >> 5]!
  const mark = 1 << day
  if (day < queue.today) queue.today = day
  if ((marked & mark) === 0) {
    marks[day >> 5] = marked | mark
    row[base | NEXT] = NIL
    row[base | PREVIOUS] = NIL
    ends[first] = slot
    ends[first | 1] = slot
    return
  }
  let before = ends[first | 1]!
  let after = NIL
  while (before !== NIL && at[before << AT_SHIFT]! > time) {
    after = before
    before = row[(before << ROW_SHIFT) | PREVIOUS]!
    queue.walked++
  }
  row[base | NEXT] = after
  row[base | PREVIOUS] = before
  if (before === NIL) ends[first] = slot
  else row[(before << ROW_SHIFT) | NEXT] = slot
  if (after === NIL) ends[first | 1] = slot
  else row[(after << ROW_SHIFT) | PREVIOUS] = slot
}

/** Takes the first slot of a day out of it. */
export function leaveFirst({ row, ends, marks }: EventQueue, slot: number, day: number): void {
  const next = row[(slot << ROW_SHIFT) | NEXT]!
  if (next === NIL) marks[day >> 5]! &= ~(1 << day)
  else {
    ends[day << 1] = next
    row[(next << ROW_SHIFT) | PREVIOUS] = NIL
  }
}

/** Takes any slot of a day out of it. */
export function leave(queue: EventQueue, slot: number, day: number): void {
  const { row, ends } = queue
  const next = row[(slot << ROW_SHIFT) | NEXT]!
  const previous = row[(slot << ROW_SHIFT) | PREVIOUS]!
  if (previous === NIL) {
    leaveFirst(queue, slot, day)
    return
  }
  row[(previous << ROW_SHIFT) | NEXT] = next
  if (next === NIL) ends[(day << 1) | 1] = previous
  else row[(next << ROW_SHIFT) | PREVIOUS] = previous
}

/** Links a slot to the end of a later year's chain. */
function append(queue: EventQueue, slot: number, chain: number): void {
  const { row, yearHeads, yearTails } = queue
  const before = yearTails[chain]!
  row[(slot << ROW_SHIFT) | NEXT] = NIL
  row[(slot << ROW_SHIFT) | PREVIOUS] = before
  if (before === NIL) yearHeads[chain] = slot
  else row[(before << ROW_SHIFT) | NEXT] = slot
  yearTails[chain] = slot
  queue.later++
}

/** Takes a slot out of a later year's chain. */
export function leaveYear(queue: EventQueue, slot: number, chain: number): void {
  const { row, yearHeads, yearTails } = queue
  const next = row[(slot << ROW_SHIFT) | NEXT]!
  const previous = row[(slot << ROW_SHIFT) | PREVIOUS]!
  if (previous === NIL) yearHeads[chain] = next
  else row[(previous << ROW_SHIFT) | NEXT] = next
  if (next === NIL) yearTails[chain] = previous
  else row[(next << ROW_SHIFT) | PREVIOUS] = previous
  queue.later--
}

/** The slots of all pending events, those of a day and of a later year in the order of their day or year. */
export function pendingSlots({ ends, marks, yearHeads, buckets, row }: EventQueue): number[] {
  const slots: number[] = []
  const follow = (head: number): void => {
    for (let slot = head; slot !== NIL; slot = row[(slot << ROW_SHIFT) | NEXT]!) slots.push(slot)
  }
  for (let day = 0; day < buckets; day++) if ((marks[day >> 5]! & (1 << day)) !== 0) follow(ends[day << 1]!)
  for (const head of yearHeads) follow(head)
  return slots
}

/**
 * Deals all pending events anew, in their order.
 * @param now none of them is earlier
 */
export function dealAnew(queue: EventQueue, now: Instant, perWidth: number, buckets: number): void {
  const slots = pendingSlots(queue)
  if (buckets !== queue.buckets) {
    queue.ends = new Int32Array(2 * buckets)
    queue.marks = new Int32Array(buckets >> 5)
    queue.buckets = buckets
  }
  queue.marks.fill(0)
  queue.yearHeads.fill(NIL)
  queue.yearTails.fill(NIL)
  queue.perWidth = perWidth
  queue.later = 0
  const year = yearLength(queue)
  queue.yearBegin = Math.floor(now / year) * year
  queue.today = Math.floor(dayOf(queue, now))
  const { at } = queue
  // Equal times sat in one day, or one chain, in their order, and a stable sort keeps them so.
  slots.sort((a, b) => at[a << AT_SHIFT]! - at[b << AT_SHIFT]!)
  for (const slot of slots) insert(queue, slot)
}
