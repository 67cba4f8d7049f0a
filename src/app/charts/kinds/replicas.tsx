/**
 * A figure of each replica, on one scale: as rows (small multiples, with what was true of it and what was
 * believed), as lines in one plot, or as a grid of shades where there are many.
 */

import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { grouped, ofKind, plain, span } from '../../format.ts'
import { Segments } from '../../parts/segments.tsx'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { view } from '../../stores/view.ts'
import { type ChartOfRun, sourceOf, wholeOf } from '../among.ts'
import { board } from '../board/board-store.ts'
import { Chart } from '../chart.tsx'
import { highest, nodeFigure, ofNode, stepAt } from '../columns.ts'
import { type ChartKey, type TableColumn, timeTable } from '../frame/chart-data.ts'
import { healthSpans } from '../health-spans.ts'
import type { Pen } from '../pen.ts'
import { linear } from '../value-scale.ts'
import {
  drawReplicaLines,
  drawReplicaRows,
  lookOfLine,
  MOST_LINES,
  MOST_ROWS,
  type ReplicaForm,
} from './draw-replicas.ts'
import css from './replicas.module.css'

const DEFINITIONS: Readonly<Record<string, string>> = {
  inFlight: 'Requests at each replica, waiting or served, averaged over each step.',
  queueLength: 'Requests that wait in each replica’s queue, averaged over each step.',
  utilisation: 'Share of each replica’s slots that are busy, averaged over each step.',
  hitRate: 'Requests that each replica’s cache answered, of those that asked it in a step.',
}
const SHORT: Readonly<Record<string, string>> = {
  inFlight: 'In flight',
  queueLength: 'Queue',
  utilisation: 'Busy',
}
const KEY: readonly ChartKey[] = [
  { id: 'down', title: 'down in truth', token: '--down-band', mark: 'area' },
  { id: 'out', title: 'out, as a balancer believes', token: '--ink-2', mark: 'line' },
]
const FORMS = [
  { value: 'rows', title: 'Rows' },
  { value: 'lines', title: 'Lines' },
  { value: 'heat', title: 'Heat' },
] as const
/** Rows that are named beside the plot; of more there are none. */
const MOST_NAMED_ROWS = 64
const MOST_NAMED_SHADES = 16
/** Lines that a legend can name. */
const MOST_NAMED = 8
const SCALE = linear(0, 1)

/** What a node series is called in few words. */
export function shortName(id: string, title: string): string {
  return SHORT[id] ?? title
}

interface ReplicasProps extends ChartOfRun {
  /** The id of a node series; the person's choice when absent. */
  readonly figure?: string
}

export function Replicas({ run, among, lane, figure: fixed }: ReplicasProps) {
  const all = useMemo(() => among ?? [run], [among, run])
  const { series, scenario, duration, changes } = run
  const chosen = useStore(view, (state) => state.nodeFigure)
  const id = fixed ?? chosen
  const figure = nodeFigure(series, id) ?? series.nodes[0]
  const names = useMemo(
    () => scenario.tiers.flatMap((tier) => tier.replicas.map((replica) => replica.id)),
    [scenario],
  )
  const wanted = useStore(board, (state) => state.forms[`replicas.${fixed ?? ''}`])
  // Lanes beside each other have one form.
  const largest = Math.max(...all.map(({ series: { nodes } }) => nodes[0]?.nodes ?? 0))
  const isTooHigh = wanted === 'rows' && largest > MOST_NAMED_ROWS
  const form: ReplicaForm = isTooHigh ? 'heat' : (wanted ?? (largest <= MOST_ROWS ? 'rows' : 'heat'))
  const spans = useMemo(() => healthSpans(changes, names.length, duration), [changes, names, duration])
  const most = useMemo(() => Math.max(...all.map((one) => peakOf(one, id))) || 1, [all, id])
  const draw = useCallback(
    (pen: Pen) => {
      if (!figure) return
      const data = { figure, step: series.step, steps: series.steps, most, spans }
      if (form === 'lines') drawReplicaLines(pen, data)
      else drawReplicaRows(pen, data, form === 'heat')
    },
    [figure, series, most, spans, form],
  )
  const isNamed = form !== 'lines' && names.length <= (form === 'rows' ? MOST_NAMED_ROWS : MOST_NAMED_SHADES)
  const title = figure ? shortName(figure.id, figure.title) : ''
  const scale = useMemo(() => (form === 'lines' ? linear(0, most) : SCALE), [form, most])
  const columnsOf = (wanted: readonly string[]): readonly TableColumn[] =>
    figure
      ? wanted.map((name, n) => ({
          title: name,
          unit: figure.unit,
          kind: figure.kind,
          values: ofNode(figure, n, series.steps),
        }))
      : []
  const named = columnsOf(names.slice(0, MOST_NAMED))
  const peaks = named.map(({ title: name, values }) => `${name} ${plain(highest(values, values.length))}`)
  const keys: readonly ChartKey[] =
    form === 'lines'
      ? lineKeys(names.length, named)
      : [
          {
            id: 'top',
            title: form === 'rows' ? 'each row 0 to' : 'darkest',
            fixed: figure ? ofKind(most, figure.unit, figure.kind) : '',
          },
          ...(changes.length > 0 ? KEY : []),
        ]
  return (
    <Chart
      title={fixed ? `${title}, by replica` : 'Replicas'}
      {...(fixed ? {} : { savedAs: `Replicas: ${title.toLowerCase()}` })}
      definition={DEFINITIONS[figure?.id ?? ''] ?? ''}
      summary={`${title} of ${names.length} replicas over ${span(duration)}. ${peaks.length > 0 ? `The highest: ${peaks.join(', ')}.` : ''}`}
      duration={wholeOf(all)}
      sources={[sourceOf(run, lane)]}
      lane={lane}
      scale={scale}
      {...(form === 'lines' && figure
        ? { format: (value: number) => (value === 0 ? '0' : ofKind(value, figure.unit, figure.kind)) }
        : {})}
      draw={draw}
      keys={keys}
      table={() => timeTable(series, columnsOf(names))}
      {...(isNamed ? { rows: names } : {})}
      height={
        form === 'lines'
          ? 'clamp(5.25rem, 9vh, 10rem)'
          : `${isNamed ? names.length * rowHeight(names.length) : 9}rem`
      }
      controls={
        <>
          {!fixed && <FigureChoice run={run} value={figure?.id ?? ''} />}
          <Segments
            label="Form"
            options={FORMS}
            value={form}
            onChange={(next) =>
              board.setState(({ forms }) => ({ forms: { ...forms, [`replicas.${fixed ?? ''}`]: next } }))
            }
          />
        </>
      }
    >
      {figure && isNamed && (
        <RowLabels names={names} run={run} figureId={figure.id} isValued={form === 'rows'} />
      )}
      {!isNamed && form === 'heat' && <p className={css.many}>{names.length} replicas</p>}
    </Chart>
  )
}

function FigureChoice({ run, value }: { readonly run: Run; readonly value: string }) {
  return (
    <select
      className={css.figure}
      aria-label="Figure of each replica"
      value={value}
      onChange={(event) => view.setState({ nodeFigure: event.target.value })}
    >
      {run.series.nodes.map(({ id, title }) => (
        <option key={id} value={id}>
          {shortName(id, title)}
        </option>
      ))}
    </select>
  )
}

interface RowLabelsProps {
  readonly names: readonly string[]
  readonly run: Run
  readonly figureId: string
  /** Whether there is room for values. */
  readonly isValued: boolean
}

function RowLabels({ names, run, figureId, isValued }: RowLabelsProps) {
  const at = useStore(shown, (state) => state.at)
  const figure = nodeFigure(run.series, figureId)
  const step = stepAt(run.series, at)
  return (
    <ol className={css.rows} aria-hidden="true">
      {names.map((name, node) => (
        <li key={name}>
          <span className={css.name}>
            <bdi>{name}</bdi>
          </span>
          {isValued && (
            <span className={css.value}>
              {figure && step >= 0
                ? ofKind(figure.values[step * figure.nodes + node] ?? Number.NaN, figure.unit, figure.kind)
                : ''}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

function lineKeys(replicas: number, named: readonly TableColumn[]): readonly ChartKey[] {
  if (replicas <= named.length) {
    return named.map((column, n) => ({
      id: column.title,
      title: column.title,
      mark: 'line',
      column,
      ...lookOfLine(n, replicas),
    }))
  }
  const drawn = Math.ceil(replicas / Math.ceil(replicas / MOST_LINES))
  const title = drawn < replicas ? `${drawn} of ${grouped(replicas)} replicas` : `${replicas} replicas`
  return [{ id: 'all', title, mark: 'line', ...lookOfLine(0, replicas) }]
}

/** In rem: all of a few rows are in sight. */
function rowHeight(rows: number): number {
  return rows <= 4 ? 1.875 : rows <= 6 ? 1.5 : rows <= MOST_ROWS ? 1.25 : 1
}

function peakOf({ series }: Run, chosen: string): number {
  const figure = nodeFigure(series, chosen) ?? series.nodes[0]
  const count = figure ? series.steps * figure.nodes : 0
  let most = 0
  for (let i = 0; i < count; i++) if (figure!.values[i]! > most) most = figure!.values[i]!
  return most
}
