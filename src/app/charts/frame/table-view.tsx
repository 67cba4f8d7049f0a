/** A chart as a real table: what is in sight of it, sorted by time, no more rows than one can read. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { clock, grouped, milliseconds, ofKind } from '../../format.ts'
import { brush } from '../../stores/brush.ts'
import { seek } from '../../stores/playhead.ts'
import { shown } from '../../stores/shown.ts'
import type { ChartTable } from './chart-data.ts'
import css from './table-view.module.css'

const MOST_ROWS = 400
const MOST_COLUMNS = 24

interface TableViewProps {
  readonly table: ChartTable
  readonly title: string
}

export default function TableView({ table, title }: TableViewProps) {
  const span = useStore(brush, (state) => state.span)
  const { rows, all } = useMemo(() => rowsOf(table, span), [table, span])
  const columns = table.columns.slice(0, MOST_COLUMNS)
  const hidden = [
    ...(rows.length < all ? [`the first ${grouped(rows.length)} of ${grouped(all)} rows`] : []),
    ...(columns.length < table.columns.length
      ? [`the first ${columns.length} of ${grouped(table.columns.length)} columns`]
      : []),
  ]
  return (
    <div className={css.view}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className={css.scroll} aria-label={`${title}, table`} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{table.rowTitle}</th>
              {columns.map((column) => (
                <th scope="col" key={column.title}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">
                  {table.step === undefined ? (
                    milliseconds(table.rowAt(row))
                  ) : (
                    <TimeButton at={row * table.step} step={table.step} />
                  )}
                </th>
                {columns.map(({ title: name, values, unit, kind }) => (
                  <td key={name}>{ofKind(values[row] ?? Number.NaN, unit, kind)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {hidden.length > 0 && (
        <p className={css.note}>
          Shown: {hidden.join(', ')}.{table.step !== undefined && ' Drag over a chart to look at a stretch;'}{' '}
          all of it is in the CSV.
        </p>
      )}
    </div>
  )
}

/** Goes there; the row of the instant on show is marked. */
function TimeButton({ at, step }: { readonly at: number; readonly step: number }) {
  const isNow = useStore(shown, (state) => state.playhead >= at && state.playhead < at + step)
  return (
    <button type="button" className={css.time} aria-current={isNow || undefined} onClick={() => seek(at)}>
      {clock(at, step >= 1e9 ? 0 : step >= 1e8 ? 1 : 3)}
    </button>
  )
}

function rowsOf({ rows, step }: ChartTable, span: { from: number; to: number } | undefined) {
  const first = step && span ? Math.floor(span.from / step) : 0
  const end = step && span ? Math.min(rows, Math.ceil(span.to / step)) : rows
  const all = Math.max(0, end - first)
  return { rows: Array.from({ length: Math.min(all, MOST_ROWS) }, (_, i) => first + i), all }
}
