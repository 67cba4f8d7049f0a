/** The axis along the bottom of a plot: time as a rule, values where a chart is not over time. */

import type { TimeSpan } from '../stores/brush.ts'
import { toX } from './time-scale.ts'
import { type TimeTick, timeTicks } from './time-ticks.ts'
import type { ValueScale } from './value-scale.ts'

export interface Across {
  /** CSS pixels from the left edge of a plot of that width. */
  x(at: number, width: number): number
  ticks(width: number): readonly TimeTick[]
  /** What is in sight, in the unit of the axis. */
  readonly span: TimeSpan
}

/** Room that a label needs, CSS pixels. */
const LABEL_ROOM = 68

/** Time in ns; all of the run, or a stretch of it. */
export function overTime(duration: number, span: TimeSpan = { from: 0, to: duration }): Across {
  return {
    x: (at, width) => toX({ duration, width, span }, at),
    ticks: (width) => timeTicks(span.to, Math.max(2, Math.floor(width / LABEL_ROOM)), span.from),
    span,
  }
}

export function overValues(scale: ValueScale, format: (value: number) => string): Across {
  const [from, to] = scale.domain
  return {
    x: (at, width) => scale.at(at) * width,
    ticks(width) {
      const every = Math.max(1, Math.ceil(scale.ticks.length / Math.max(2, Math.floor(width / LABEL_ROOM))))
      return scale.ticks.filter((_, i) => i % every === 0).map((at) => ({ at, label: format(at) }))
    },
    span: { from, to },
  }
}
