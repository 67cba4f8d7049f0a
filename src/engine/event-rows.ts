/** How pending events lie in memory, and how they are linked into days and years (see event-queue.ts). */

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
  /** First and last slot of each day's bucket, or -1. */
  heads: Int32Array
  tails: Int32Array
  /** The same of the chains of later years. */
  readonly yearHeads: Int32Array
  readonly yearTails: Int32Array
  /** Events in them. */
  later: number
  /** Last day of the year that has been dealt to its days. */
  lastDay: number
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
  const at = new Float64Array(64 << AT_SHIFT)
  return {
    at,
    row: new Int32Array(at.buffer),
    heads: new Int32Array(buckets).fill(NIL),
    tails: new Int32Array(buckets).fill(NIL),
    yearHeads: new Int32Array(YEARS).fill(NIL),
    yearTails: new Int32Array(YEARS).fill(NIL),
    later: 0,
    lastDay: buckets - 1,
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

/** Links a filled slot into its day's bucket, from the back: the later half of a bucket is the shorter walk. */
export function insert(queue: EventQueue, slot: number): Timer {
  const { row, at } = queue
  const time = at[slot << AT_SHIFT]!
  const day = Math.floor(time * queue.perWidth)
  const base = slot << ROW_SHIFT
  if (day > queue.lastDay) {
    append(queue, slot, chainOf(queue, day))
    queue.later++
    return ((row[base | GENERATION]! << SLOT_BITS) | slot) + 1
  }
  if (day < queue.today) queue.today = day
  const bucket = day & queue.mask
  let before = queue.tails[bucket]!
  let after = NIL
  while (before !== NIL && at[before << AT_SHIFT]! > time) {
    after = before
    before = row[(before << ROW_SHIFT) | PREVIOUS]!
    queue.walked++
  }
  row[base | NEXT] = after
  row[base | PREVIOUS] = before
  if (before === NIL) queue.heads[bucket] = slot
  else row[(before << ROW_SHIFT) | NEXT] = slot
  if (after === NIL) queue.tails[bucket] = slot
  else row[(after << ROW_SHIFT) | PREVIOUS] = slot
  return ((row[base | GENERATION]! << SLOT_BITS) | slot) + 1
}

/** Links a slot to the end of a later year's chain. */
function append({ row, yearHeads, yearTails }: EventQueue, slot: number, chain: number): void {
  const before = yearTails[chain]!
  row[(slot << ROW_SHIFT) | NEXT] = NIL
  row[(slot << ROW_SHIFT) | PREVIOUS] = before
  if (before === NIL) yearHeads[chain] = slot
  else row[(before << ROW_SHIFT) | NEXT] = slot
  yearTails[chain] = slot
}

/** Takes a slot out of its list. */
export function unlink(
  row: Int32Array,
  heads: Int32Array,
  tails: Int32Array,
  slot: number,
  list: number,
): void {
  const base = slot << ROW_SHIFT
  const next = row[base | NEXT]!
  const previous = row[base | PREVIOUS]!
  if (previous === NIL) heads[list] = next
  else row[(previous << ROW_SHIFT) | NEXT] = next
  if (next === NIL) tails[list] = previous
  else row[(next << ROW_SHIFT) | PREVIOUS] = previous
}

/** The chain of a later day's year. */
export function chainOf({ mask }: EventQueue, day: number): number {
  return Math.floor(day / (mask + 1)) & (YEARS - 1)
}
