/** The charts of several lanes: all in one, what differs, or those of each lane on the same axes. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { Board } from '../charts/board/board.tsx'
import { Segments } from '../parts/segments.tsx'
import { draft } from '../stores/draft.ts'
import type { Lane } from '../stores/runs.ts'
import { type CompareCharts as Mode, view } from '../stores/view.ts'
import css from './compare-charts.module.css'
import { laneEntries, lineEntries } from './compare-entries.tsx'
import type { PlacedLane } from './lane-lines.tsx'

const MODES: readonly { readonly value: Mode; readonly title: string }[] = [
  { value: 'overlay', title: 'Overlaid' },
  { value: 'difference', title: 'Difference' },
  { value: 'lanes', title: 'Each lane' },
]

export default function CompareCharts({ lanes }: { readonly lanes: readonly Lane[] }) {
  const mode = useStore(view, (state) => state.compareCharts)
  const id = useStore(draft, (state) => state.id)
  const placed = useMemo(
    () =>
      lanes.flatMap((lane, index): PlacedLane[] =>
        lane.current ? [{ lane: { ...lane, current: lane.current }, index }] : [],
      ),
    [lanes],
  )
  const entries = useMemo(
    () => (mode === 'lanes' ? laneEntries(placed) : lineEntries(placed, mode === 'difference')),
    [mode, placed],
  )
  if (placed.length === 0) return null
  return (
    <div className={css.charts}>
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
      <Board name={`${id}/${mode === 'lanes' ? 'lanes' : 'compare'}`} entries={entries} />
    </div>
  )
}
