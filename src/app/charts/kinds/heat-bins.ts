/**
 * A latency heat map as a picture: rows of bins that hold something, columns of steps, both merged
 * until they are large enough to see.
 */

import type { RunSeries } from '../../../measure/series.ts'
import { milliseconds } from '../../format.ts'
import type { TableColumn } from '../frame/chart-data.ts'

export interface HeatPicture {
  readonly columns: number
  readonly rows: number
  /** Steps in a column, and the step that the first one begins with. */
  readonly per: number
  readonly first: number
  /** ns at the lower edge of the lowest row, and at the upper edge of the highest. */
  readonly low: number
  readonly high: number
  /** Share of a column's requests, 0 to 1: value[row * columns + column], row 0 the highest latency. */
  readonly shares: Float32Array
  readonly most: number
}

/** The bins that hold something in any step; undefined while nothing has ended. */
export interface HeatRange {
  readonly first: number
  readonly last: number
  /** ns at its ends. */
  readonly low: number
  readonly high: number
}

export function heatRange({ heat, steps }: RunSeries): HeatRange | undefined {
  const [first, last] = used(heat.counts, steps, heat.bounds.length - 1)
  return first > last ? undefined : { first, last, low: heat.bounds[first]!, high: heat.bounds[last + 1]! }
}

/** Merges steps and bins so that there are about so many columns and rows; of some steps only, if wanted. */
export function heatPicture(
  { heat, steps }: RunSeries,
  { first, last }: HeatRange,
  mostColumns: number,
  mostRows: number,
  wanted = { from: 0, to: steps },
): HeatPicture {
  const bins = heat.bounds.length - 1
  const per = Math.max(1, Math.ceil((wanted.to - wanted.from) / Math.max(1, mostColumns)))
  const begin = Math.floor(wanted.from / per) * per
  const columns = Math.ceil((wanted.to - begin) / per)
  const binsPer = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, mostRows)))
  const rows = Math.ceil((last - first + 1) / binsPer)
  const shares = new Float32Array(columns * rows)
  let most = 0
  for (let column = 0; column < columns; column++) {
    let total = 0
    const from = begin + column * per
    for (let step = from; step < Math.min(steps, from + per); step++) {
      for (let bin = first; bin <= last; bin++) {
        const count = heat.counts[step * bins + bin]!
        const cell = (rows - 1 - Math.floor((bin - first) / binsPer)) * columns + column
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
  return {
    columns,
    rows,
    per,
    first: begin,
    low: heat.bounds[first]!,
    high: heat.bounds[Math.min(bins, first + rows * binsPer)]!,
    shares,
    most,
  }
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

const BINS_AN_OCTAVE = 8

/** How many requests of each step fell into each doubling of latency, as columns of a table. */
export function octaves({ heat, steps }: RunSeries, { first, last }: HeatRange): readonly TableColumn[] {
  const bins = heat.bounds.length - 1
  const columns: TableColumn[] = []
  for (let bin = first - (first % BINS_AN_OCTAVE); bin <= last; bin += BINS_AN_OCTAVE) {
    const end = Math.min(bins, bin + BINS_AN_OCTAVE)
    const values = new Float64Array(steps)
    for (let step = 0; step < steps; step++) {
      for (let k = bin; k < end; k++) values[step]! += heat.counts[step * bins + k]!
    }
    const title = `${milliseconds(heat.bounds[bin]! / 1e6)} to ${milliseconds(heat.bounds[end]! / 1e6)}`
    columns.push({ title, unit: 'requests', kind: 'count', values })
  }
  return columns
}
