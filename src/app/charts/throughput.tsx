/** Requests that ended in each step, stacked by how they ended. */

import { useCallback, useMemo } from 'react'
import type { RunSeries } from '../../measure/series.ts'
import { grouped, plain, short, span } from '../format.ts'
import { type ChartOfRun, wholeOf } from './among.ts'
import { Chart } from './chart.tsx'
import { column, highest, merge } from './columns.ts'
import { area, forWidth } from './marks.ts'
import type { Pen } from './pen.ts'
import { stack, top } from './stack.ts'
import { type ColumnLook, ValueLegend } from './value-legend.tsx'
import { linear } from './value-scale.ts'

/** From the bottom up. Trouble lies at the bottom, where small amounts are easiest to see. */
export const OUTCOME_LOOKS: readonly ColumnLook[] = [
  { id: 'failedPerSecond', title: 'Failed', token: '--failed' },
  { id: 'timedOutPerSecond', title: 'Timed out', token: '--timed-out' },
  { id: 'rejectedPerSecond', title: 'Rejected', token: '--rejected' },
  { id: 'succeededPerSecond', title: 'Succeeded', token: '--ok' },
]

const ALWAYS = 'succeededPerSecond'
/** Above the highest step, so that a flat top is seen to be one. */
const HEADROOM = 1.08
const DEFINITION =
  'Requests that ended in each step, per second of simulated time, by how they ended. Succeeded: answered in time and without an error.'

export function Throughput({ run, among, lane }: ChartOfRun) {
  const { series, duration } = run
  const all = useMemo(() => among ?? [run], [among, run])
  const looks = useMemo(
    () => OUTCOME_LOOKS.map((look) => ({ ...look, column: column(series, look.id) })),
    [series],
  )
  const scale = useMemo(
    () => linear(0, Math.max(1, Math.max(...all.map((one) => highestTop(one.series))) * HEADROOM)),
    [all],
  )
  const draw = useCallback(
    (pen: Pen) => drawOutcomes(pen, looks, series.step, series.steps, duration),
    [looks, series, duration],
  )
  // An outcome that never occurs needs no key.
  const happening = [...looks]
    .reverse()
    .filter(({ id, column: part }) => id === ALWAYS || highest(part?.values ?? [], series.steps) > 0)
  const [failed, timedOut, rejected] = looks.map((look) => highest(look.column?.values ?? [], series.steps))
  const summary = `Throughput by outcome over ${span(duration)}: up to ${grouped(
    highestTop(series),
  )} requests per second end; at most ${plain(failed ?? 0)} fail, ${plain(timedOut ?? 0)} time out and ${plain(rejected ?? 0)} are rejected per second.`
  return (
    <Chart
      title="Throughput"
      definition={DEFINITION}
      summary={summary}
      duration={wholeOf(all)}
      lane={lane}
      scale={scale}
      format={(value) => (value === 0 ? '0' : `${short(value)}/s`)}
      draw={draw}
      legend={<ValueLegend series={series} looks={happening} mark="area" />}
    />
  )
}

function highestTop(series: RunSeries): number {
  const parts = OUTCOME_LOOKS.map((look) => column(series, look.id)?.values ?? [])
  return top(stack(parts, series.steps))
}

/** Also the background of the timeline. */
export function drawOutcomes(
  pen: Pen,
  looks: readonly (ColumnLook & { readonly column: ReturnType<typeof column> })[],
  step: number,
  steps: number,
  end: number,
): void {
  const merged = looks.map(({ column: part }) =>
    part ? forWidth(pen, part.values, steps, part.kind) : merge([], 0, 'rate', 1),
  )
  const count = Math.max(...merged.map((part) => part.count))
  const per = Math.max(...merged.map((part) => part.per))
  const layers = stack(
    merged.map((part) => part.values),
    count,
  )
  layers.forEach((layer, k) => {
    area(pen, layer, step * per, Math.min(end, step * steps), pen.color(looks[k]!.token))
  })
}
