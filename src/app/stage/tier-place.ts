/** A tier's arrangement put in its place. */

import type { Grid } from './arrange.ts'
import type { Box, Shape, TierPlace } from './layout.ts'

/** Which replicas of a tier are shown. */
export type Span = Pick<TierPlace, 'first' | 'replicas' | 'whole'>

/** By tier. */
export function spansOf({ tiers, part }: Shape): readonly Span[] {
  let first = 0
  return tiers.map((replicas, tier) => {
    const whole = { first, replicas }
    first += replicas
    if (part?.tier !== tier) return { ...whole, whole }
    const from = Math.max(0, Math.min(part.from, replicas - 1))
    return { first: whole.first + from, replicas: Math.min(part.count, replicas - from), whole }
  })
}

export function placeTier(grid: Grid, panel: Box, title: Box, span: Span): TierPlace {
  const { form, per, cells, cols, cell, gap } = grid
  return { ...span, form, per, cells, cols, title, panel, cell, gap }
}
