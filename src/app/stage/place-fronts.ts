/** Balancers side by side in front: a box each while there is room, else one for all. */

import type { Box } from './layout.ts'

const GAP = 10
/** The least that a line of words and one of ticks need. */
const LEAST_H = 36
const LEAST_W = 92
const LONE_H = 132
const MOST_H = 60

/** In a column from left to right of the stage. */
export function columnOfFronts(count: number, { x, y, w, h }: Box): readonly Box[] {
  const each = Math.min(MOST_H, Math.floor((h - GAP * (count - 1)) / count))
  if (count === 1 || each < LEAST_H) {
    const lone = Math.min(h, LONE_H)
    return [{ x, y: Math.round(y + (h - lone) / 2), w, h: lone }]
  }
  const top = Math.round(y + (h - count * (each + GAP) + GAP) / 2)
  return Array.from({ length: count }, (_, index) => ({ x, y: top + index * (each + GAP), w, h: each }))
}

/** In a row across an upright stage. */
export function rowOfFronts(count: number, { x, y, w, h }: Box): readonly Box[] {
  const each = Math.min(180, Math.floor((w - GAP * (count - 1)) / count))
  if (count === 1 || each < LEAST_W) {
    const lone = Math.min(w, 300)
    return [{ x: x + (w - lone) / 2, y, w: lone, h }]
  }
  const left = Math.round(x + (w - count * (each + GAP) + GAP) / 2)
  return Array.from({ length: count }, (_, index) => ({ x: left + index * (each + GAP), y, w: each, h }))
}

/** The box around others; at least one. */
export function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.w))
  const bottom = Math.max(...boxes.map((box) => box.y + box.h))
  return { x, y, w: right - x, h: bottom - y }
}
