/** What a chart is made of, apart from how it is drawn: lines with their values, a table, where it comes from. */

import type { ReactNode } from 'react'
import type { RunSeries, SeriesColumn } from '../../../measure/series.ts'
import type { Run } from '../../stores/runs.ts'
import type { Across } from '../across.ts'
import type { Pen } from '../pen.ts'
import type { ValueScale } from '../value-scale.ts'

/** Values by step or row, with what they mean. */
export type Values = Pick<SeriesColumn, 'values' | 'unit' | 'kind'>

export type Steps = Pick<RunSeries, 'step' | 'steps'>

/** Something that is drawn, as the legend names it. */
export interface ChartKey {
  readonly id: string
  readonly title: string
  /** Custom property with its colour; absent when it is not drawn. */
  readonly token?: string
  readonly mark?: 'area' | 'line'
  readonly dash?: readonly number[]
  /** Instead of a piece of its line. */
  readonly swatch?: ReactNode
  /** What it is at each step; absent when it only explains. */
  readonly column?: Values | undefined
  /** Of its column; those of the chart when absent. */
  readonly steps?: Steps
  /** How a value reads; as its unit and kind say when absent. */
  readonly text?: (value: number) => string
  /** What it is, whatever the instant. */
  readonly fixed?: string
}

export interface TableColumn extends Values {
  readonly title: string
}

/** A chart as rows: one for each step of time, or for each range of values. */
export interface ChartTable {
  readonly rowTitle: string
  /** `s`, `ms`: that of `rowAt`. */
  readonly rowUnit: string
  readonly rows: number
  /** Where a row begins; seconds where rows are steps of time. */
  rowAt(row: number): number
  /** Length of a step of time, ns; absent where rows are no steps. */
  readonly step?: number
  readonly columns: readonly TableColumn[]
}

/** Which run it shows, under which name where there are several. */
export interface Source {
  readonly name?: string
  readonly run: Run
}

/** A chart as a picture of any size: what the screen, a PNG and an SVG draw. */
export interface Plate {
  readonly title: string
  /** What a file of it is called, where the title does not say it all. */
  readonly savedAs?: string
  readonly definition: string
  readonly sources: readonly Source[]
  readonly keys: readonly ChartKey[]
  readonly across: Across
  readonly scale: ValueScale
  /** Label of a value on the axis; without it the chart labels its rows itself. */
  readonly format: ((value: number) => string) | undefined
  readonly draw: (pen: Pen) => void
  /** Names of the rows from top to bottom, where it has rows of its own. */
  readonly rows?: readonly string[]
}

/** Rows are the steps of time, columns the lines that have values. */
export function tableOf(steps: Steps, keys: readonly ChartKey[]): ChartTable {
  const own = keys.find((key) => key.column && key.steps)?.steps ?? steps
  return timeTable(
    own,
    keys.flatMap(({ title, column, steps: theirs = own }) =>
      // Steps of another length have no place in the same rows.
      column && theirs.step === own.step
        ? [{ title, unit: column.unit, kind: column.kind, values: cut(column.values, theirs.steps) }]
        : [],
    ),
  )
}

export function timeTable({ step, steps }: Steps, columns: readonly TableColumn[]): ChartTable {
  return { rowTitle: 'Time', rowUnit: 's', rows: steps, rowAt: (row) => (row * step) / 1e9, step, columns }
}

/** What is not computed yet holds nothing. */
function cut(values: Float64Array, steps: number): Float64Array {
  return values.length > steps ? values.subarray(0, steps) : values
}
