/**
 * What numbers on the screen speak of: the pointer's instant on a chart, else the playhead's. Follows both
 * at most ten times a second, so that React redraws no more often.
 */

import { createStore } from 'zustand/vanilla'
import { LAST_NUMBERS, onFrame } from '../frame-loop.ts'
import { playhead } from './playhead.ts'

const EVERY_MS = 100

/** The instant under the pointer, shared by all charts; drawn in every frame. */
export const cursor = createStore<{ readonly at: number | undefined }>()(() => ({ at: undefined }))

export interface Shown {
  /** The pointer's instant, else the playhead's, ns. */
  readonly at: number
  /** The playhead's, ns. */
  readonly playhead: number
  readonly hovering: boolean
}

export const shown = createStore<Shown>()(() => ({ at: 0, playhead: 0, hovering: false }))

/** Lets the frame loop follow playhead and pointer, until the returned function is called. */
export function startShown(): () => void {
  let last = Number.NEGATIVE_INFINITY
  return onFrame((now) => {
    if (now - last < EVERY_MS) return
    const { at: pointed } = cursor.getState()
    const { at } = playhead.getState()
    const next = { at: pointed ?? at, playhead: at, hovering: pointed !== undefined }
    const before = shown.getState()
    if (next.at === before.at && next.playhead === before.playhead && next.hovering === before.hovering)
      return
    last = now
    shown.setState(next)
  }, LAST_NUMBERS)
}
