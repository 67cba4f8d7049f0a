/** A figure of many replicas over time as a grid of few cells: the most of what each cell covers. */

import type { NodeSeries } from '../../../measure/series.ts'

export interface ReplicaGrid {
  readonly columns: number
  readonly rows: number
  /** Steps in a column, and the step that the first one begins with. */
  readonly per: number
  readonly first: number
  /** values[row * columns + column]; 0 where nothing is known. */
  readonly values: Float32Array
}

/** @param from first step, `to` the step after the last */
export function replicaGrid(
  { nodes, values }: Pick<NodeSeries, 'nodes' | 'values'>,
  from: number,
  to: number,
  mostColumns: number,
  mostRows: number,
): ReplicaGrid {
  const per = Math.max(1, Math.ceil((to - from) / Math.max(1, mostColumns)))
  const first = Math.floor(from / per) * per
  const columns = Math.max(0, Math.ceil((to - first) / per))
  const rows = Math.min(nodes, Math.max(1, mostRows))
  const cells = new Float32Array(columns * rows)
  for (let step = first; step < to; step++) {
    const column = Math.floor((step - first) / per)
    for (let node = 0; node < nodes; node++) {
      const cell = Math.floor((node * rows) / nodes) * columns + column
      const value = values[step * nodes + node]!
      if (value > cells[cell]!) cells[cell] = value
    }
  }
  return { columns, rows, per, first, values: cells }
}
