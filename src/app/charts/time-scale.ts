/** Time against pixels, the only place that converts one into the other. */

import type { TimeSpan } from '../stores/brush.ts'

export interface TimeScale {
  readonly duration: number
  /** Width of the plot, CSS pixels. */
  readonly width: number
  /** What of the run is in sight; absent: all of it. */
  readonly span?: TimeSpan | undefined
}

/** CSS pixels from the plot's left edge; beyond the edges where an instant is out of sight. */
export function toX({ duration, width, span }: TimeScale, at: number): number {
  const from = span?.from ?? 0
  const length = (span?.to ?? duration) - from
  return length > 0 ? ((at - from) / length) * width : 0
}

/** The instant at a pixel, within what is in sight. */
export function toInstant({ duration, width, span }: TimeScale, x: number): number {
  const from = span?.from ?? 0
  if (!(width > 0)) return Math.round(from)
  const length = (span?.to ?? duration) - from
  return Math.round(from + Math.min(1, Math.max(0, x / width)) * length)
}
