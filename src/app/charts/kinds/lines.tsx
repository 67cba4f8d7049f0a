/** Lines over time, one for each column: what every figure that is drawn in no special way looks like. */

import { useCallback, useMemo } from 'react'
import type { RunSeries, SeriesColumn } from '../../../measure/series.ts'
import { ofKind, roundPercent, short, span } from '../../format.ts'
import { dashOf, tokenOf } from '../../parts/lane-look.ts'
import type { Run } from '../../stores/runs.ts'
import { type ChartOfRun, sourceOf, wholeOf } from '../among.ts'
import { Chart } from '../chart.tsx'
import { highest } from '../columns.ts'
import type { ChartKey } from '../frame/chart-data.ts'
import { forWidth, level, line, spread } from '../marks.ts'
import type { Pen } from '../pen.ts'
import { linear, type ValueScale } from '../value-scale.ts'
import { GHOST, ghostOf } from './ghost.ts'

/** By line; hues that are told apart, told apart once more by their dashes. */
const TOKENS = ['--lane-2', '--lane-3', '--lane-4', '--lane-1']
const DASHES = [[], [5, 2], [2, 2], [7, 2, 2, 2]]
/** Beyond this the lines are in each other's way: the ghosts are left out. */
const MOST_GHOSTS = 3

export interface LinesOf {
  readonly title: string
  readonly definition: string
  /** Must give equal columns for equal series. */
  linesOf(run: Run): readonly { readonly title: string; readonly column: SeriesColumn }[]
}

interface LinesProps extends ChartOfRun {
  readonly of: LinesOf
}

export function Lines({ of, run, previous, among, lane }: LinesProps) {
  const { series, duration } = run
  const { title, definition } = of
  const all = useMemo(() => among ?? [run], [among, run])
  const place = lane?.index
  const lines = useMemo(() => of.linesOf(run), [of, run])
  const ghost = lines.length <= MOST_GHOSTS ? ghostOf(run, previous) : undefined
  const old = useMemo(() => (ghost ? of.linesOf(ghost) : []), [of, ghost])
  const keys = useMemo(
    () =>
      lines.map(
        ({ title: name, column }, i): ChartKey => ({
          id: column.id,
          title: name,
          mark: 'line',
          ...(place !== undefined && lines.length === 1 ? lookOfLane(place) : lookOf(i)),
          column,
          ...(column.unit === '×' || isRatio(column) ? { text: times } : {}),
        }),
      ),
    [lines, place],
  )
  const first = lines[0]?.column
  const scale = useMemo(() => {
    const highs = [
      ...all.flatMap((one) => of.linesOf(one).map(({ column }) => highest(column.values, one.series.steps))),
      ...old.map(({ column }) => highest(column.values, ghost?.series.steps ?? 0)),
    ]
    return scaleOf(first, Math.max(0, ...highs))
  }, [of, all, old, ghost, first])
  const draw = useCallback(
    (pen: Pen) => {
      if (first && isRatio(first)) level(pen, 1, { color: pen.color('--line-strong'), width: 1 })
      for (const { column } of ghost ? old : []) {
        const merged = forWidth(pen, column.values, ghost!.series, column.kind)
        line(pen, merged, ghost!.series.step, duration, { ...GHOST.style, color: pen.color(GHOST.token) })
      }
      for (const { column, token, dash } of keys) drawLine(pen, series, column!, duration, token!, dash!)
    },
    [keys, old, ghost, series, duration, first],
  )
  const format = (value: number) => (first ? axisText(first, value) : '')
  const most = Math.max(...lines.map(({ column }) => highest(column.values, series.steps)))
  return (
    <Chart
      title={title}
      definition={definition}
      summary={`${title} over ${span(duration)}; the highest of any step: ${format(most)}.`}
      duration={wholeOf(all)}
      sources={[sourceOf(run, lane)]}
      lane={lane}
      scale={scale}
      format={format}
      draw={draw}
      keys={ghost && old.length > 0 ? [...keys, GHOST.key('before')] : keys}
      height="clamp(3.5rem, 6vh, 7rem)"
    />
  )
}

function lookOf(line: number): Pick<ChartKey, 'token' | 'dash'> {
  return {
    token: TOKENS[line % TOKENS.length]!,
    dash: DASHES[(line + Math.floor(line / TOKENS.length)) % DASHES.length]!,
  }
}

/** The only line of a lane looks like its lane. */
function lookOfLane(index: number): Pick<ChartKey, 'token' | 'dash'> {
  return { token: tokenOf(index), dash: dashOf(index) }
}

function drawLine(
  pen: Pen,
  series: RunSeries,
  column: Pick<SeriesColumn, 'values' | 'kind'>,
  end: number,
  token: string,
  dash: readonly number[],
): void {
  const merged = forWidth(pen, column.values, series, column.kind)
  const color = pen.color(token)
  spread(pen, merged, series.step, color)
  line(pen, merged, series.step, end, { color, width: 1.5 * pen.unit, dash, cap: 'butt' })
}

/** Shares up to 100 %, or further where they go there; ratios from 1; everything else from 0. */
function scaleOf(column: SeriesColumn | undefined, high: number): ValueScale {
  if (!column) return linear(0, 1, 2)
  if (column.kind === 'share') return linear(0, Math.max(1, high * (high > 1 ? 1.05 : 1)), 2)
  if (isRatio(column)) return linear(1, Math.max(high * 1.05, 1.5), 2)
  return linear(0, high * 1.05, 2)
}

/** A figure without a unit, of which 1 is the best. */
function isRatio({ kind, unit, id }: SeriesColumn): boolean {
  return kind === 'gauge' && unit === '' && id.endsWith('.imbalance')
}

function axisText(column: SeriesColumn, value: number): string {
  const { unit, kind } = column
  if (kind === 'share') return roundPercent(value)
  if (unit === '×' || isRatio(column)) return times(value)
  if (value === 0) return '0'
  return unit === 'ms' ? ofKind(value, unit, kind) : unit === '1/s' ? `${short(value)}/s` : short(value)
}

function times(value: number): string {
  return Number.isFinite(value) ? `${Number(value.toPrecision(3))}×` : '–'
}
