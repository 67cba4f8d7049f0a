/** Latency percentiles over time; the run before stays as a dotted ghost of its p99. */

import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { milliseconds, span } from '../format.ts'
import { Segments } from '../parts/segments.tsx'
import type { Run } from '../stores/runs.ts'
import { view } from '../stores/view.ts'
import { type ChartOfRun, wholeOf } from './among.ts'
import { Chart } from './chart.tsx'
import { column, highest, lowestAbove0 } from './columns.ts'
import { forWidth, line, spread } from './marks.ts'
import type { Pen } from './pen.ts'
import { type ColumnLook, ValueLegend } from './value-legend.tsx'
import { linear, logarithmic } from './value-scale.ts'

const LOOKS: readonly ColumnLook[] = [
  { id: 'latencyP50Ms', title: 'p50', token: '--p50' },
  { id: 'latencyP90Ms', title: 'p90', token: '--p90' },
  { id: 'latencyP99Ms', title: 'p99', token: '--p99' },
]
const LOWEST = 'latencyP50Ms'
const HIGHEST = 'latencyP99Ms'
const GHOST = { id: 'ghost', title: 'p99 before', token: '--ink-3', mark: 'ghost' } as const
const SCALES = [
  { value: 'log', title: 'Log' },
  { value: 'linear', title: 'Linear' },
] as const

const DEFINITION =
  'How long clients waited for their answers, of requests that succeeded in each step: half of them no longer than p50, all but one in a hundred no longer than p99. Percentiles are at most 1 % off.'

interface LatencyProps extends ChartOfRun {
  /** Its p99 stays as a ghost when it is of the same scenario. */
  readonly previous?: Run | undefined
}

export function Latency({ run, among, lane, previous }: LatencyProps) {
  const { series, scenario, duration } = run
  const kind = useStore(view, (state) => state.latencyScale)
  const all = useMemo(() => among ?? [run], [among, run])
  const ghost = previous?.scenario.name === scenario.name ? previous : undefined
  const looks = useMemo(() => LOOKS.map((look) => ({ ...look, column: column(series, look.id) })), [series])
  const old = ghost && column(ghost.series, HIGHEST)
  const scale = useMemo(() => {
    const highs = all.map(({ series: s }) => highest(column(s, HIGHEST)?.values ?? [], s.steps, 1))
    const high = Math.max(...highs)
    const lows = all.map(({ series: s }) => lowestAbove0(column(s, LOWEST)?.values ?? [], s.steps, high / 10))
    return kind === 'log' ? logarithmic(Math.min(...lows), high) : linear(0, high * 1.05)
  }, [all, kind])
  const draw = useCallback(
    (pen: Pen) => {
      if (ghost && old) {
        const merged = forWidth(pen, old.values, ghost.series.steps, old.kind)
        const style = { color: pen.color(GHOST.token), width: 1.25, dash: [1, 3] }
        line(pen, merged, ghost.series.step, duration, style)
      }
      for (const { column: part, token } of looks) {
        if (!part) continue
        const merged = forWidth(pen, part.values, series.steps, part.kind)
        const color = pen.color(token)
        spread(pen, merged, series.step, color)
        line(pen, merged, series.step, duration, { color, width: 1.5 })
      }
    },
    [looks, series, duration, ghost, old],
  )
  const highs = looks.map(
    (look) => `${look.title} ${milliseconds(highest(look.column?.values ?? [], series.steps))}`,
  )
  return (
    <Chart
      title="Latency"
      definition={DEFINITION}
      summary={`Latency percentiles over ${span(duration)}; the highest of any step: ${highs.join(', ')}.`}
      duration={wholeOf(all)}
      lane={lane}
      scale={scale}
      format={milliseconds}
      draw={draw}
      controls={
        <Segments
          label="Latency axis"
          options={SCALES}
          value={kind}
          onChange={(latencyScale) => view.setState({ latencyScale })}
        />
      }
      legend={<ValueLegend series={series} looks={looks} mark="line" more={ghost ? [GHOST] : []} />}
    />
  )
}
