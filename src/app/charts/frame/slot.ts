/** A chart's place on the board, and what can be done with it there. */

import { createContext, type KeyboardEvent, type PointerEvent } from 'react'

export interface Slot {
  /** Counted from 0. */
  readonly place: number
  readonly count: number
  /** It fills the window. */
  readonly isLarge: boolean
  move(by: number): void
  remove(): void
  enlarge(): void
  /** For the grip by which it is dragged. */
  readonly grip: {
    onPointerDown(event: PointerEvent<HTMLElement>): void
    onKeyDown(event: KeyboardEvent<HTMLElement>): void
  }
}

/** Undefined: the chart stands where it is, as in a comparison. */
export const SlotContext = createContext<Slot | undefined>(undefined)
