/** How much room the figures under the headings of tiers take. */

import type { Shape } from '../layout.ts'

/** Height of a row, layout units. */
export const FACET_ROW = 25
/** Width that a figure is reckoned with. */
const WIDE = 76

/**
 * Rows of figures in columns of a width.
 * @param tier the one that it is asked of; absent: the most that any tier needs
 */
export function facetRows({ facets = [] }: Shape, width: number, tier?: number): number {
  const most = tier === undefined ? Math.max(0, ...facets) : (facets[tier] ?? 0)
  return Math.ceil(most / Math.max(1, Math.floor(width / WIDE)))
}
