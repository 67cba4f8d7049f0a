/** Time against pixels, the only place that converts one into the other. */

export interface TimeScale {
  readonly duration: number
  /** Width of the plot, CSS pixels. */
  readonly width: number
}

/** CSS pixels from the plot's left edge. */
export function toX(scale: TimeScale, at: number): number {
  return scale.duration > 0 ? (at / scale.duration) * scale.width : 0
}

/** The instant at a pixel, within the run. */
export function toInstant(scale: TimeScale, x: number): number {
  if (!(scale.width > 0)) return 0
  return Math.round(Math.min(1, Math.max(0, x / scale.width)) * scale.duration)
}
