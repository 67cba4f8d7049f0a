/** The share of requests that succeeded in each step; what is missing to 100 % hangs from the top. */

import { useCallback, useMemo } from 'react'
import { percent, roundPercent, span } from '../../format.ts'
import type { Run } from '../../stores/runs.ts'
import { type ChartOfRun, sourceOf, wholeOf } from '../among.ts'
import { Chart } from '../chart.tsx'
import { column, lowestAbove0 } from '../columns.ts'
import type { ChartKey } from '../frame/chart-data.ts'
import { area, forWidth, level, line } from '../marks.ts'
import type { Pen } from '../pen.ts'
import { linear } from '../value-scale.ts'
import { GHOST, ghostOf } from './ghost.ts'
import { LIMIT, limitKey, limitsOn } from './limits.ts'

const ID = 'availability'
const LOST = '--failed'
const KEPT = '--ok'
const DEFINITION =
  'Requests that succeeded, of all that ended in each step. What hangs from the top is missing to 100 %: failed, rejected or timed out.'

export function Availability({ run, among, lane, previous }: ChartOfRun) {
  const { series, duration } = run
  const share = column(series, ID)
  const all = useMemo(() => among ?? [run], [among, run])
  const ghost = ghostOf(run, previous)
  const old = ghost && column(ghost.series, ID)
  const limits = useMemo(() => limitsOn(run.scenario, /^availability$/, true), [run.scenario])
  const own = useMemo(() => lowestOf(run), [run])
  const least = useMemo(
    () => Math.min(...[...all, ...(ghost ? [ghost] : [])].map(lowestOf), ...limits.map(({ value }) => value)),
    [all, ghost, limits],
  )
  const scale = useMemo(() => {
    const { domain, ticks, at } = linear(Math.min(0.99, least), 1, 2)
    return { domain, ticks: ticks.filter((tick) => tick <= 1), at }
  }, [least])
  const draw = useCallback(
    (pen: Pen) => {
      if (!share) return
      const { low, per, first } = forWidth(pen, share.values, series, share.kind)
      const upper = new Float64Array(low.length).fill(1)
      const lower = low.map((value) => (Number.isNaN(value) ? 1 : value))
      const floor = new Float64Array(low.length).fill(scale.domain[0])
      const kept = low.map((value) => (Number.isNaN(value) ? scale.domain[0] : value))
      const end = Math.min(duration, series.steps * series.step)
      area(pen, { upper: kept, lower: floor }, series.step * per, end, pen.color(KEPT), first * series.step)
      area(pen, { upper, lower }, series.step * per, end, pen.color(LOST), first * series.step)
      for (const { value } of limits) level(pen, value, { ...LIMIT.style, color: pen.color(LIMIT.token) })
      if (!ghost || !old) return
      const merged = forWidth(pen, old.values, ghost.series, old.kind)
      line(pen, merged, ghost.series.step, duration, { ...GHOST.style, color: pen.color(GHOST.token) })
    },
    [share, series, duration, limits, ghost, old, scale],
  )
  const keys: ChartKey[] = [
    { id: ID, title: 'Succeeded', token: KEPT, mark: 'area', column: share },
    ...(own < 1 ? [{ id: 'lost', title: 'did not', token: LOST, mark: 'area' } as const] : []),
    ...limits.map((limit) => limitKey(limit, roundPercent(limit.value))),
    ...(ghost ? [GHOST.key('before')] : []),
  ]
  return (
    <Chart
      title="Availability"
      definition={DEFINITION}
      summary={`Availability over ${span(duration)}: in the worst step ${percent(own)} of requests succeeded.`}
      duration={wholeOf(all)}
      sources={[sourceOf(run, lane)]}
      lane={lane}
      scale={scale}
      format={roundPercent}
      draw={draw}
      keys={keys}
      height="clamp(3.5rem, 6vh, 7rem)"
    />
  )
}

function lowestOf({ series }: Run): number {
  return lowest(column(series, ID)?.values ?? [], series.steps)
}

function lowest(values: ArrayLike<number>, steps: number): number {
  for (let step = 0; step < steps; step++) if (values[step] === 0) return 0
  return lowestAbove0(values, steps, 1)
}
