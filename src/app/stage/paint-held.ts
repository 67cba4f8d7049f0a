/** Requests that wait at a balancer in front, as ticks that one can count, its head at the right. */

import type { Levels } from '../../worker/protocol.ts'
import type { Box } from './layout.ts'
import type { Raster } from './raster.ts'

/** Where a balancer's line is drawn; layout units. */
export interface FrontGauge {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

const INSET = 12
const BOTTOM = 8
const TICK_W = 3
const PITCH = 5
const TICK_H = 9

/** Along the lower edge of a balancer's box. */
export function frontGauge(box: Box): FrontGauge {
  return { x: box.x + INSET, y: box.y + box.h - BOTTOM - TICK_H, w: box.w - 2 * INSET, h: TICK_H }
}

/** Ticks that a line shows; those beyond are told in a number. */
export function mostHeld({ w }: FrontGauge): number {
  return Math.floor((w + PITCH - TICK_W) / PITCH)
}

/**
 * @param fronts one for each balancer, or one for all of them together
 * @param frame first index of the frame among the levels of nodes
 */
export function paintHeld(
  raster: Raster,
  scale: number,
  fronts: readonly FrontGauge[],
  levels: Levels,
  frame: number,
  color: number,
): void {
  fronts.forEach((gauge, front) => {
    const held = fronts.length === 1 ? allHeld(levels, frame) : heldAt(levels, frame, front)
    const right = gauge.x + gauge.w
    for (let tick = 0; tick < Math.min(held, mostHeld(gauge)); tick++) {
      const x = right - TICK_W - tick * PITCH
      raster.fill(x * scale, gauge.y * scale, TICK_W * scale, gauge.h * scale, color)
    }
  })
}

/** Those who wait at one balancer in front. */
export function heldAt(levels: Levels, frame: number, front: number): number {
  return ofFront(levels, levels.held, frame, front)
}

/** What the levels say of one balancer in front; 0 where they say nothing. */
export function ofFront(
  { frames, nodes }: Levels,
  column: ArrayLike<number> | undefined,
  frame: number,
  front: number,
): number {
  if (column === undefined) return 0
  return column[(frame / nodes) * (column.length / frames) + front] ?? 0
}

/** Those who wait at all of them. */
export function allHeld(levels: Levels, frame: number): number {
  const fronts = (levels.held?.length ?? 0) / levels.frames
  let sum = 0
  for (let front = 0; front < fronts; front++) sum += heldAt(levels, frame, front)
  return sum
}
