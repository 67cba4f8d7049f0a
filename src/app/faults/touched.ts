/** What of the cluster a person is about to change: whose card is open, and where on the page it stands. */

import { createStore } from 'zustand/vanilla'

export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A node of the stage, by the name that a timed entry gives it. */
export interface NodeTouched {
  readonly kind: 'node'
  /** `web/2`, `web`, `balancer`, `balancer/1`, or a population of clients. */
  readonly target: string
}

/** A timed entry of the scenario: the n-th of its list, counted from 0. */
export interface EntryTouched {
  readonly kind: 'entry'
  readonly section: 'faults' | 'rollouts'
  readonly index: number
}

/** An entry that is not there yet. */
export interface NewTouched {
  readonly kind: 'new'
  /** The id of a choice of `faults/kinds.ts`. */
  readonly what: string
  readonly target?: string
  /** ns; absent: the playhead's instant when it is added. */
  readonly at?: number
}

export interface Touched {
  readonly on: NodeTouched | EntryTouched | NewTouched | undefined
  /** Key of the lane that was touched. */
  readonly lane: string
  /** What the card stands beside, CSS pixels of the window. */
  readonly area: Area
}

const NOWHERE: Area = { left: 0, top: 0, width: 0, height: 0 }

export const touched = createStore<Touched>()(() => ({ on: undefined, lane: '', area: NOWHERE }))

/** Opens the card of a node, an entry, or an entry to be. */
export function touch(on: NonNullable<Touched['on']>, at: Element | Area, lane = ''): void {
  const { left, top, width, height } = at instanceof Element ? at.getBoundingClientRect() : at
  touched.setState({ on, lane, area: { left, top, width, height } })
}

export function leave(): void {
  touched.setState({ on: undefined })
}
