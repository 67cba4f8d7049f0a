/** Looking closer at the stage: how much larger, and which part, as pure arithmetic. CSS pixels of the viewport. */

export interface Zoom {
  /** How many times larger than the whole stage, at least 1. */
  readonly scale: number
  /** Where the stage's left upper corner lies, 0 or less. */
  readonly x: number
  readonly y: number
}

export interface Extent {
  readonly width: number
  readonly height: number
}

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 }
export const CLOSEST = 8
/** What a focus leaves around what it fills the stage with. */
const MARGIN = 1.1
/** A single replica shall not become a poster, and a focus shall be seen to do something. */
const CLOSEST_FOCUS = 4
const FARTHEST_FOCUS = 1.5

/** Never beyond the edges of the stage. */
export function within({ scale, x, y }: Zoom, { width, height }: Extent): Zoom {
  const size = Math.max(1, Math.min(CLOSEST, scale))
  if (size < 1.005) return WHOLE
  return {
    scale: size,
    x: Math.min(0, Math.max(width * (1 - size), x)),
    y: Math.min(0, Math.max(height * (1 - size), y)),
  }
}

/** `factor` times as large, the point (x, y) of the viewport staying where it is. */
export function zoomAt(zoom: Zoom, factor: number, x: number, y: number, extent: Extent): Zoom {
  const scale = Math.max(1, Math.min(CLOSEST, zoom.scale * factor))
  const grown = scale / zoom.scale
  return within({ scale, x: x - (x - zoom.x) * grown, y: y - (y - zoom.y) * grown }, extent)
}

export function panBy({ scale, x, y }: Zoom, dx: number, dy: number, extent: Extent): Zoom {
  return within({ scale, x: x + dx, y: y + dy }, extent)
}

/** A box of the whole stage (at scale 1) fills the viewport; of one too large for that its upper part does. */
export function zoomTo(
  box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number },
  extent: Extent,
): Zoom {
  const { width, height } = extent
  const fits = Math.min(width / (box.w * MARGIN), height / (box.h * MARGIN))
  const scale = Math.max(FARTHEST_FOCUS, Math.min(CLOSEST_FOCUS, fits))
  const middle = (at: number, length: number, room: number) =>
    length * scale > room ? -at * scale : room / 2 - (at + length / 2) * scale
  return within({ scale, x: middle(box.x, box.w, width), y: middle(box.y, box.h, height) }, extent)
}

/** Between two, for a short way from one to the other. */
export function between(from: Zoom, to: Zoom, share: number): Zoom {
  const mix = (a: number, b: number) => a + (b - a) * share
  return { scale: mix(from.scale, to.scale), x: mix(from.x, to.x), y: mix(from.y, to.y) }
}
