/** How pending events lie in memory (see event-queue.ts). */

import type { Instant } from '../base/time.ts'

/** Names one scheduled event; 0 is never one. Knows its generation, so a stale timer is recognised. */
export type Timer = number

/** No event. */
export const NO_TIMER: Timer = 0

/**
 * A row is 32 bytes, half a line of a processor's cache: a double, the instant, and six whole numbers. Places of
 * whole numbers count from the row's beginning.
 */
export const ROW_SHIFT = 3
export const AT_SHIFT = 2
export const NEXT = 2
export const PREVIOUS = 3
export const KIND = 4
export const SUBJECT = 5
export const OBJECT = 6
export const GENERATION = 7

/**
 * A timer is a slot and a generation in 30 bits, which every engine holds without a box. 64 generations
 * are a safety net only: who owns a timer forgets it when it has run.
 */
export const SLOT_BITS = 24
export const SLOTS = 1 << SLOT_BITS
export const GENERATIONS = 64
export const NIL = -1
/** Years have so many chains; one later than that shares a chain with an earlier one. */
export const YEARS = 256

/** Plain data. Slots of free rows are chained through `NEXT`. */
export interface EventQueue {
  /** Both show the same rows. */
  at: Float64Array
  row: Int32Array
  /** First and last slot of each bucket; they mean nothing where its mark is not set. */
  ends: Int32Array
  /** A bit for each bucket: set when events are in it. */
  marks: Int32Array
  /** First and last slot of the chains of later years, or -1. */
  readonly yearHeads: Int32Array
  readonly yearTails: Int32Array
  /** Events in them. */
  later: number
  /** When the year began that has been dealt to its days; a multiple of its length. */
  yearBegin: Instant
  free: number
  used: number
  /** Pending events. */
  count: number
  /** One over the width of a day in ns; a power of two, so that dividing is exact. */
  perWidth: number
  /** Days of a year: a power of two. */
  buckets: number
  /** Day of the year from which the next event is looked for; none of this year is earlier. */
  today: number
  /**
   * Since the last look at its load: events taken, as whoever runs them counts them; rows walked past; chains and
   * rows looked at to turn years. And when that look was.
   */
  taken: number
  walked: number
  turned: number
  tunedAt: Instant
  /** What the last change of width has to beat: the width before, 0 when it has, and what an event cost then. */
  widthBefore: number
  costBefore: number
  /** So many looks change nothing; and so many more after the next change that did not pay. */
  hold: number
  nextHold: number
}

/** An empty queue. */
export function eventQueue(): EventQueue {
  const buckets = 1024
  const at = new Float64Array(64 << AT_SHIFT)
  return {
    at,
    row: new Int32Array(at.buffer),
    ends: new Int32Array(2 * buckets),
    marks: new Int32Array(buckets >> 5),
    yearHeads: new Int32Array(YEARS).fill(NIL),
    yearTails: new Int32Array(YEARS).fill(NIL),
    later: 0,
    yearBegin: 0,
    free: NIL,
    used: 0,
    count: 0,
    perWidth: 2 ** -20,
    buckets,
    today: 0,
    taken: 0,
    walked: 0,
    turned: 0,
    tunedAt: 0,
    widthBefore: 0,
    costBefore: 0,
    hold: 0,
    nextHold: 1,
  }
}

/** The day of an instant, counted from the beginning of the year, with its fraction. */
export function dayOf(queue: EventQueue, at: Instant): number {
  return (at - queue.yearBegin) * queue.perWidth
}

/** How long a year is, ns. */
export function yearLength({ buckets, perWidth }: EventQueue): number {
  return buckets / perWidth
}

/** The chain of the year that an instant is in. */
export function chainOf(queue: EventQueue, at: Instant): number {
  return Math.floor(at / yearLength(queue)) & (YEARS - 1)
}
