/** One chart for all lanes: a line for each, or for what each differs by from the first. */

import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import type { SeriesColumn } from '../../measure/series.ts'
import { wholeOf } from '../charts/among.ts'
import { Chart } from '../charts/chart.tsx'
import { highest, lowestAbove0 } from '../charts/columns.ts'
import type { ChartKey } from '../charts/frame/chart-data.ts'
import { forWidth, line, spread } from '../charts/marks.ts'
import type { Pen } from '../charts/pen.ts'
import { linear, logarithmic, type ValueScale } from '../charts/value-scale.ts'
import { differenceText, signedNumber } from '../charts/values.ts'
import { milliseconds, ofKind, roundPercent, short, span } from '../format.ts'
import { dashOf, tokenOf } from '../parts/lane-look.ts'
import { LaneSwatch } from '../parts/lane-tag.tsx'
import type { DrawnLane, Run } from '../stores/runs.ts'
import { view } from '../stores/view.ts'
import { difference, type Metric } from './metrics.ts'

export interface PlacedLane {
  readonly lane: DrawnLane
  /** Counted from 0, over all lanes. */
  readonly index: number
}

interface LaneLinesProps {
  readonly metric: Metric
  readonly lanes: readonly PlacedLane[]
  /** Draw what differs from the first lane. */
  readonly isDifference: boolean
}

interface Curve {
  readonly index: number
  readonly name: string
  readonly run: Run
  readonly column: SeriesColumn
  readonly steps: number
}

export function LaneLines({ metric, lanes, isDifference }: LaneLinesProps) {
  const latencyScale = useStore(view, (state) => state.latencyScale)
  const curves = useMemo(() => curvesOf(metric, lanes, isDifference), [metric, lanes, isDifference])
  const isLog = metric.scale === 'log' && latencyScale === 'log' && !isDifference
  const scale = useMemo(
    () => (isDifference ? aroundZero(curves) : scaleOf(metric, curves, isLog)),
    [metric, curves, isDifference, isLog],
  )
  const draw = useCallback(
    (pen: Pen) => {
      if (isDifference) drawZero(pen)
      for (const { index, run, column, steps } of curves) {
        const merged = forWidth(pen, column.values, { step: run.series.step, steps }, column.kind)
        const color = pen.color(tokenOf(index))
        pen.context.globalAlpha = 0.2
        spread(pen, merged, run.series.step, color)
        pen.context.globalAlpha = 1
        const dash = dashOf(index).map((length) => length * pen.unit)
        line(pen, merged, run.series.step, run.duration, { color, width: 1.75 * pen.unit, cap: 'butt', dash })
      }
    },
    [curves, isDifference],
  )
  const keys = useMemo(() => keysOf(curves, isDifference), [curves, isDifference])
  const sources = lanes.map(({ lane }) => ({ name: lane.name, run: lane.current }))
  const duration = wholeOf(lanes.map(({ lane }) => lane.current))
  const format = formatOf(metric, curves, isDifference)
  return (
    <Chart
      title={isDifference ? `${metric.title}, difference` : metric.title}
      definition={
        isDifference ? `${metric.definition} Drawn is each lane minus the first.` : metric.definition
      }
      summary={summaryOf(metric, curves, duration, isDifference)}
      duration={duration}
      scale={scale}
      format={format}
      draw={draw}
      keys={keys}
      sources={sources}
    />
  )
}

function curvesOf(metric: Metric, lanes: readonly PlacedLane[], isDifference: boolean): readonly Curve[] {
  const all = lanes.flatMap(({ lane, index }): Curve[] => {
    const column = metric.columnOf(lane.current)
    return column
      ? [{ index, name: lane.name, run: lane.current, column, steps: lane.current.series.steps }]
      : []
  })
  if (!isDifference) return all
  const first = all.find(({ index }) => index === 0)
  // Steps of another length cannot be taken from each other.
  const others = all.filter((c) => first && c !== first && c.run.series.step === first.run.series.step)
  return others.map((curve) => {
    const steps = Math.min(curve.steps, first!.steps)
    return { ...curve, steps, column: difference(curve.column, first!.column, steps) }
  })
}

function scaleOf({ scale }: Metric, curves: readonly Curve[], isLog: boolean): ValueScale {
  const high = Math.max(0, ...curves.map(({ column, steps }) => highest(column.values, steps)))
  const low = (otherwise: number) =>
    Math.min(...curves.map(({ column, steps }) => lowestAbove0(column.values, steps, otherwise)), otherwise)
  // Before there is anything: as the heat map.
  if (isLog && high === 0) return logarithmic(1, 1000)
  if (isLog) return logarithmic(low(Math.max(high, 1e-3)), Math.max(high, 1e-3))
  if (scale !== 'share') return linear(0, Math.max(high * 1.06, 1e-9))
  const { domain, ticks, at } = linear(Math.min(0.99, lowest(curves)), 1, 2)
  return { domain, ticks: ticks.filter((tick) => tick <= 1), at }
}

function aroundZero(curves: readonly Curve[]): ValueScale {
  const high = Math.max(0, ...curves.map(({ column, steps }) => highest(column.values, steps)))
  const low = Math.min(0, lowest(curves))
  const room = (high - low) * 0.06 || 1
  return linear(low - (low < 0 ? room : 0), high + (high > 0 ? room : 0), 3)
}

function lowest(curves: readonly Curve[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const { column, steps } of curves) {
    for (let step = 0; step < steps; step++) if (column.values[step]! < least) least = column.values[step]!
  }
  return Number.isFinite(least) ? least : 0
}

/** The first lane: what the others are held against. */
function drawZero(pen: Pen): void {
  const { context } = pen
  context.strokeStyle = pen.color(tokenOf(0))
  context.lineWidth = 1.5
  context.beginPath()
  context.moveTo(0, pen.y(0))
  context.lineTo(pen.width, pen.y(0))
  context.stroke()
}

function formatOf(
  { scale }: Metric,
  curves: readonly Curve[],
  isDifference: boolean,
): (value: number) => string {
  const { unit, kind } = curves[0]?.column ?? {}
  if (scale === 'share' || kind === 'share')
    return isDifference ? (value) => `${signedNumber(Number((value * 100).toPrecision(3)))} pp` : roundPercent
  const plain = (value: number) =>
    value === 0
      ? '0'
      : unit === 'ms'
        ? milliseconds(value)
        : unit === '1/s'
          ? `${short(value)}/s`
          : short(value)
  return isDifference ? (value) => (value > 0 ? `+${plain(value)}` : plain(value)) : plain
}

function amount({ unit, kind }: SeriesColumn, value: number, isDifference: boolean): string {
  if (Number.isNaN(value)) return '–'
  return isDifference ? differenceText({ unit, kind }, value) : ofKind(value, unit, kind)
}

/** @param isDifference values are differences, and have a sign */
function keysOf(curves: readonly Curve[], isDifference: boolean): readonly ChartKey[] {
  return curves.map(({ index, name, run, column, steps }) => ({
    id: String(index),
    title: name,
    token: tokenOf(index),
    mark: 'line',
    dash: dashOf(index),
    swatch: <LaneSwatch index={index} />,
    column,
    steps: { step: run.series.step, steps },
    ...(isDifference ? { text: (value: number) => differenceText(column, value) } : {}),
  }))
}

function summaryOf(
  metric: Metric,
  curves: readonly Curve[],
  duration: number,
  isDifference: boolean,
): string {
  const parts = curves.map(({ name, column, steps }) => {
    let sum = 0
    let count = 0
    for (let step = 0; step < steps; step++) {
      if (Number.isNaN(column.values[step]!)) continue
      sum += column.values[step]!
      count++
    }
    return `${name} ${amount(column, sum / count, isDifference)}`
  })
  const what = isDifference ? `${metric.title}, difference from the first lane` : metric.title
  return `${what} over ${span(duration)}, averaged over all steps: ${parts.join(', ')}.`
}
