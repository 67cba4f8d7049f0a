/**
 * How full every replica is, painted into the raster: one square a busy slot, one tick a waiting request;
 * for cells and heat grids the share of busy slots as a height, and the mean queue as a strip beside it. Of caches
 * how full they are, in a colour that says how their look-ups compare with the mean of their tier.
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
  readonly hasCache: boolean
}

export interface LevelColors {
  readonly busy: number
  readonly waiting: number
  /** Of caches, from few look-ups to many. */
  readonly heat: readonly number[]
}

/** Mean queue of a cell at which its strip is full. */
export const FULL_STRIP = 20
const CELL_INSET = 3
const STRIP = 3
const CELL_ALPHA = 0xb0000000

/**
 * @param frame first index of the frame in the levels, see levels.ts
 * @param heats by node, see rates.ts; absent: nobody knows
 */
export function paintLevels(
  raster: Raster,
  scale: number,
  tiers: readonly TierGauge[],
  levels: Levels,
  frame: number,
  colors: LevelColors,
  heats?: Float32Array,
): void {
  for (const tier of tiers) {
    const { place, gauge, hasCache } = tier
    if (hasCache && levels.filled !== undefined) {
      paintStores(raster, scale, tier, levels.filled, frame, colors, heats)
      if (gauge === undefined) continue
    }
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

/** Of a heat grid a cell shows the mean of its nodes. */
function paintStores(
  raster: Raster,
  scale: number,
  { place, gauge }: TierGauge,
  filled: Uint8Array,
  frame: number,
  { heat: shades }: LevelColors,
  heats: Float32Array | undefined,
): void {
  for (let cell = 0; cell < place.cells; cell++) {
    const from = place.first + cell * place.per
    const count = Math.min(place.per, place.first + place.replicas - from)
    const full = meanLevel(filled, frame, from, count) / 255
    if (full === 0) continue
    const heat = heats === undefined ? 0 : meanLevel(heats, 0, from, count)
    const color = shades[Math.min(shades.length - 1, Math.floor(heat * shades.length))]!
    const box = cellBox(place, cell)
    if (gauge?.store !== undefined) {
      const { x, y, w, h } = gauge.store
      raster.fill((box.x + x) * scale, (box.y + y) * scale, w * full * scale, h * scale, color)
      continue
    }
    const h = (box.h - 2 * CELL_INSET) * full
    const left = (box.x + CELL_INSET) * scale
    const top = (box.y + box.h - CELL_INSET - h) * scale
    raster.fill(left, top, (box.w - 2 * CELL_INSET) * scale, h * scale, (color & 0xffffff) | CELL_ALPHA)
  }
}
