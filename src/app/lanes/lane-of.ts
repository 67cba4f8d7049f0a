/** A lane as the draft and the lanes before it make it. */

import { type Branch, branches, branchesOf, MAIN } from '../branches/store.ts'
import { missingLog } from '../logs.ts'
import { draft } from '../stores/draft.ts'
import type { Lane } from '../stores/runs.ts'
import { BASE, kindOf } from './lane-key.ts'
import { BASE_NAME, readLane } from './read-lane.ts'

/**
 * The same object as before when nothing about it changed. A changed lane keeps what it shows until its new
 * run has something to show; one that stands alone takes that over from whichever stood alone before it.
 */
export function laneOf(key: string, before: readonly Lane[], isAlone: boolean): Lane {
  const { id, source: written, scenario } = draft.getState()
  const branch = branchOf(key, id)
  const source = branch?.text ?? written
  const old = before.find((lane) => lane.key === key)
  // Forking, and undoing it, leaves the text and changes the name.
  const ownName = branch?.name ?? (key === BASE ? nameOnShow(id) : undefined)
  const isNamed = ownName === undefined || old?.name === ownName
  if (old && isNamed && old.id === id && old.source === source && isOfDraft(old)) return old
  const { name, set, parsed } = readLane(key, id, source, scenario, branch)
  // Nothing may stand under the title of a scenario that cannot run before its log is here.
  const canRun = parsed.scenario && missingLog(parsed.scenario) === undefined
  const shown = canRun ? (old ?? (isAlone ? before[0] : undefined)) : undefined
  return {
    key,
    name: ownName ?? name,
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

/** The branch whose lane it is. */
function branchOf(key: string, id: string): Branch | undefined {
  const lane = kindOf(key)
  if (lane?.kind !== 'branch') return undefined
  return branchesOf(branches.getState(), id).find((one) => one.id === lane.branch)
}

/** What the branch on show is called; where there is one future only, it is the file. */
function nameOnShow(id: string): string {
  const { branch = MAIN } = draft.getState()
  return branchesOf(branches.getState(), id).find((one) => one.id === branch)?.name ?? BASE_NAME
}

/** A draft may be read anew from an equal text: then it is another scenario, and wanted again. */
function isOfDraft(lane: Lane): boolean {
  return lane.key !== BASE || lane.scenario === draft.getState().scenario
}
