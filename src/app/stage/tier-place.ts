/** A tier's arrangement put in its place. */

import type { Grid } from './arrange.ts'
import type { Box, TierPlace } from './layout.ts'

export function placeTier(grid: Grid, panel: Box, title: Box, first: number): TierPlace {
  const { form, replicas, per, cells, cols, cell, gap } = grid
  return { form, first, replicas, per, cells, cols, title, panel, cell, gap }
}
