/** The share of requests that succeeded in each step; what is missing to 100 % hangs from the top. */

import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { percent, roundPercent, span } from '../format.ts'
import type { Run } from '../stores/runs.ts'
import { shown } from '../stores/shown.ts'
import { type ChartOfRun, wholeOf } from './among.ts'
import { Chart } from './chart.tsx'
import { column, lowestAbove0, merge, valueAt } from './columns.ts'
import { Legend } from './legend.tsx'
import { area } from './marks.ts'
import type { Pen } from './pen.ts'
import { linear } from './value-scale.ts'

const ID = 'availability'
const LOST = '--failed'
const DEFINITION =
  'Requests that succeeded, of all that ended in each step. The area is what is missing to 100 %: failed, rejected or timed out.'

export function Availability({ run, among, lane }: ChartOfRun) {
  const { series, duration } = run
  const share = column(series, ID)
  const all = useMemo(() => among ?? [run], [among, run])
  const own = useMemo(() => lowestOf(run), [run])
  const least = useMemo(() => Math.min(...all.map(lowestOf)), [all])
  const scale = useMemo(() => {
    const { domain, ticks, at } = linear(Math.min(0.99, least), 1, 2)
    return { domain, ticks: ticks.filter((tick) => tick <= 1), at }
  }, [least])
  const draw = useCallback(
    (pen: Pen) => {
      if (!share) return
      const most = Math.max(1, Math.floor(pen.width))
      const { low, per } = merge(share.values, series.steps, share.kind, most)
      const upper = new Float64Array(low.length).fill(1)
      const lower = low.map((value) => (Number.isNaN(value) ? 1 : value))
      area(pen, { upper, lower }, series.step * per, duration, pen.color(LOST))
    },
    [share, series, duration],
  )
  return (
    <Chart
      title="Availability"
      definition={DEFINITION}
      summary={`Availability over ${span(duration)}: in the worst step ${percent(own)} of requests succeeded.`}
      duration={wholeOf(all)}
      lane={lane}
      scale={scale}
      format={roundPercent}
      draw={draw}
      legend={<AvailabilityLegend run={run} />}
      height="clamp(3.5rem, 6vh, 7rem)"
    />
  )
}

function AvailabilityLegend({ run }: { readonly run: Run }) {
  const at = useStore(shown, (state) => state.at)
  const share = valueAt(run.series, column(run.series, ID)?.values, at)
  return (
    <Legend
      entries={[
        { id: 'succeeded', title: 'Succeeded', value: percent(share) },
        { id: 'lost', title: 'Did not', token: LOST, mark: 'area', value: percent(1 - share) },
      ]}
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
