/**
 * Keeps a calendar queue's days as wide, and its buckets as many, as the load wants.
 *
 * Called now and then, it looks at the work done since the last time: rows walked past, as several events shared a
 * day; empty days passed by, 32 at once; chains and rows looked at to turn years. An event that is alone in its day
 * costs least, so days become narrower as long as events walk past others, and wider when hundreds of empty days
 * stand between two events, or years are too short. A change that does not pay is taken back, and the next one
 * comes later each time; so a load that wants both, dense groups and long gaps, does not deal all events anew for
 * ever. All this only moves rows between buckets; the order of events never changes, so it may run at any time.
 */

import { dealAnew } from './days.ts'
import type { EventQueue } from './event-rows.ts'

/** Events taken between two looks; a power of two. */
export const PERIOD = 1024
const FEWEST_BUCKETS = 1024
const MOST_BUCKETS = 2 ** 24
const NARROWEST = 1
const WIDEST = 2 ** 42
const LONGEST_HOLD = 2 ** 16
/** So many rows and buckets may be dealt anew for each look, on average: the more there are, the longer a new width is kept. */
const DEALS_A_LOOK = 16 * PERIOD

/** True when it is time for `tune`. */
export function isDue(queue: EventQueue): boolean {
  return queue.taken >= PERIOD
}

/** Changes width and number of buckets if that will pay; costs nothing otherwise. */
export function tune(queue: EventQueue): void {
  const now = queue.yearBegin + queue.today / queue.perWidth
  const width = widthFor(queue, now)
  const buckets = bucketsFor(queue)
  if (width * queue.perWidth !== 1 || buckets !== queue.buckets) dealAnew(queue, now, 1 / width, buckets)
  queue.taken = 0
  queue.walked = 0
  queue.turned = 0
  queue.tunedAt = now
}

function widthFor(queue: EventQueue, now: number): number {
  const events = queue.taken + 1
  const days = ((now - queue.tunedAt) * queue.perWidth) / events
  const walks = queue.walked / events
  const turns = queue.turned / events
  const cost = walks + turns + days / 64
  const width = 1 / queue.perWidth
  const before = queue.widthBefore
  queue.widthBefore = 0
  if (before !== 0) {
    queue.hold = Math.floor((queue.count + queue.buckets) / DEALS_A_LOOK)
    // Only what the change itself brings speaks against it: the load may have grown meanwhile.
    const brought = width < before ? turns + days / 64 : walks
    if (brought > queue.costBefore) {
      queue.hold += queue.nextHold
      queue.nextHold = Math.min(2 * queue.nextHold, LONGEST_HOLD)
      return before
    }
    queue.nextHold = 1
  }
  if (queue.hold > 0) {
    queue.hold--
    return width
  }
  const wanted = wantedWidth(width, days, walks, turns)
  if (wanted === width) return width
  queue.widthBefore = width
  queue.costBefore = cost
  return wanted
}

function wantedWidth(width: number, days: number, walks: number, turns: number): number {
  let wanted = width
  if (walks > 0.1 && walks > turns) wanted /= walks > 1.6 ? 16 : 4
  else if (turns > 1 || (days > 256 && walks < 0.01)) wanted *= turns > 16 || days > 4096 ? 16 : 4
  return Math.min(Math.max(wanted, NARROWEST), WIDEST)
}

function bucketsFor({ buckets, count }: EventQueue): number {
  const wanted = 2 * count
  if (wanted <= 2 * buckets && wanted >= buckets / 8) return buckets
  let fitting = FEWEST_BUCKETS
  while (fitting < wanted && fitting < MOST_BUCKETS) fitting *= 2
  return fitting
}
