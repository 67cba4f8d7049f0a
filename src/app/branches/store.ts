/** Futures of a scenario: saved versions of its text under names, each begun at an instant of another. Kept in the browser. */

import { persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import type { Branch } from '../stores/draft.ts'
import { kept } from '../stores/kept.ts'

export type { Branch }

export interface Branches {
  /** Scenario's id to its branches in the order in which they were made; none before the first fork. */
  readonly of: Readonly<Record<string, readonly Branch[]>>
}

export const MAIN = 'main'

export const branches = createStore<Branches>()(
  persist((): Branches => ({ of: {} }), kept('evenkeel-branches')),
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
