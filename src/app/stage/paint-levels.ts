/**
 * How full every replica is, painted into the raster: one square a busy slot, one tick a waiting request;
 * for cells and heat grids the share of busy slots as a height, and the mean queue as a strip beside it.
 */

import type { Levels } from '../../worker/protocol.ts'
import type { Gauge } from './gauge.ts'
import { cellBox, type TierPlace } from './layout.ts'
import { meanLevel } from './levels.ts'
import type { Raster } from './raster.ts'

/** What a tier needs to be painted, found once per layout. */
export interface TierGauge {
  readonly place: TierPlace
  readonly concurrency: number
  /** Of cards and lines. */
  readonly gauge: Gauge | undefined
}

export interface LevelColors {
  readonly busy: number
  readonly waiting: number
}

/** Mean queue of a cell at which its strip is full. */
export const FULL_STRIP = 20
const CELL_INSET = 3
const STRIP = 3
const CELL_ALPHA = 0xb0000000

/** @param frame first index of the frame in the levels, see levels.ts */
export function paintLevels(
  raster: Raster,
  scale: number,
  tiers: readonly TierGauge[],
  levels: Levels,
  frame: number,
  colors: LevelColors,
): void {
  for (const tier of tiers) {
    const { place, gauge } = tier
    if (gauge === undefined) {
      for (let cell = 0; cell < place.cells; cell++)
        paintCell(raster, scale, tier, cell, levels, frame, colors)
      continue
    }
    for (let index = 0; index < place.replicas; index++) {
      const node = frame + place.first + index
      const busy = levels.busy[node] ?? 0
      const queued = levels.queued[node] ?? 0
      if (busy + queued > 0) paintGauge(raster, scale, tier, gauge, index, busy, queued, colors)
    }
  }
}

function paintGauge(
  raster: Raster,
  scale: number,
  { place, concurrency }: TierGauge,
  gauge: Gauge,
  index: number,
  busy: number,
  queued: number,
  colors: LevelColors,
): void {
  const col = index % place.cols
  const left = place.panel.x + col * (place.cell.w + place.gap.x)
  const top = place.panel.y + ((index - col) / place.cols) * (place.cell.h + place.gap.y)
  const { slots, slotW, slotH } = gauge
  if (gauge.isBar) {
    const share = Math.min(1, busy / concurrency)
    raster.fill(
      (left + slots[0]!.x) * scale,
      (top + slots[0]!.y) * scale,
      slotW * share * scale,
      slotH * scale,
      colors.busy,
    )
  } else {
    for (let slot = 0; slot < busy && slot < slots.length; slot++) {
      const { x, y } = slots[slot]!
      raster.fill((left + x) * scale, (top + y) * scale, slotW * scale, slotH * scale, colors.busy)
    }
  }
  // Under processor sharing more are served than there are processors: those wait in part.
  const beyond = queued + Math.max(0, busy - concurrency)
  const ticks = Math.min(beyond, gauge.mostTicks)
  const y = (top + gauge.queueY) * scale
  for (let tick = 1; tick <= ticks; tick++) {
    const x = left + gauge.queueX - tick * gauge.pitch
    raster.fill(x * scale, y, gauge.tickW * scale, gauge.tickH * scale, colors.waiting)
  }
}

function paintCell(
  raster: Raster,
  scale: number,
  { place, concurrency }: TierGauge,
  cell: number,
  levels: Levels,
  frame: number,
  colors: LevelColors,
): void {
  const from = cell * place.per
  const count = Math.min(place.per, place.replicas - from)
  const busy = meanLevel(levels.busy, frame, place.first + from, count)
  const queued = meanLevel(levels.queued, frame, place.first + from, count)
  const box = cellBox(place, cell)
  const x = box.x + CELL_INSET
  const bottom = box.y + box.h - CELL_INSET
  const room = box.h - 2 * CELL_INSET
  const w = box.w - 2 * CELL_INSET
  const full = Math.min(1, busy / concurrency) * room
  // The sign of what ails it shines through.
  const busyColor = (colors.busy & 0xffffff) | CELL_ALPHA
  if (full > 0) raster.fill(x * scale, (bottom - full) * scale, w * scale, full * scale, busyColor)
  const beyond = queued + Math.max(0, busy - concurrency)
  if (beyond > 0) {
    const h = Math.max(1, Math.min(1, beyond / FULL_STRIP) * room)
    raster.fill(x * scale, (bottom - h) * scale, STRIP * scale, h * scale, colors.waiting)
  }
}
