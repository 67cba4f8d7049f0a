/** The layout from left to right: a column for the clients, one for the balancer, one for each tier. */

import { arrange, type Grid, gridHeight, gridWidth } from './arrange.ts'
import { FACET_ROW, facetRows } from './doors/facet-rows.ts'
import type { Box, Layout, Shape } from './layout.ts'
import { around, columnOfFronts } from './place-fronts.ts'
import { placeTier, spansOf } from './tier-place.ts'

const PAD = 20
/** Below: what a drawer over the legend covers more than that. */
const PAD_BELOW = 32
/** A heading and a line below it; two lines where it also names a strategy. */
const TITLE = 44
const TALL_TITLE = 61
const BELOW_TITLE = 16
/** More of it, where a way runs above the first row. */
const LANE_ABOVE = 12
/** One below the other they have a line each, however low the stage: so many, of such a height. */
const LEAST_LINES = 4
const LEAST_LINE = 34
/** Of several stages that all shall be seen at once. */
const COMPACT = { lessTitle: 6, belowTitle: 8, padBelow: 12 }
const WIDEST = 2560

export function sideways(shape: Shape, width: number, minHeight: number, isCompact = false): Layout {
  const { populations, tiers } = shape
  const spans = spansOf(shape)
  const title =
    (tiers.length > 1 ? TALL_TITLE : TITLE) -
    (isCompact ? COMPACT.lessTitle : 0) +
    rowsOfFacets(shape, width) * FACET_ROW
  const top = title + (isCompact ? COMPACT.belowTitle : BELOW_TITLE)
  const padBelow = isCompact ? COMPACT.padBelow : PAD_BELOW
  const leastBox = shape.hasCrowd ? 122 : 52
  const lines = Math.min(LEAST_LINES, Math.max(...spans.map(({ replicas }) => replicas)))
  const height = Math.max(minHeight, top + Math.max(populations * leastBox, lines * LEAST_LINE) + padBelow)
  const room = height - top - padBelow
  const span = Math.min(width, WIDEST) - 2 * PAD
  const gaps = tiers.length + 1
  // Many tiers on a narrow stage: what stands before them gives way.
  const isTight = span < 520 + 170 * (tiers.length - 1)
  const clientsW = shape.hasCrowd
    ? clamp(span * (isTight ? 0.11 : 0.19), isTight ? 96 : 136, isTight ? 190 : 250)
    : clamp(span * 0.125, isTight ? 104 : 112, 190)
  const frontW = clamp(span * 0.12, isTight ? 96 : 108, 210)
  const leastGap = isTight ? 34 : clamp((span * 0.28) / gaps, 44, 110)
  const forTiers = span - clientsW - frontW - leastGap * gaps
  const counts = spans.map(({ replicas }) => replicas)
  const free = share(counts, forTiers, room)
  const above = free.some(hasLanes) ? LANE_ABOVE : 0
  const grids = above > 0 ? share(counts, forTiers, room - above) : free
  const used = grids.reduce((sum, grid) => sum + gridWidth(grid), 0)
  // What the panels leave over becomes longer ways, the first one shorter than the others.
  const gap = Math.min(420, (span - clientsW - frontW - used) / (gaps - 0.35))
  const firstGap = gap * 0.65
  const total = clientsW + frontW + used + firstGap + gap * (gaps - 1)

  let x = (width - total) / 2
  const columnTitle = (w: number): Box => ({ x, y: 0, w, h: title })
  const clientsTitle = columnTitle(clientsW)
  const clients = stack(populations, x, top, clientsW, room, shape.hasCrowd ? 340 : 90)
  x += clientsW + firstGap
  const frontTitle = columnTitle(frontW)
  const fronts = columnOfFronts(shape.fronts ?? 1, { x, y: top, w: frontW, h: room })
  x += frontW + gap
  const places = grids.map((grid, index) => {
    const h = gridHeight(grid)
    const panel = {
      x: Math.round(x),
      y: Math.round(top + above + (room - above - h) / 2),
      w: gridWidth(grid),
      h,
    }
    // Its words may stand above the way to the next tier too.
    const isLast = index === grids.length - 1
    const titleW = isLast ? Math.max(panel.w, 96) : panel.w + gap - 16
    const place = placeTier(grid, panel, columnTitle(titleW), spans[index]!)
    x += panel.w + gap
    return place
  })
  const front = around(fronts)
  return { width, height, upright: false, clientsTitle, clients, frontTitle, front, fronts, tiers: places }
}

/** Words of a tier may stand above the way to the next; those of the last one may not. */
function rowsOfFacets(shape: Shape, width: number): number {
  const last = shape.tiers.length - 1
  const rows = shape.tiers.map((_, tier) =>
    facetRows(shape, (width * (tier === last ? 0.5 : 0.68)) / shape.tiers.length, tier),
  )
  return Math.max(0, ...rows)
}

/** Gives each tier the width it can use: what one does not need goes to those that do. */
function share(tiers: readonly number[], width: number, height: number): Grid[] {
  const order = tiers.map((_, index) => index).sort((a, b) => (tiers[a] ?? 0) - (tiers[b] ?? 0))
  const grids: Grid[] = []
  let left = width
  order.forEach((tier, done) => {
    const grid = arrange(tiers[tier] ?? 0, left / (order.length - done), height, false)
    grids[tier] = grid
    left -= gridWidth(grid)
  })
  return grids
}

/** Ways run between its rows. */
const hasLanes = ({ form, cols }: Grid) => cols > 1 && (form === 'card' || form === 'line')

function stack(count: number, x: number, top: number, w: number, room: number, highest: number): Box[] {
  const gap = count > 6 ? 8 : 16
  const h = Math.min(highest, (room - gap * (count - 1)) / Math.max(1, count))
  const y = top + (room - (h * count + gap * (count - 1))) / 2
  return Array.from({ length: count }, (_, index) => ({ x, y: Math.round(y + index * (h + gap)), w, h }))
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value))
