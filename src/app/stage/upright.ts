/** The layout from top to bottom, for narrow screens: a band for the clients, one for the balancer, one for each tier. */

import { arrange, gridHeight, gridWidth } from './arrange.ts'
import { FACET_ROW, facetRows } from './doors/facet-rows.ts'
import type { Box, Layout, Shape } from './layout.ts'
import { around, rowOfFronts } from './place-fronts.ts'
import { placeTier, spansOf } from './tier-place.ts'

const PAD = 14
/** Between a heading and what stands below: room for a lane above the first row. */
const BELOW_TITLE = 16
const BAND_TITLE = 26
const BAND_GAP = 44
/** A line that tells how the tier before balances. */
const HOW = 19

export function upright(shape: Shape, width: number, minHeight: number): Layout {
  const { populations, tiers } = shape
  const spans = spansOf(shape)
  const span = Math.min(width - 2 * PAD, 720)
  const left = (width - span) / 2
  const leastW = shape.hasCrowd ? 230 : 104
  const clientH = shape.hasCrowd ? 158 : 52
  const clientCols = Math.min(populations, Math.max(1, Math.floor((span + 8) / (leastW + 8))))
  const clientRows = Math.ceil(populations / Math.max(1, clientCols))
  const clientW = Math.min(
    shape.hasCrowd ? 340 : 200,
    (span - 8 * (clientCols - 1)) / Math.max(1, clientCols),
  )
  const clientsH = clientRows * (clientH + 8) - 8
  const frontH = 72
  const grids = spans.map(({ replicas }) => arrange(replicas, span, 460, true))
  const titles = tiers.map(
    (_, tier) => BAND_TITLE + (tier > 0 ? HOW : 0) + facetRows(shape, span, tier) * FACET_ROW,
  )
  const needed =
    2 * PAD +
    (BAND_TITLE + clientsH) +
    (BAND_TITLE + frontH) +
    grids.reduce((sum, grid) => sum + BELOW_TITLE + gridHeight(grid), 0) +
    titles.reduce((sum, title) => sum + title, 0) +
    BAND_GAP * (1 + tiers.length)
  const height = Math.max(minHeight, needed)
  const gap = Math.min(110, BAND_GAP + (height - needed) / (1 + tiers.length))

  let y = PAD + Math.max(0, (height - needed - (gap - BAND_GAP) * (1 + tiers.length)) / 2)
  const bandTitle = (): Box => ({ x: left, y, w: span, h: BAND_TITLE })
  const clientsTitle = bandTitle()
  y += BAND_TITLE
  const rowW = clientCols * (clientW + 8) - 8
  const clients = Array.from({ length: populations }, (_, index) => ({
    x: left + (span - rowW) / 2 + (index % clientCols) * (clientW + 8),
    y: y + Math.floor(index / clientCols) * (clientH + 8),
    w: clientW,
    h: clientH,
  }))
  y += clientsH + gap
  const frontTitle = bandTitle()
  y += BAND_TITLE
  const fronts = rowOfFronts(shape.fronts ?? 1, { x: left, y, w: span, h: frontH })
  y += frontH + gap
  const places = grids.map((grid, index) => {
    const title = { ...bandTitle(), h: titles[index]! }
    y += title.h + BELOW_TITLE
    const w = gridWidth(grid)
    const panel = { x: Math.round((width - w) / 2), y: Math.round(y), w, h: gridHeight(grid) }
    const place = placeTier(grid, panel, title, spans[index]!)
    y += panel.h + gap
    return place
  })
  const front = around(fronts)
  return { width, height, upright: true, clientsTitle, clients, frontTitle, front, fronts, tiers: places }
}
