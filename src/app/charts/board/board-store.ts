/** Which charts a person has put on the board of each scenario, in which order and form. Kept in the browser. */

import { persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import { kept } from '../../stores/kept.ts'
import type { ReplicaForm } from '../kinds/draw-replicas.ts'
import type { SpreadForm } from '../spread/draw-spread.ts'

export interface BoardState {
  /** By scenario (`id`, or `id/compare`): ids of charts in their order. A scenario that is not here has its default. */
  readonly boards: Readonly<Record<string, readonly string[]>>
  /** By chart. */
  readonly forms: Readonly<Record<string, ReplicaForm>>
  readonly spread: SpreadForm
}

export const board = createStore<BoardState>()(
  persist((): BoardState => ({ boards: {}, forms: {}, spread: 'bars' }), kept('evenkeel-board')),
)

/** Boards that are remembered; the ones that were arranged longest ago are forgotten. */
const MOST_BOARDS = 60

/** @param ids undefined: the default again */
export function arrange(name: string, ids: readonly string[] | undefined): void {
  board.setState(({ boards }) => {
    const others = Object.entries(boards).filter(([other]) => other !== name)
    const all = ids ? [...others, [name, ids] as const] : others
    return { boards: Object.fromEntries(all.slice(-MOST_BOARDS)) }
  })
}

/** The same with one moved by so many places, as far as there are some. */
export function moved(ids: readonly string[], from: number, by: number): readonly string[] {
  const to = Math.min(ids.length - 1, Math.max(0, from + by))
  const [taken] = ids.slice(from, from + 1)
  if (taken === undefined || to === from) return ids
  const rest = ids.filter((_, i) => i !== from)
  return [...rest.slice(0, to), taken, ...rest.slice(to)]
}
