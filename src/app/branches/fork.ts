/** Forking, going from one branch to another, and letting them go. */

import { editDraft, instantNow } from '../edits.ts'
import { clock } from '../format.ts'
import { branchKey } from '../lanes/lane-key.ts'
import { choice, choose, chosenFor } from '../stores/choice.ts'
import { commit, draft } from '../stores/draft.ts'
import { type Branch, branches, branchesOf, changeBranch, MAIN, putBranches } from './store.ts'

/** The branch that the text on show belongs to. */
export function currentBranch(): string {
  return draft.getState().branch ?? MAIN
}

/**
 * A new future begins at the playhead, as a branch of the one on show, which stays as it is; what is changed
 * from now on is changed in the new one.
 */
export function forkHere(): void {
  const { id, source } = draft.getState()
  const at = instantNow()
  const parent = currentBranch()
  const before = branchesOf(branches.getState(), id)
  const list =
    before.length > 0
      ? before
      : [{ id: MAIN, name: 'Main', parent: undefined, at: 0, text: source } satisfies Branch]
  const number = 1 + Math.max(1, ...list.map((one) => Number(one.id) || 1))
  const branch = { id: String(number), name: `Branch ${number}`, parent, at, text: source }
  putBranches(id, list.map((one) => (one.id === parent ? { ...one, text: source } : one)).concat(branch))
  commit({ branch: branch.id, change: `fork at ${clock(at, 1)}` })
}

/** Shows another branch, to be changed from here on. */
export function goToBranch(to: string): void {
  const { id } = draft.getState()
  const branch = branchesOf(branches.getState(), id).find((one) => one.id === to)
  if (!branch || to === currentBranch()) return
  // Its own lane would show the same once more.
  const lanes = chosenFor(choice.getState(), id)
  choose(
    id,
    lanes.filter((key) => key !== branchKey(to)),
  )
  editDraft(branch.text, `go to “${branch.name}”`, to)
}

/** Deletes a branch that is not on show; what was forked from it hangs on what it was forked from. */
export function deleteBranch(which: string): void {
  const { id } = draft.getState()
  const list = branchesOf(branches.getState(), id)
  const branch = list.find((one) => one.id === which)
  if (!branch || which === currentBranch()) return
  const left = list
    .filter((one) => one !== branch)
    .map((one) => (one.parent === which ? { ...one, parent: branch.parent } : one))
  putBranches(id, left.length > 1 ? left : [])
  branches.setState({ deleted: { scenario: id, branch } })
  const lanes = chosenFor(choice.getState(), id)
  choose(
    id,
    lanes.filter((key) => key !== branchKey(which)),
  )
}

/** Brings back what was deleted last. */
export function bringBack(): void {
  const { deleted } = branches.getState()
  if (!deleted) return
  const { scenario, branch } = deleted
  const list = branchesOf(branches.getState(), scenario)
  const main = { id: MAIN, name: 'Main', parent: undefined, at: 0, text: draft.getState().source }
  const all = list.length > 0 ? list : [{ ...main, id: currentBranch() }]
  const parent = all.some(({ id }) => id === branch.parent) ? branch.parent : all[0]!.id
  putBranches(scenario, [...all, { ...branch, parent }])
  branches.setState({ deleted: undefined })
}

export function renameBranch(which: string, name: string): void {
  const trimmed = name.trim().slice(0, 60)
  if (trimmed !== '') changeBranch(draft.getState().id, which, { name: trimmed })
}

/** Keeps the branch on show in step with its text, until the returned function is called. */
export function startBranches(): () => void {
  // Another tab may fork as well: what it kept is taken over, so that neither loses the other's.
  const onStorage = ({ key }: StorageEvent) => {
    if (key === branches.persist.getOptions().name) void branches.persist.rehydrate()
  }
  globalThis.addEventListener?.('storage', onStorage)
  const stop = draft.subscribe(({ id, source, branch = MAIN }, before) => {
    if (source === before.source && branch === (before.branch ?? MAIN)) return
    const kept = branchesOf(branches.getState(), id).find((one) => one.id === branch)
    if (kept && kept.text !== source) changeBranch(id, branch, { text: source })
  })
  return () => {
    stop()
    globalThis.removeEventListener?.('storage', onStorage)
  }
}
