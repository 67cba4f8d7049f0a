/** The charts of several lanes: all in one, what differs, or those of each lane on the same axes. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { Availability } from '../charts/kinds/availability.tsx'
import { Heat } from '../charts/kinds/heat.tsx'
import { Latency } from '../charts/kinds/latency.tsx'
import { Replicas } from '../charts/kinds/replicas.tsx'
import { Throughput } from '../charts/kinds/throughput.tsx'
import { Segments } from '../parts/segments.tsx'
import type { Lane } from '../stores/runs.ts'
import { type CompareCharts as Mode, view } from '../stores/view.ts'
import css from './compare-charts.module.css'
import { LaneLines, type PlacedLane } from './lane-lines.tsx'
import { METRICS } from './metrics.ts'

const MODES: readonly { readonly value: Mode; readonly title: string }[] = [
  { value: 'overlay', title: 'Overlaid' },
  { value: 'difference', title: 'Difference' },
  { value: 'lanes', title: 'Each lane' },
]
const KINDS = [
  ['throughput', Throughput],
  ['latency', Latency],
  ['heat', Heat],
  ['availability', Availability],
  ['replicas', Replicas],
] as const

export default function CompareCharts({ lanes }: { readonly lanes: readonly Lane[] }) {
  const mode = useStore(view, (state) => state.compareCharts)
  const placed = useMemo(
    () =>
      lanes.flatMap((lane, index): PlacedLane[] =>
        lane.current ? [{ lane: { ...lane, current: lane.current }, index }] : [],
      ),
    [lanes],
  )
  if (placed.length === 0) return null
  return (
    <>
      <div className={css.mode}>
        <Segments
          label="Charts of the lanes"
          options={MODES}
          value={mode}
          onChange={(compareCharts) => view.setState({ compareCharts })}
        />
        {mode === 'difference' && <p>Each lane minus lane 1, step by step.</p>}
        {mode === 'lanes' && <p>The same axes for all lanes.</p>}
      </div>
      <div className={css.charts}>
        {mode === 'lanes' ? (
          <EachLane placed={placed} />
        ) : (
          METRICS.map((metric) => (
            <LaneLines
              key={metric.title}
              metric={metric}
              lanes={placed}
              isDifference={mode === 'difference'}
            />
          ))
        )}
      </div>
    </>
  )
}

function EachLane({ placed }: { readonly placed: readonly PlacedLane[] }) {
  const among = useMemo(() => placed.map(({ lane }) => lane.current), [placed])
  return KINDS.map(([kind, Kind]) => (
    <div className={css.kind} key={kind}>
      {placed.map(({ lane, index }, place) => (
        <Kind
          key={lane.key}
          run={lane.current}
          among={among}
          lane={{ index, name: lane.name, follows: place > 0 }}
        />
      ))}
    </div>
  ))
}
