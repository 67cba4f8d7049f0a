/** What happened in the stretch that is looked at, in a line of figures. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { RunSeries } from '../../../measure/series.ts'
import { grouped, milliseconds, percent } from '../../format.ts'
import { LaneTag } from '../../parts/lane-tag.tsx'
import { brush, spanWithin, type TimeSpan } from '../../stores/brush.ts'
import type { Run } from '../../stores/runs.ts'
import type { LaneMark } from '../among.ts'
import { column } from '../columns.ts'
import { latencyBins, percentile } from '../spread/latency-bins.ts'
import css from './sight-bar.module.css'

interface SpanFiguresProps {
  readonly run: Run
  /** Says of which lane they are. */
  readonly lane?: LaneMark
}

export function SpanFigures({ run, lane }: SpanFiguresProps) {
  const span = useStore(brush, (state) => state.span)
  const { series, duration } = run
  const text = useMemo(
    () => (span ? wordsOf(series, spanWithin(span, duration)) : ''),
    [series, span, duration],
  )
  if (text === '') return null
  return (
    <p className={css.figures}>
      {lane && <LaneTag lane={lane} />} {text}
    </p>
  )
}

function wordsOf(series: RunSeries, span: TimeSpan): string {
  const { ended, succeeded } = endedIn(series, span)
  if (ended < 0.5) return 'No request ends here.'
  const bins = latencyBins(series, span)
  return [
    `${grouped(ended)} requests end here, ${percent(succeeded / ended)} of them well`,
    ...(bins
      ? [`p50 ${milliseconds(percentile(bins, 0.5))}, p99 ${milliseconds(percentile(bins, 0.99))}`]
      : []),
  ].join('; ')
}

/** Requests that ended in the steps that a stretch touches most of. */
export function endedIn(
  series: RunSeries,
  span: TimeSpan,
): { readonly ended: number; readonly succeeded: number } {
  const { step, steps } = series
  const from = Math.max(0, Math.round(span.from / step))
  const to = Math.min(steps, Math.max(from + 1, Math.round(span.to / step)))
  const sum = (id: string) => {
    const values = column(series, id)?.values
    let total = 0
    for (let i = from; values && i < to; i++) total += (values[i]! || 0) * (step / 1e9)
    return total
  }
  const succeeded = sum('succeededPerSecond')
  return {
    succeeded,
    ended: succeeded + sum('failedPerSecond') + sum('rejectedPerSecond') + sum('timedOutPerSecond'),
  }
}
