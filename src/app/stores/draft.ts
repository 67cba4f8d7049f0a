/**
 * The scenario as the person left it: its text, what it says or what is wrong with it, and every earlier
 * state for undo and redo. A broken text keeps the last scenario that was right.
 */

import { temporal } from 'zundo'
import { createStore } from 'zustand/vanilla'
import type { Problem } from '../../scenario/problem.ts'
import type { Scenario } from '../../scenario/scenario.ts'

/** A future of a scenario: a saved version of its text, begun at an instant of another. */
export interface Branch {
  /** A number as a word; `main` is what was there before the first fork. */
  readonly id: string
  readonly name: string
  /** What it was forked from; undefined of `main`. */
  readonly parent: string | undefined
  /** The instant at which it was forked, ns. */
  readonly at: number
  readonly text: string
}

export interface Draft {
  /** File it began as: `crash` of scenarios/crash.yaml. */
  readonly id: string
  /** Its branch (see branches/store.ts); absent: there was no fork. */
  readonly branch?: string | undefined
  /** The branches as the last step that made, named or deleted one left them, and as the one before it found them. */
  readonly branches?: readonly Branch[] | undefined
  readonly text: string
  /** The last right one; undefined before the first. */
  readonly scenario: Scenario | undefined
  /** The text that it was read from. */
  readonly source: string
  /** Of `text` as it is now. */
  readonly problems: readonly Problem[]
  /** The change that led here, for "Undo …": `crash web/2 at 12 s`. */
  readonly change: string
}

const MOST_STEPS = 200

export const draft = createStore<Draft>()(
  temporal((): Draft => ({ id: '', text: '', scenario: undefined, source: '', problems: [], change: '' }), {
    limit: MOST_STEPS,
    equality: (a, b) =>
      a.text === b.text && a.id === b.id && a.branch === b.branch && a.branches === b.branches,
  }),
)

/** What undo and redo would do, and both of them. */
export const history = draft.temporal

/** Takes a change as a new step, or (`merge`) as a part of the step before, as when typing. */
export function commit(change: Partial<Draft>, merge = false): void {
  const { pause, resume } = history.getState()
  if (merge) pause()
  draft.setState(change)
  if (merge) resume()
}

/** The first draft: nothing to undo yet. */
export function begin(first: Draft): void {
  commit(first, true)
  history.getState().clear()
}
