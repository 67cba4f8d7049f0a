/** The board of charts of a single run. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { abilities } from '../../stores/abilities.ts'
import { draft } from '../../stores/draft.ts'
import type { Run } from '../../stores/runs.ts'
import { Board } from './board.tsx'
import { entriesOf } from './entries.tsx'
import { SpanFigures } from './span-figures.tsx'

interface RunBoardProps {
  readonly run: Run
  readonly previous: Run | undefined
}

export function RunBoard({ run, previous }: RunBoardProps) {
  const id = useStore(draft, (state) => state.id)
  const strategies = useStore(abilities, (state) => state.strategies)
  const entries = useMemo(() => entriesOf(run, previous, strategies), [run, previous, strategies])
  return <Board name={id} entries={entries} figures={<SpanFigures run={run} />} />
}
