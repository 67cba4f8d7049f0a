/** Latency percentiles over time, with the limits that the scenario expects; the run before stays as a ghost of its p99. */

import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { milliseconds, span } from '../../format.ts'
import { Segments } from '../../parts/segments.tsx'
import { view } from '../../stores/view.ts'
import { type ChartOfRun, sourceOf, wholeOf } from '../among.ts'
import { Chart } from '../chart.tsx'
import { column, highest, lowestAbove0 } from '../columns.ts'
import type { ChartKey } from '../frame/chart-data.ts'
import { forWidth, level, line, spread } from '../marks.ts'
import type { Pen } from '../pen.ts'
import { linear, logarithmic } from '../value-scale.ts'
import { GHOST, ghostOf } from './ghost.ts'
import { LIMIT, limitKey, limitsOn } from './limits.ts'

const LOOKS = [
  { id: 'latencyP50Ms', title: 'p50', token: '--p50' },
  { id: 'latencyP90Ms', title: 'p90', token: '--p90' },
  { id: 'latencyP99Ms', title: 'p99', token: '--p99' },
] as const
const LOWEST = 'latencyP50Ms'
const HIGHEST = 'latencyP99Ms'
const SCALES = [
  { value: 'log', title: 'Log' },
  { value: 'linear', title: 'Linear' },
] as const

const DEFINITION =
  'How long clients waited for their answers, of requests that succeeded in each step: half of them no longer than p50, all but one in a hundred no longer than p99. Percentiles are at most 1 % off.'

export function Latency({ run, among, lane, previous }: ChartOfRun) {
  const { series, duration } = run
  const kind = useStore(view, (state) => state.latencyScale)
  const all = useMemo(() => among ?? [run], [among, run])
  const ghost = ghostOf(run, previous)
  const looks = useMemo(() => LOOKS.map((look) => ({ ...look, column: column(series, look.id) })), [series])
  const limits = useMemo(() => limitsOn(run.scenario, /^latencyMs\.p(?:50|90|95|99)$/), [run.scenario])
  const old = ghost && column(ghost.series, HIGHEST)
  const scale = useMemo(() => {
    const drawn = [...all, ...(ghost ? [ghost] : [])]
    const highs = drawn.map(({ series: s }) => highest(column(s, HIGHEST)?.values ?? [], s.steps))
    const high = Math.max(...highs)
    // Before anything has succeeded: as the heat map.
    if (high === 0) return kind === 'log' ? logarithmic(1, 1000) : linear(0, 1000)
    const lows = all.map(({ series: s }) => lowestAbove0(column(s, LOWEST)?.values ?? [], s.steps, high / 10))
    // A limit is in sight where it is near.
    const near = limits.map(({ value }) => value).filter((value) => value < high * 3)
    const highEnd = Math.max(high, ...near)
    return kind === 'log' ? logarithmic(Math.min(...lows), highEnd) : linear(0, highEnd * 1.05)
  }, [all, kind, ghost, limits])
  const draw = useCallback(
    (pen: Pen) => {
      for (const { value } of limits) {
        if (value <= scale.domain[1]) level(pen, value, { ...LIMIT.style, color: pen.color(LIMIT.token) })
      }
      if (ghost && old) {
        const merged = forWidth(pen, old.values, ghost.series, old.kind)
        line(pen, merged, ghost.series.step, duration, { ...GHOST.style, color: pen.color(GHOST.token) })
      }
      for (const { column: part, token } of looks) {
        if (!part) continue
        const merged = forWidth(pen, part.values, series, part.kind)
        const color = pen.color(token)
        spread(pen, merged, series.step, color)
        line(pen, merged, series.step, duration, { color, width: 1.5 * pen.unit })
      }
    },
    [looks, series, duration, ghost, old, limits, scale],
  )
  const highs = looks.map(
    (look) => `${look.title} ${milliseconds(highest(look.column?.values ?? [], series.steps))}`,
  )
  const keys: ChartKey[] = [
    ...looks.map((look): ChartKey => ({ ...look, mark: 'line' })),
    ...limits.map((limit) => limitKey(limit, milliseconds(limit.value))),
    ...(ghost ? [GHOST.key('p99 before')] : []),
  ]
  return (
    <Chart
      title="Latency"
      definition={DEFINITION}
      summary={`Latency percentiles over ${span(duration)}; the highest of any step: ${highs.join(', ')}.`}
      duration={wholeOf(all)}
      sources={[sourceOf(run, lane)]}
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
      keys={keys}
    />
  )
}
