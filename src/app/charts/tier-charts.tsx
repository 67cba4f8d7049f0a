/** Charts of what only some scenarios have: evenness, sessions, caches, … a line for each tier. */

import { useCallback, useMemo } from 'react'
import { ofKind, roundPercent, span } from '../format.ts'
import type { Run } from '../stores/runs.ts'
import { Chart } from './chart.tsx'
import { highest } from './columns.ts'
import { forWidth, line, spread } from './marks.ts'
import type { Pen } from './pen.ts'
import { type TierFigure, tierFigures } from './tier-figures.ts'
import { ValueLegend } from './value-legend.tsx'
import { linear } from './value-scale.ts'

/** By line; hues that are told apart, told apart once more by their dashes. */
const TOKENS = ['--lane-2', '--lane-3', '--lane-4', '--lane-1']
const DASHES = [[], [5, 2], [2, 2], [7, 2, 2, 2]]

export function TierCharts({ run }: { readonly run: Run }) {
  const { series, scenario } = run
  const figures = useMemo(() => {
    const replicas = scenario.tiers.map(({ id, replicas: { length } }) => [id, length] as const)
    return tierFigures(series, Object.fromEntries(replicas))
  }, [series, scenario])
  return figures.map((figure) => <TierChart key={figure.figure} run={run} figure={figure} />)
}

function TierChart({ run, figure }: { readonly run: Run; readonly figure: TierFigure }) {
  const { series, duration } = run
  const { title, definition, lines } = figure
  const { unit, kind } = lines[0]!.column
  const looks = useMemo(
    () =>
      lines.map((one, i) => ({
        ...one,
        id: one.column.id,
        token: TOKENS[i % TOKENS.length]!,
        dash: DASHES[i % 4]!,
      })),
    [lines],
  )
  const high = Math.max(...lines.map(({ column }) => highest(column.values, series.steps)))
  const isRatio = kind === 'gauge' && unit === ''
  const scale = useMemo(
    () =>
      kind === 'share'
        ? linear(0, 1, 2)
        : linear(isRatio ? 1 : 0, Math.max(high * 1.05, isRatio ? 1.5 : 0), 2),
    [kind, isRatio, high],
  )
  const draw = useCallback(
    (pen: Pen) => {
      for (const { column, token, dash } of looks) {
        const merged = forWidth(pen, column.values, series.steps, column.kind)
        const color = pen.color(token)
        spread(pen, merged, series.step, color)
        line(pen, merged, series.step, duration, { color, width: 1.5, dash, cap: 'butt' })
      }
    },
    [looks, series, duration],
  )
  const format = (value: number) =>
    kind === 'share'
      ? roundPercent(value)
      : isRatio
        ? `${Number(value.toPrecision(3))}×`
        : ofKind(value, unit, kind)
  return (
    <Chart
      title={title}
      definition={definition}
      summary={`${title} over ${span(duration)}; the highest of any step: ${format(high)}.`}
      duration={duration}
      scale={scale}
      format={format}
      draw={draw}
      legend={<ValueLegend series={series} looks={looks} mark="line" />}
      height="clamp(3.5rem, 6vh, 7rem)"
    />
  )
}
