/** What there is to choose from, as plain data: the page does not wait for the policies themselves. */

import { createStore } from 'zustand/vanilla'
import type { Ability } from '../../scenario/reading.ts'

export interface Abilities {
  /** Balancing strategies; none before the first scenario is read. */
  readonly strategies: readonly Ability[]
  /** Products that tiers can follow; the summary says what each was checked against. */
  readonly profiles: readonly Ability[]
}

export const abilities = createStore<Abilities>()(() => ({ strategies: [], profiles: [] }))

/** A strategy as the chooser calls it; as the file writes it, in words, where there is none of that id (yet). */
export function strategyTitle(id: string): string {
  return abilities.getState().strategies.find((one) => one.id === id)?.title ?? id.replaceAll('-', ' ')
}
