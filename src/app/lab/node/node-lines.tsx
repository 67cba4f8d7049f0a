/** A replica's figures over time as small lines that share the charts' axis of time and their pointer. */

import { type PointerEvent, useMemo } from 'react'
import { useStore } from 'zustand'
import type { NodeSeries } from '../../../measure/series.ts'
import { ofKind } from '../../format.ts'
import { seek } from '../../stores/playhead.ts'
import type { Run } from '../../stores/runs.ts'
import { cursor, shown } from '../../stores/shown.ts'
import css from './node.module.css'

const WIDTH = 300
const HEIGHT = 34

export function NodeLines({ run, node }: { readonly run: Run; readonly node: number }) {
  return (
    <div className={css.lines}>
      {run.series.nodes.map((series) => (
        <NodeLine key={series.id} run={run} node={node} series={series} />
      ))}
    </div>
  )
}

/** The same of figures of a whole tier. @param of beginning of their ids; left out of the titles */
export function ColumnLines(props: {
  readonly run: Run
  readonly of: string
  readonly ids: readonly string[]
}) {
  const { run, of, ids } = props
  const { columns, steps } = run.series
  return (
    <div className={css.lines}>
      {ids.flatMap((id) => {
        const column = columns.find((one) => one.id === `${of}${id}`)
        if (!column) return []
        const title = column.title.replace(/^[^:]*: (.)/, (_, first: string) => first.toUpperCase())
        return [
          <Line
            key={id}
            run={run}
            figure={{ ...column, title }}
            values={Array.from(column.values.subarray(0, steps))}
          />,
        ]
      })}
    </div>
  )
}

function NodeLine({ run, node, series }: { run: Run; node: number; series: NodeSeries }) {
  const { steps } = run.series
  const values = useMemo(
    () => Array.from({ length: steps }, (_, i) => series.values[i * series.nodes + node]!),
    [series, node, steps],
  )
  return <Line run={run} figure={series} values={values} />
}

interface LineProps {
  readonly run: Run
  readonly figure: Pick<NodeSeries, 'title' | 'unit' | 'kind'>
  readonly values: readonly number[]
}

function Line({ run, figure: series, values }: LineProps) {
  const { step, steps } = run.series
  const at = useStore(shown, (state) => state.at)
  const most = Math.max(series.kind === 'share' ? 1 : 1e-9, ...values.filter(Number.isFinite))
  const x = (when: number) => (WIDTH * when) / run.duration
  const path = useMemo(
    () =>
      values
        .map((value, i) =>
          Number.isFinite(value)
            ? `${i > 0 && Number.isFinite(values[i - 1]) ? 'L' : 'M'}${round((WIDTH * (i + 0.5) * step) / run.duration)} ${round(HEIGHT - 1 - (HEIGHT - 3) * (value / most))}`
            : '',
        )
        .join(''),
    [values, most, step, run.duration],
  )
  const instant = (event: PointerEvent<Element>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return (run.duration * (event.clientX - left)) / width
  }
  const value = values[Math.min(steps - 1, Math.floor(at / step))] ?? Number.NaN
  return (
    <figure className={css.line}>
      <figcaption>
        {series.title} <b>{ofKind(value, series.unit, series.kind)}</b>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${series.title} over the run, at most ${ofKind(most, series.unit, series.kind)}`}
        onPointerMove={(event) => cursor.setState({ at: instant(event) })}
        onPointerLeave={() => cursor.setState({ at: undefined })}
        onPointerDown={(event) => seek(instant(event))}
      >
        <path d={path} />
        <line x1={x(at)} x2={x(at)} y1={0} y2={HEIGHT} />
      </svg>
    </figure>
  )
}

const round = (value: number) => Math.round(value * 10) / 10
