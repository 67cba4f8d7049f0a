/** How latency is spread over the stretch that is looked at, on a logarithmic axis, with theory's curve where there is one. */

import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { clock, grouped, milliseconds, percent, roundPercent } from '../../format.ts'
import { Segments } from '../../parts/segments.tsx'
import { brush, spanWithin } from '../../stores/brush.ts'
import type { Run } from '../../stores/runs.ts'
import { overValues } from '../across.ts'
import { type ChartOfRun, sourceOf } from '../among.ts'
import { board } from '../board/board-store.ts'
import type { ChartKey, ChartTable, Plate } from '../frame/chart-data.ts'
import { ChartFrame } from '../frame/chart-frame.tsx'
import { ValuePlot } from '../frame/value-plot.tsx'
import type { Pen } from '../pen.ts'
import { linear, logarithmic } from '../value-scale.ts'
import { drawBars, drawMean, drawTail, MEASURED, THEORY, THEORY_DASH } from './draw-spread.ts'
import { knownQueue } from './known-queue.ts'
import { type LatencyBins, latencyBins, percentile, perRange, shareAbove, tailOf } from './latency-bins.ts'

const FORMS = [
  { value: 'bars', title: 'Bars' },
  { value: 'tail', title: 'Tail' },
] as const
const MARKS = [0.5, 0.9, 0.99, 0.999] as const
const DEFINITION =
  'Latency of requests that succeeded, over the run without its warm-up, or over the stretch that is chosen. Bars: where requests lie, in eight ranges to a doubling of latency; as ranges are not equally wide here, the share that one would hold if they were. Tail: the share that took longer, both axes logarithmic. Percentiles here are read off the ranges.'
const EMPTY: LatencyBins = { bounds: Float64Array.of(1, 10), counts: new Float64Array(1), total: 0 }
const NO_STEPS = { step: 1, steps: 0 }

export default function LatencySpread({ run, among, lane }: ChartOfRun) {
  const chosen = useStore(brush, (state) => state.span)
  const form = useStore(board, (state) => state.spread)
  const span = useMemo(() => chosenSpan(run, chosen), [run, chosen])
  const bins = useMemo(() => latencyBins(run.series, span) ?? EMPTY, [run.series, span])
  const all = useMemo(
    () => rangeOf((among ?? [run]).flatMap((one) => latencyBins(one.series, chosenSpan(one, chosen)) ?? [])),
    [among, run, chosen],
  )
  const queue = useMemo(() => knownQueue(run.scenario), [run.scenario])
  const tail = useMemo(() => tailOf(bins), [bins])
  const { across, bottom } = useMemo(() => {
    const scale = logarithmic(all.low, all.high, 8)
    return { across: overValues(scale, milliseconds), bottom: scale }
  }, [all])
  const scale = useMemo(
    () =>
      form === 'bars'
        ? linear(0, all.densest * 1.08 || 1, 3)
        : logarithmic(1 / Math.max(10, all.total), 1, 6),
    [form, all],
  )
  const draw = useCallback(
    (pen: Pen) => {
      if (bins.total === 0) return
      if (form === 'bars') drawBars(pen, bins, queue)
      else drawTail(pen, bins, queue)
      if (queue && !queue.tail && Number.isFinite(queue.mean)) drawMean(pen, queue.mean)
    },
    [form, bins, queue],
  )
  const marks = MARKS.filter((share) => bins.total * (1 - share) >= 1)
  const keys: ChartKey[] = [
    {
      id: 'measured',
      title: 'simulated',
      token: MEASURED,
      mark: form === 'bars' ? 'area' : 'line',
      fixed: grouped(bins.total),
    },
    ...marks.map(
      (share): ChartKey => ({
        id: `p${share}`,
        title: `p${100 * share}`,
        fixed: milliseconds(percentile(bins, share)),
      }),
    ),
    ...(queue
      ? [
          {
            id: 'theory',
            title: `${queue.name}, mean`,
            token: THEORY,
            mark: 'line',
            dash: THEORY_DASH,
            fixed: milliseconds(queue.mean),
          } as const,
        ]
      : []),
  ]
  const plate: Plate = {
    title: 'Latency distribution',
    definition: DEFINITION,
    sources: [sourceOf(run, lane)],
    keys,
    across,
    scale,
    format: form === 'bars' ? roundPercent : shareText,
    draw,
  }
  const read = (share: number) => {
    const [low, high] = bottom.domain
    const at = low * (high / low) ** share
    return `${percent(shareAbove(bins, tail, at))} took longer than ${milliseconds(at)}${queue?.tail ? `; in theory ${percent(queue.tail(at))}` : ''}`
  }
  return (
    <ChartFrame
      plate={plate}
      table={() => tableOfBins(bins, tail)}
      steps={NO_STEPS}
      lane={lane}
      summary={`Latency distribution from ${clock(span.from, 0)} to ${clock(span.to, 0)}: ${marks.map((share) => `p${100 * share} ${milliseconds(percentile(bins, share))}`).join(', ')}.`}
      note={queue ? `${THEORY_WORDS}${queue.about}` : undefined}
      controls={
        <Segments
          label="Form"
          options={FORMS}
          value={form}
          onChange={(spread) => board.setState({ spread })}
        />
      }
    >
      <ValuePlot plate={plate} read={read} />
    </ChartFrame>
  )
}

const THEORY_WORDS = 'Dashed: '

function shareText(value: number): string {
  return `${Number((value * 100).toPrecision(1))}\u00a0%`
}

/** What is chosen, else all but the warm-up. */
function chosenSpan({ duration, report, scenario }: Run, chosen: ReturnType<typeof brush.getState>['span']) {
  if (chosen) return spanWithin(chosen, duration)
  const known = report ? report.simulated.warmUpSeconds * 1e9 : scenario.warmUp
  return { from: typeof known === 'number' ? Math.min(known, duration) : 0, to: duration }
}

/** Axes on which all of several distributions have room. */
function rangeOf(distributions: readonly LatencyBins[]) {
  const some = distributions.length > 0 ? distributions : [EMPTY]
  return {
    low: Math.min(...some.map(({ bounds }) => bounds[0]!)),
    high: Math.max(...some.map(({ bounds }) => bounds.at(-1)!)),
    densest: Math.max(...some.map(densest)),
    total: Math.max(...some.map(({ total }) => total)),
  }
}

/** The highest bar. */
function densest({ bounds, counts, total }: LatencyBins): number {
  let most = 0
  for (let bin = 0; bin < counts.length; bin++) {
    const share = counts[bin]! / Math.max(1, total)
    most = Math.max(most, perRange(share, bounds[bin]!, bounds[bin + 1]!))
  }
  return most
}

function tableOfBins({ bounds, counts }: LatencyBins, tail: Float64Array): ChartTable {
  return {
    rowTitle: 'Latency from',
    rowUnit: 'ms',
    rows: counts.length,
    rowAt: (row) => bounds[row]!,
    columns: [
      { title: 'Requests', unit: 'requests', kind: 'count', values: counts },
      { title: 'Took longer', unit: '', kind: 'share', values: tail.subarray(0, counts.length) },
    ],
  }
}
