/**
 * CoDel: a queue drops from its head when those who leave it have waited for longer than a target for a whole
 * interval, and then ever more often, until the wait is short again.
 *
 * Source: RFC 8289, "Controlled Delay Active Queue Management", section 5; target 5 ms, interval 100 ms.
 */

import type { Duration, Instant } from '../../base/time.ts'

export interface Codel {
  readonly target: Duration
  readonly interval: Duration
}

/** Memory: when the wait will have been too long for an interval (0: it is not), the next drop, drops in this
 * spell and at the end of the last one, 1 while dropping. */
const FIRST_ABOVE = 0
const DROP_NEXT = 1
const COUNT = 2
const LAST_COUNT = 3
const DROPPING = 4

export function openCodel(): Float64Array {
  return new Float64Array(5)
}

/**
 * Judges whoever is at the head of the queue; call it again for the next one when it is dropped.
 * @param waited how long it has waited, ns
 * @param isLast nobody waits behind it: a queue of one is never too long
 * @returns true when it is to be dropped
 */
export function drops(
  codel: Codel,
  memory: Float64Array,
  waited: Duration,
  isLast: boolean,
  now: Instant,
): boolean {
  const isTooLong = isLong(codel, memory, waited, isLast, now)
  if (memory[DROPPING] === 1) {
    if (!isTooLong) {
      memory[DROPPING] = 0
      return false
    }
    if (now < memory[DROP_NEXT]!) return false
    memory[COUNT]!++
    memory[DROP_NEXT] = next(codel, memory[DROP_NEXT]!, memory[COUNT]!)
    return true
  }
  if (!isTooLong) return false
  memory[DROPPING] = 1
  const fresh = memory[COUNT]! - memory[LAST_COUNT]!
  const isSoon = now - memory[DROP_NEXT]! < 16 * codel.interval
  memory[COUNT] = isSoon && fresh > 1 ? fresh : 1
  memory[DROP_NEXT] = next(codel, now, memory[COUNT]!)
  memory[LAST_COUNT] = memory[COUNT]!
  return true
}

/** The queue has run empty. */
export function emptied(memory: Float64Array): void {
  memory[FIRST_ABOVE] = 0
  memory[DROPPING] = 0
}

function isLong(
  { target, interval }: Codel,
  memory: Float64Array,
  waited: Duration,
  isLast: boolean,
  now: Instant,
): boolean {
  if (waited < target || isLast) {
    memory[FIRST_ABOVE] = 0
    return false
  }
  if (memory[FIRST_ABOVE] === 0) {
    memory[FIRST_ABOVE] = now + interval
    return false
  }
  return now >= memory[FIRST_ABOVE]!
}

function next({ interval }: Codel, from: Instant, count: number): Instant {
  return from + interval / Math.sqrt(count)
}
