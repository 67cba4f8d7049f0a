/**
 * Keeps a calendar queue's days as wide, and its buckets as many, as the load wants.
 *
 * Called now and then, it looks at the work done since the last time: many empty days passed by mean days
 * too narrow, many rows walked past mean days too wide. It only moves rows between buckets; the order of
 * events never changes, so it may run at any time.
 */

import { AT_SHIFT, type EventQueue, insert, NEXT, NIL, ROW_SHIFT } from './event-rows.ts'

/** Events scheduled between two looks. */
const PERIOD = 1024
const FEWEST_BUCKETS = 64
const MOST_BUCKETS = 2 ** 24
const NARROWEST = 1
const WIDEST = 2 ** 42

/** True when it is time for `tune`. */
export function isDue(queue: EventQueue): boolean {
  return queue.scheduled >= PERIOD
}

/** Changes width and number of buckets if that will pay; costs nothing otherwise. */
export function tune(queue: EventQueue): void {
  const skips = queue.skipped / (queue.scheduled + 1)
  const walks = queue.walked / (queue.scheduled + 1)
  queue.scheduled = 0
  queue.skipped = 0
  queue.walked = 0
  let width = 1 / queue.perWidth
  if (walks > 0.7 && walks > skips) width /= walks > 16 ? 16 : 4
  else if (skips > 16 && skips > walks) width *= skips > 24 ? 16 : 4
  width = Math.min(Math.max(width, NARROWEST), WIDEST)
  let buckets = queue.mask + 1
  if (queue.count > 2 * buckets || queue.count < buckets / 8) {
    buckets = FEWEST_BUCKETS
    while (buckets < queue.count && buckets < MOST_BUCKETS) buckets *= 2
  }
  if (width * queue.perWidth !== 1 || buckets !== queue.mask + 1) rebuild(queue, width, buckets)
}

/** Deals all pending events anew, in their order. */
function rebuild(queue: EventQueue, width: number, buckets: number): void {
  const slots: number[] = []
  for (const heads of [queue.heads, queue.yearHeads]) {
    for (const head of heads) {
      for (let slot = head; slot !== NIL; slot = queue.row[(slot << ROW_SHIFT) | NEXT]!) slots.push(slot)
    }
  }
  const now = queue.today / queue.perWidth
  if (buckets !== queue.mask + 1) {
    queue.heads = new Int32Array(buckets)
    queue.tails = new Int32Array(buckets)
    queue.mask = buckets - 1
  }
  for (const ends of [queue.heads, queue.tails, queue.yearHeads, queue.yearTails]) ends.fill(NIL)
  queue.perWidth = 1 / width
  queue.today = Math.floor(now * queue.perWidth)
  queue.lastDay = queue.today - (queue.today % buckets) + buckets - 1
  queue.later = 0
  const { at } = queue
  // Equal times sat in one bucket, or one chain, in their order, and a stable sort keeps them so.
  slots.sort((a, b) => at[a << AT_SHIFT]! - at[b << AT_SHIFT]!)
  for (const slot of slots) insert(queue, slot)
  queue.walked = 0
}
