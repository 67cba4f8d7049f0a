/**
 * Keeps a calendar queue's days as wide, and its buckets as many, as the load wants.
 *
 * Called now and then, it looks at the work done since the last time. An event that is alone in its day costs
 * least, and a day without events next to nothing, so days are narrow: eight or more for an event. Only when
 * there are hundreds do they become wider again. It only moves rows between buckets; the order of events never
 * changes, so it may run at any time.
 */

import { dealAnew } from './days.ts'
import type { EventQueue } from './event-rows.ts'

/** Events taken between two looks. */
export const PERIOD = 1024
const FEWEST_BUCKETS = 1024
const MOST_BUCKETS = 2 ** 24
const NARROWEST = 1
const WIDEST = 2 ** 42

/** True when it is time for `tune`. */
export function isDue(queue: EventQueue): boolean {
  return queue.taken >= PERIOD
}

/** Changes width and number of buckets if that will pay; costs nothing otherwise. */
export function tune(queue: EventQueue): void {
  const now = queue.yearBegin + queue.today / queue.perWidth
  const days = ((now - queue.tunedAt) * queue.perWidth) / (queue.taken + 1)
  const walks = queue.walked / (queue.taken + 1)
  let width = 1 / queue.perWidth
  if (walks > 0.1) width /= walks > 1.6 ? 16 : 4
  else if (days > 256 && walks < 0.01) width *= days > 4096 ? 16 : 4
  width = Math.min(Math.max(width, NARROWEST), WIDEST)
  let { buckets } = queue
  const wanted = 2 * queue.count
  if (wanted > 2 * buckets || wanted < buckets / 8) {
    buckets = FEWEST_BUCKETS
    while (buckets < wanted && buckets < MOST_BUCKETS) buckets *= 2
  }
  if (width * queue.perWidth !== 1 || buckets !== queue.buckets) dealAnew(queue, now, 1 / width, buckets)
  queue.taken = 0
  queue.walked = 0
  queue.tunedAt = now
}
