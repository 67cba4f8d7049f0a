/**
 * The shapes of dots, each as a rule (is this point inside?) for the raster and as a path for the legend.
 * Unit coordinates: the shape fills about -1 to 1, y down; areas are alike, so that none looks louder.
 */

export type ShapeName =
  | 'disc'
  | 'ring'
  | 'cross'
  | 'square'
  | 'triangle'
  | 'bar'
  | 'chevron'
  | 'pair'
  | 'half'
  | 'plus'
  | 'drop'
  | 'bow'
  | 'hourglass'

export const SHAPE_NAMES: readonly ShapeName[] = [
  'disc',
  'ring',
  'cross',
  'square',
  'triangle',
  'bar',
  'chevron',
  'pair',
  'half',
  'plus',
  'drop',
  'bow',
  'hourglass',
]

/** How far beyond the radius a shape may reach. */
export const REACH = 1.3

const CROSS_ARM = 0.42
const CROSS_LENGTH = 1.25
const HOLE = 0.52
const SIDE = 1.08
const PAIR = 1.2
const SLIT = 0.35
const PLUS_ARM = 0.4
const PLUS_LENGTH = 1.25
const BOW = 1.28
const KNOT = 0.28

const INSIDE: Readonly<Record<ShapeName, (x: number, y: number) => boolean>> = {
  disc: (x, y) => x * x + y * y <= 1,
  ring: (x, y) => {
    const far = x * x + y * y
    return far <= 1.1 && far >= HOLE * HOLE
  },
  cross: (x, y) => {
    const along = Math.abs(x + y) / Math.SQRT2
    const across = Math.abs(x - y) / Math.SQRT2
    return Math.max(along, across) <= CROSS_LENGTH && Math.min(along, across) <= CROSS_ARM
  },
  // Larger than a disc of the same area, or else the two look alike at this size.
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= SIDE,
  triangle: (x, y) => y <= 0.95 && y >= -1.15 && Math.abs(x) <= ((y + 1.15) / 2.1) * 1.25,
  bar: (x, y) => Math.abs(x) <= 1.2 && Math.abs(y) <= 0.42,
  chevron: (x, y) => Math.abs(y) <= 1.25 && Math.abs(x - 0.55 + Math.abs(y)) <= 0.55,
  // Two bars: a request and its copy.
  pair: (x, y) => Math.abs(x) <= PAIR && Math.abs(y) <= PAIR && Math.abs(y) >= SLIT,
  // A half disc: what a cache fetches for itself.
  half: (x, y) => x * x + y * y <= 1.45 && x >= -0.1,
  plus: (x, y) =>
    Math.max(Math.abs(x), Math.abs(y)) <= PLUS_LENGTH && Math.min(Math.abs(x), Math.abs(y)) <= PLUS_ARM,
  // A triangle that points down, onto what is purged.
  drop: (x, y) => y >= -0.95 && y <= 1.15 && Math.abs(x) <= ((1.15 - y) / 2.1) * 1.25,
  // Two that meet; standing up when they have met before.
  bow: (x, y) => Math.abs(x) <= BOW && Math.abs(y) <= Math.max(KNOT, Math.abs(x) * 0.9),
  hourglass: (x, y) => Math.abs(y) <= BOW && Math.abs(x) <= Math.max(KNOT, Math.abs(y) * 0.9),
}

export function isInside(shape: ShapeName, x: number, y: number): boolean {
  return INSIDE[shape](x, y)
}

/** For a `viewBox="-1.4 -1.4 2.8 2.8"` filled by the even-odd rule. */
export const SHAPE_PATHS: Readonly<Record<ShapeName, string>> = {
  disc: 'M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z',
  ring: `M-1.05 0a1.05 1.05 0 1 0 2.1 0a1.05 1.05 0 1 0-2.1 0zM-${HOLE} 0a${HOLE} ${HOLE} 0 1 0 ${2 * HOLE} 0a${HOLE} ${HOLE} 0 1 0-${2 * HOLE} 0z`,
  cross:
    'M-1.18-.59L-.59-1.18L0-.59L.59-1.18L1.18-.59L.59 0L1.18 .59L.59 1.18L0 .59L-.59 1.18L-1.18 .59L-.59 0z',
  square: 'M-1.08-1.08H1.08V1.08H-1.08z',
  triangle: 'M0-1.15L1.25 .95H-1.25z',
  bar: 'M-1.2-.42H1.2V.42H-1.2z',
  chevron: 'M-.15-1.25L1.1 0L-.15 1.25H-1.25L0 0L-1.25-1.25z',
  pair: 'M-1.2-1.2H1.2V-.35H-1.2zM-1.2 .35H1.2V1.2H-1.2z',
  half: 'M-.1-1.2A1.2 1.2 0 0 1-.1 1.2z',
  plus: 'M-.4-1.25H.4V-.4H1.25V.4H.4V1.25H-.4V.4H-1.25V-.4H-.4z',
  drop: 'M0 1.15L1.25-.95H-1.25z',
  bow: 'M-1.28-1.15L-.31-.28H.31L1.28-1.15V1.15L.31 .28H-.31L-1.28 1.15z',
  hourglass: 'M-1.15-1.28L-.28-.31V.31L-1.15 1.28H1.15L.28 .31V-.31L1.15-1.28z',
}
