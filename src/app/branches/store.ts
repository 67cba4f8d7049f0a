/** Futures of a scenario: saved versions of its text under names, each begun at an instant of another. Kept in the browser. */

import { persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'

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

export interface Branches {
  /** Scenario's id to its branches in the order in which they were made; none before the first fork. */
  readonly of: Readonly<Record<string, readonly Branch[]>>
  /** What was deleted last, to be brought back. */
  readonly deleted: { readonly scenario: string; readonly branch: Branch } | undefined
}

export const MAIN = 'main'

export const branches = createStore<Branches>()(
  persist((): Branches => ({ of: {}, deleted: undefined }), { name: 'evenkeel-branches', version: 1 }),
)

const NONE: readonly Branch[] = []

export function branchesOf({ of }: Branches, scenario: string): readonly Branch[] {
  return of[scenario] ?? NONE
}

export function putBranches(scenario: string, list: readonly Branch[]): void {
  branches.setState(({ of }) => ({ of: { ...of, [scenario]: list } }))
}

export function changeBranch(scenario: string, id: string, change: Partial<Branch>): void {
  const list = branchesOf(branches.getState(), scenario)
  putBranches(
    scenario,
    list.map((one) => (one.id === id ? { ...one, ...change } : one)),
  )
}
