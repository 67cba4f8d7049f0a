/** Rates that change along straight lines, as stretches for thinning. */

import type { Instant } from '../../base/time.ts'
import type { Stretch } from './thinning.ts'

/** The rate `rate` (per second) until `until`, without change. */
export function level(rate: number, until: Instant): Stretch {
  return { until, ceiling: rate }
}

/** The rate on a straight line between (`from`, `start`) and (`until`, `end`); ns and per second. */
export function slope(from: Instant, start: number, until: Instant, end: number): Stretch {
  if (start === end) return level(start, until)
  const perNanosecond = (end - start) / (until - from)
  return { until, ceiling: Math.max(start, end), rateAt: (at) => start + (at - from) * perNanosecond }
}
