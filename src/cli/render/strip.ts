/** One figure over time as bars of block characters: a few rows high, one column a stretch of time. */

const BLOCKS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A column where there was nothing to measure. */
export type Bar = number | null

/**
 * The values brought to at most `columns` bars; fewer steps than that are widened evenly.
 * @param combine how the steps of one bar become one value
 */
export function bars(values: readonly Bar[], columns: number, combine: 'mean' | 'max'): Bar[] {
  const width = widthOf(values.length, columns)
  return Array.from({ length: width }, (_, column) => {
    const from = Math.floor((column * values.length) / width)
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / width))
    const known = values.slice(from, to).filter((value) => value !== null)
    if (known.length === 0) return null
    if (combine === 'max') return known.reduce((most, value) => Math.max(most, value))
    return known.reduce((sum, value) => sum + value) / known.length
  })
}

/** Columns that this many steps take: a whole number each, if they fit. */
export function widthOf(steps: number, columns: number): number {
  return steps === 0 ? 0 : steps >= columns ? columns : steps * Math.floor(columns / steps)
}

/** Rows from top to bottom; what is above 0 is never drawn as nothing. */
export function strip(values: readonly Bar[], rows: number, most: number): string[] {
  const heights = values.map((value) => {
    if (value === null || !(value > 0) || !(most > 0)) return 0
    return Math.max(1, Math.min(rows * 8, Math.round((value / most) * rows * 8)))
  })
  return Array.from({ length: rows }, (_, row) => {
    const base = (rows - 1 - row) * 8
    return heights.map((height) => BLOCKS[Math.min(8, Math.max(0, height - base))]).join('')
  })
}
