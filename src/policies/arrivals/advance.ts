/** Rounds instants to whole nanoseconds and carries the rest over, so that a pace never drifts. */

import { round } from '../../base/round.ts'
import type { Instant } from '../../base/time.ts'
import type { ArrivalMemory } from './arrivals.ts'

/** `now` and the rest kept in `memory[0]`, plus `gap` (ns, not rounded); keeps the new rest. */
export function advance(now: Instant, gap: number, memory: ArrivalMemory): Instant {
  const late = memory[0]! + gap
  const whole = Math.max(0, round(late))
  memory[0] = late - whole
  return now + whole
}
