/** A latency heat map as a picture: rows of whole bins that hold something, columns of merged steps. */

import type { RunSeries } from '../../measure/series.ts'

export interface HeatPicture {
  readonly columns: number
  readonly rows: number
  /** Steps in a column. */
  readonly per: number
  /** ns at the lower edge of the lowest row, and at the upper edge of the highest. */
  readonly low: number
  readonly high: number
  /** Share of a column's requests, 0 to 1: value[row * columns + column], row 0 the highest latency. */
  readonly shares: Float32Array
  readonly most: number
}

/** Undefined while nothing has ended. */
export function heatPicture(series: RunSeries, mostColumns: number): HeatPicture | undefined {
  const { heat, steps } = series
  const bins = heat.bounds.length - 1
  const [first, last] = used(heat.counts, steps, bins)
  if (first > last) return undefined
  const per = Math.max(1, Math.ceil(steps / Math.max(1, mostColumns)))
  const columns = Math.ceil(steps / per)
  const rows = last - first + 1
  const shares = new Float32Array(columns * rows)
  let most = 0
  for (let column = 0; column < columns; column++) {
    let total = 0
    for (let step = column * per; step < Math.min(steps, (column + 1) * per); step++) {
      for (let bin = first; bin <= last; bin++) {
        const count = heat.counts[step * bins + bin]!
        const cell = (last - bin) * columns + column
        shares[cell] = shares[cell]! + count
        total += count
      }
    }
    if (total === 0) continue
    for (let row = 0; row < rows; row++) {
      const cell = row * columns + column
      shares[cell] = shares[cell]! / total
      if (shares[cell]! > most) most = shares[cell]!
    }
  }
  return { columns, rows, per, low: heat.bounds[first]!, high: heat.bounds[last + 1]!, shares, most }
}

function used(counts: Uint32Array, steps: number, bins: number): [first: number, last: number] {
  let first = bins
  let last = -1
  for (let step = 0; step < steps; step++) {
    for (let bin = 0; bin < bins; bin++) {
      if (counts[step * bins + bin] === 0) continue
      if (bin < first) first = bin
      if (bin > last) last = bin
    }
  }
  return [first, last]
}
