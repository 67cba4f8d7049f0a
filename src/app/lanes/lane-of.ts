/** A lane as the draft and the lanes before it make it. */

import { draft } from '../stores/draft.ts'
import type { Lane } from '../stores/runs.ts'
import { BASE } from './lane-key.ts'
import { readLane } from './read-lane.ts'

/**
 * The same object as before when nothing about it changed. A changed lane keeps what it shows until its new
 * run has something to show; one that stands alone takes that over from whichever stood alone before it.
 */
export function laneOf(key: string, before: readonly Lane[], isAlone: boolean): Lane {
  const { id, source, scenario } = draft.getState()
  const old = before.find((lane) => lane.key === key)
  if (old && old.id === id && old.source === source && isOfDraft(old)) return old
  const { name, set, parsed } = readLane(key, id, source, scenario)
  const shown = parsed.scenario && (old ?? (isAlone ? before[0] : undefined))
  return {
    key,
    name,
    set,
    id,
    source,
    scenario: parsed.scenario,
    problems: parsed.problems,
    status: parsed.scenario ? 'computing' : 'none',
    current: shown?.current,
    previous: shown?.previous,
    failure: '',
  }
}

/** A draft may be read anew from an equal text: then it is another scenario, and wanted again. */
function isOfDraft(lane: Lane): boolean {
  return lane.key !== BASE || lane.scenario === draft.getState().scenario
}
