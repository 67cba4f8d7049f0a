/** The charts of several lanes: all in one, what differs, or those of each lane on the same axes. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { Board } from '../charts/board/board.tsx'
import { SpanFigures } from '../charts/board/span-figures.tsx'
import { Segments } from '../parts/segments.tsx'
import { abilities } from '../stores/abilities.ts'
import { draft } from '../stores/draft.ts'
import type { Lane } from '../stores/runs.ts'
import { type CompareCharts as Mode, view } from '../stores/view.ts'
import css from './compare-charts.module.css'
import { lineEntries } from './compare-entries.tsx'
import { laneEntries } from './lane-entries.tsx'
import type { PlacedLane } from './lane-lines.tsx'

const MODES: readonly { readonly value: Mode; readonly title: string }[] = [
  { value: 'overlay', title: 'Overlaid' },
  { value: 'difference', title: 'Difference' },
  { value: 'lanes', title: 'Each lane' },
]

export default function CompareCharts({ lanes }: { readonly lanes: readonly Lane[] }) {
  const mode = useStore(view, (state) => state.compareCharts)
  const id = useStore(draft, (state) => state.id)
  const strategies = useStore(abilities, (state) => state.strategies)
  const placed = useMemo(
    () =>
      lanes.flatMap((lane, index): PlacedLane[] =>
        lane.current ? [{ lane: { ...lane, current: lane.current }, index }] : [],
      ),
    [lanes],
  )
  const entries = useMemo(
    () => (mode === 'lanes' ? laneEntries(placed, strategies) : lineEntries(placed, mode === 'difference')),
    [mode, placed, strategies],
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
      <Board
        name={`${id}/${mode === 'lanes' ? 'lanes' : 'compare'}`}
        entries={entries}
        figures={placed.map(({ lane, index }) => (
          <SpanFigures key={lane.key} run={lane.current} lane={{ index, name: lane.name }} />
        ))}
      />
    </div>
  )
}
