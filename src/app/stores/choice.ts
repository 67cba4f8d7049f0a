/** Which lanes a person wants to see, by scenario: another scenario begins with one lane, and coming back finds them. */

import { createStore } from 'zustand/vanilla'
import { BASE, MOST_LANES, rightKeys } from '../lanes/lane-key.ts'

export interface Choice {
  /** Scenario's id to the keys of its lanes, the first being what the others are compared with. */
  readonly lanes: Readonly<Record<string, readonly string[]>>
}

export const choice = createStore<Choice>()(() => ({ lanes: {} }))

export function chosenFor({ lanes }: Choice, id: string): readonly string[] {
  return lanes[id] ?? ONE
}

const ONE: readonly string[] = [BASE]

export function choose(id: string, keys: readonly string[]): void {
  choice.setState(({ lanes }) => ({ lanes: { ...lanes, [id]: rightKeys(keys) } }))
}

/** Adds a lane when there is room, else does nothing. @returns whether it is there now */
export function addLane(id: string, key: string): boolean {
  const keys = chosenFor(choice.getState(), id)
  if (keys.includes(key)) return true
  if (keys.length >= MOST_LANES) return false
  choose(id, [...keys, key])
  return true
}

/** Takes a lane away; the last one stays. */
export function removeLane(id: string, key: string): void {
  const keys = chosenFor(choice.getState(), id)
  if (keys.length > 1)
    choose(
      id,
      keys.filter((other) => other !== key),
    )
}
