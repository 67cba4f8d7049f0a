/** A legend whose values follow pointer and playhead, ten times a second at most. */

import { useStore } from 'zustand'
import type { RunSeries, SeriesColumn } from '../../measure/series.ts'
import { ofKind } from '../format.ts'
import { shown } from '../stores/shown.ts'
import { valueAt } from './columns.ts'
import { Legend, type LegendEntry } from './legend.tsx'

export interface ColumnLook {
  readonly id: string
  readonly title: string
  readonly token: string
}

interface ValueLegendProps {
  readonly series: RunSeries
  readonly looks: readonly (ColumnLook & { readonly column: SeriesColumn | undefined })[]
  readonly mark: 'area' | 'line'
  /** Entries without a value. */
  readonly more?: readonly LegendEntry[]
}

export function ValueLegend({ series, looks, mark, more = [] }: ValueLegendProps) {
  const at = useStore(shown, (state) => state.at)
  const entries = looks.map(({ id, title, token, column }): LegendEntry => {
    const value = valueAt(series, column?.values, at)
    return { id, title, token, mark, value: column ? ofKind(value, column.unit, column.kind) : undefined }
  })
  return <Legend entries={[...entries, ...more]} />
}
