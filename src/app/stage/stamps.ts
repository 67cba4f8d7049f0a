/**
 * Shapes cut into pixels once: for each of 4 x 4 positions between pixels, which pixels a shape covers
 * wholly and which in part. Stamping a dot is then a walk over two short lists.
 */

import { isInside, REACH, type ShapeName } from './shapes.ts'

/** Positions between two pixels that are told apart, in each direction. */
export const PHASES = 4
const SAMPLES = 8
/** Of a larger shape fewer do, as there are more pixels at its edge. */
const LARGE = 5
const SAMPLES_OF_LARGE = 4
/** Parts of 128 of a pixel that nobody sees, or misses. */
const FAINT = 6

export interface Stamp {
  /** Offsets, in pixels of the raster, of the wholly covered pixels from the one that holds the centre. */
  readonly solid: Int32Array
  readonly edge: Int32Array
  /** How much of each edge pixel is covered, in 128 parts: 1 to 127. */
  readonly part: Uint8Array
}

/** Pixels that a stamp reaches from the one that holds its centre. */
export function stampReach(radius: number): number {
  return Math.ceil(radius * REACH + 1)
}

/** Stamps of a shape by phase, `stamps[phaseY * PHASES + phaseX]`, for a raster `stride` pixels wide. */
export function cutStamps(shape: ShapeName, radius: number, stride: number): Stamp[] {
  return Array.from({ length: PHASES * PHASES }, (_, phase) => {
    const px = ((phase % PHASES) + 0.5) / PHASES
    const py = (Math.floor(phase / PHASES) + 0.5) / PHASES
    return cut(shape, radius, stride, px, py)
  })
}

function cut(shape: ShapeName, radius: number, stride: number, px: number, py: number): Stamp {
  const reach = stampReach(radius)
  const solid: number[] = []
  const edge: number[] = []
  const part: number[] = []
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const covered = coverage(shape, radius, x - px, y - py)
      if (covered < FAINT) continue
      if (covered > 128 - FAINT) solid.push(y * stride + x)
      else {
        edge.push(y * stride + x)
        part.push(covered)
      }
    }
  }
  return { solid: Int32Array.from(solid), edge: Int32Array.from(edge), part: Uint8Array.from(part) }
}

/** 0 to 128: how much of the pixel whose corner is (left, top) from the centre lies inside. */
function coverage(shape: ShapeName, radius: number, left: number, top: number): number {
  const samples = radius > LARGE ? SAMPLES_OF_LARGE : SAMPLES
  let inside = 0
  for (let row = 0; row < samples; row++) {
    for (let col = 0; col < samples; col++) {
      const x = (left + (col + 0.5) / samples) / radius
      const y = (top + (row + 0.5) / samples) / radius
      if (isInside(shape, x, y)) inside++
    }
  }
  return Math.round((128 * inside) / (samples * samples))
}
