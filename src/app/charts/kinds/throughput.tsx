/** Requests that ended in each step, stacked by how they ended. */

import { useCallback, useMemo } from 'react'
import type { RunSeries } from '../../../measure/series.ts'
import { grouped, plain, short, span } from '../../format.ts'
import { type ChartOfRun, sourceOf, wholeOf } from '../among.ts'
import { Chart } from '../chart.tsx'
import { column, highest } from '../columns.ts'
import type { ChartKey } from '../frame/chart-data.ts'
import { forWidth, line } from '../marks.ts'
import { drawOutcomes, OUTCOME_LOOKS } from '../outcomes.ts'
import type { Pen } from '../pen.ts'
import { highestSum } from '../stack.ts'
import { linear } from '../value-scale.ts'
import { GHOST, ghostOf } from './ghost.ts'

const ALWAYS = 'succeededPerSecond'
/** Above the highest step, so that a flat top is seen to be one. */
const HEADROOM = 1.08
const DEFINITION =
  'Requests that ended in each step, per second of simulated time, by how they ended. Succeeded: answered in time and without an error.'

export function Throughput({ run, among, lane, previous }: ChartOfRun) {
  const { series, duration } = run
  const all = useMemo(() => among ?? [run], [among, run])
  const ghost = ghostOf(run, previous)
  const old = ghost && column(ghost.series, ALWAYS)
  const looks = useMemo(
    () => OUTCOME_LOOKS.map((look) => ({ ...look, column: column(series, look.id) })),
    [series],
  )
  const scale = useMemo(() => {
    const tops = [...all, ...(ghost ? [ghost] : [])].map((one) => highestTop(one.series))
    return linear(0, Math.max(1, ...tops) * HEADROOM)
  }, [all, ghost])
  const draw = useCallback(
    (pen: Pen) => {
      drawOutcomes(pen, looks, series.step, series.steps, duration)
      if (!ghost || !old) return
      const merged = forWidth(pen, old.values, ghost.series, old.kind)
      line(pen, merged, ghost.series.step, duration, { ...GHOST.style, color: pen.color(GHOST.token) })
    },
    [looks, series, duration, ghost, old],
  )
  // An outcome that never occurs needs no key.
  const keys = [...looks]
    .reverse()
    .filter(({ id, column: part }) => id === ALWAYS || highest(part?.values ?? [], series.steps) > 0)
    .map((look): ChartKey => ({ ...look, mark: 'area' }))
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
      sources={[sourceOf(run, lane)]}
      lane={lane}
      scale={scale}
      format={(value) => (value === 0 ? '0' : `${short(value)}/s`)}
      draw={draw}
      keys={ghost ? [...keys, GHOST.key('succeeded before')] : keys}
    />
  )
}

function highestTop(series: RunSeries): number {
  const parts = OUTCOME_LOOKS.map((look) => column(series, look.id)?.values ?? [])
  return highestSum(parts, series.steps)
}
