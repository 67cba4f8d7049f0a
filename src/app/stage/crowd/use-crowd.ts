/** The crowd around the playhead, asked for while it is on show; the last answer stays until the next is here. */

import { useStore } from 'zustand'
import type { Crowd } from '../../../worker/protocol.ts'
import { useAsked } from '../../lab/use-asked.ts'
import { playhead } from '../../stores/playhead.ts'
import type { Run } from '../../stores/runs.ts'
import { shown } from '../../stores/shown.ts'
import { slotsAt } from '../../trace-source.ts'

/** People at a time; what is beyond is counted, and said. */
const MOST = 20_000

export function useCrowd(run: Run | undefined): Crowd | undefined {
  const speed = useStore(playhead, (state) => state.speed)
  useStore(shown, ({ playhead: at }) => slotsAt(at, speed)[0].from)
  const [slot] = slotsAt(shown.getState().playhead, speed)
  const to = Math.min(slot.to, run?.simulatedTo ?? 0)
  // While the run is being computed a window may end early: it is asked for again once all of it is there.
  const question = run && to > slot.from ? `crowd ${run.number} ${slot.from} ${to >= slot.to || to}` : ''
  return useAsked(question, (engine) => engine.crowd(run!.number, slot.from, to, MOST)).answer
}
