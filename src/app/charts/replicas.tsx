/** Each replica's load as a row of its own, on one scale, with what was true of it and what was believed. */

import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { ofKind, plain, span } from '../format.ts'
import { Segments } from '../parts/segments.tsx'
import type { Run } from '../stores/runs.ts'
import { shown } from '../stores/shown.ts'
import { view } from '../stores/view.ts'
import { type ChartOfRun, wholeOf } from './among.ts'
import { Chart } from './chart.tsx'
import { highest, nodeFigure, ofNode, stepAt } from './columns.ts'
import { drawReplicaRows, MOST_ROWS } from './draw-replicas.ts'
import { healthSpans } from './health-spans.ts'
import { Legend, type LegendEntry } from './legend.tsx'
import type { Pen } from './pen.ts'
import css from './replicas.module.css'
import { linear } from './value-scale.ts'

const FIGURES = [
  { value: 'inFlight', title: 'In flight' },
  { value: 'queueLength', title: 'Queue' },
  { value: 'utilisation', title: 'Busy' },
] as const
const DEFINITIONS: Readonly<Record<string, string>> = {
  inFlight: 'Requests at each replica, waiting or served, averaged over each step.',
  queueLength: 'Requests that wait in each replica’s queue, averaged over each step.',
  utilisation: 'Share of each replica’s slots that are busy, averaged over each step.',
}
const KEY: readonly LegendEntry[] = [
  { id: 'down', title: 'down in truth', token: '--down-band', mark: 'area' },
  { id: 'out', title: 'out, as a balancer believes', token: '--ink-2', mark: 'line' },
]
const SCALE = linear(0, 1)

export function Replicas({ run, among, lane }: ChartOfRun) {
  const all = useMemo(() => among ?? [run], [among, run])
  const { series, scenario, duration, changes } = run
  const chosen = useStore(view, (state) => state.nodeFigure)
  const figure = nodeFigure(series, chosen) ?? series.nodes[0]
  const names = useMemo(
    () => scenario.tiers.flatMap((tier) => tier.replicas.map((replica) => replica.id)),
    [scenario],
  )
  const spans = useMemo(() => healthSpans(changes, names.length, duration), [changes, names, duration])
  const most = useMemo(() => Math.max(...all.map((one) => peakOf(one, chosen))) || 1, [all, chosen])
  const draw = useCallback(
    (pen: Pen) => {
      if (figure) drawReplicaRows(pen, figure, series.step, series.steps, most, spans)
    },
    [figure, series, most, spans],
  )
  const isRows = names.length <= MOST_ROWS
  const rows = isRows ? names.length * rowHeight(names.length) : 9
  const title = FIGURES.find(({ value }) => value === figure?.id)?.title ?? figure?.title ?? ''
  const peaks =
    figure && isRows
      ? names.map((name, n) => `${name} ${plain(highest(ofNode(figure, n, series.steps), series.steps))}`)
      : []
  return (
    <Chart
      title="Replicas"
      definition={DEFINITIONS[figure?.id ?? ''] ?? ''}
      summary={`${title} of ${names.length} replicas over ${span(duration)}. ${peaks.length > 0 ? `The highest: ${peaks.join(', ')}.` : ''}`}
      duration={wholeOf(all)}
      lane={lane}
      scale={SCALE}
      draw={draw}
      height={`${rows}rem`}
      controls={
        <Segments
          label="Figure of each replica"
          options={FIGURES}
          value={figure?.id ?? ''}
          onChange={(nodeFigureId) => view.setState({ nodeFigure: nodeFigureId })}
        />
      }
      legend={changes.length > 0 ? <Legend entries={KEY} /> : undefined}
    >
      {figure && isRows && <RowLabels names={names} run={run} figureId={figure.id} />}
      {!isRows && <p className={css.many}>{names.length} replicas</p>}
    </Chart>
  )
}

function RowLabels(props: {
  readonly names: readonly string[]
  readonly run: Run
  readonly figureId: string
}) {
  const { names, run, figureId } = props
  const at = useStore(shown, (state) => state.at)
  const figure = nodeFigure(run.series, figureId)
  const step = stepAt(run.series, at)
  return (
    <ol className={css.rows} aria-hidden="true">
      {names.map((name, node) => (
        <li key={name}>
          <span className={css.name}>{name}</span>
          <span className={css.value}>
            {figure && step >= 0
              ? ofKind(figure.values[step * figure.nodes + node] ?? Number.NaN, figure.unit, figure.kind)
              : ''}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** In rem: all of a few rows are in sight. */
function rowHeight(rows: number): number {
  return rows <= 4 ? 1.875 : rows <= 6 ? 1.5 : 1.25
}

function peakOf({ series }: Run, chosen: string): number {
  const figure = nodeFigure(series, chosen) ?? series.nodes[0]
  const count = figure ? series.steps * figure.nodes : 0
  let most = 0
  for (let i = 0; i < count; i++) if (figure!.values[i]! > most) most = figure!.values[i]!
  return most
}
