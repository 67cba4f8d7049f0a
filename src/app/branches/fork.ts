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
  const after = list.map((one) => (one.id === parent ? { ...one, text: source } : one)).concat(branch)
  revise(after, `fork at ${clock(at, 1)}`, branch.id)
}

/** Shows another branch, to be changed from here on. */
export function goToBranch(to: string): void {
  const { id } = draft.getState()
  const branch = branchesOf(branches.getState(), id).find((one) => one.id === to)
  if (!branch || to === currentBranch()) return
  // Its own lane would show the same once more.
  forgetLane(to)
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
  revise(left.length > 1 ? left : [], `delete “${branch.name}”`)
  forgetLane(which)
}

export function renameBranch(which: string, name: string): void {
  const to = name.trim().slice(0, 60)
  const list = branchesOf(branches.getState(), draft.getState().id)
  const branch = list.find((one) => one.id === which)
  if (!branch || to === '' || to === branch.name) return
  revise(
    list.map((one) => (one === branch ? { ...one, name: to } : one)),
    `“${branch.name}” is called “${to}”`,
  )
}

/** Keeps the branches in step with the history and the one on show with its text, until the returned function is called. */
export function startBranches(): () => void {
  // Another tab may fork as well: what it kept is taken over, so that neither loses the other's.
  const onStorage = ({ key }: StorageEvent) => {
    if (key === branches.persist.getOptions().name) void branches.persist.rehydrate()
  }
  globalThis.addEventListener?.('storage', onStorage)
  const stop = draft.subscribe((now, before) => {
    const { id, source, branch = MAIN } = now
    if (id === before.id && now.branches !== before.branches && now.branches && before.branches)
      putBranches(id, carried(branchesOf(branches.getState(), id), before.branches, now.branches))
    if (source === before.source && branch === (before.branch ?? MAIN)) return
    const kept = branchesOf(branches.getState(), id).find((one) => one.id === branch)
    if (kept && kept.text !== source) changeBranch(id, branch, { text: source })
  })
  return () => {
    stop()
    globalThis.removeEventListener?.('storage', onStorage)
  }
}

/** One step of the history: other branches. What is here now is noted first, for undo to return to. */
function revise(list: readonly Branch[], change: string, branch = draft.getState().branch): void {
  const { id } = draft.getState()
  commit({ branches: branchesOf(branches.getState(), id) }, true)
  commit({ branches: list, branch, change })
}

/** Does to the branches that are here what led from `before` to `after`, and leaves alone what another tab did. */
function carried(
  here: readonly Branch[],
  before: readonly Branch[],
  after: readonly Branch[],
): readonly Branch[] {
  const of = (list: readonly Branch[], id: string) => list.find((one) => one.id === id)
  const stayed = here
    .filter(({ id }) => of(after, id) || !of(before, id))
    .map((one) => {
      const [was, is] = [of(before, one.id), of(after, one.id)]
      if (!is || (was && was.name === is.name && was.parent === is.parent)) return one
      return { ...one, name: is.name, parent: is.parent }
    })
  const come = after.filter(({ id }) => !of(here, id) && !of(before, id))
  return [...stayed, ...come].sort((a, b) => (Number(a.id) || 1) - (Number(b.id) || 1))
}

function forgetLane(which: string): void {
  const { id } = draft.getState()
  choose(
    id,
    chosenFor(choice.getState(), id).filter((key) => key !== branchKey(which)),
  )
}
