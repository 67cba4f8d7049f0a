/** What happened at the instant to which the last step led. */

import { createStore } from 'zustand/vanilla'

export interface Stepped {
  /** NaN: no step has been made. */
  readonly at: number
  readonly text: string
}

export const stepped = createStore<Stepped>()(() => ({ at: Number.NaN, text: '' }))
