/** How full each node was at an instant, from the sampled levels of a trace window. */

import type { TraceWindow } from '../../worker/protocol.ts'

/** Of a frame: instants so near to the next one are the same. */
const SAME = 1e-6

/**
 * First index of the frame at `at` or the next after it, in `queued` and `busy`; -1 outside the window. Not the one
 * before: at the very instant of an event it must show what came of it, as the words do.
 */
export function levelsFrame(window: TraceWindow, at: number): number {
  const { levels, from, to } = window
  if (at < from || at > to || levels.frames === 0 || levels.nodes === 0) return -1
  const frame = Math.max(0, Math.ceil((at - from) / levels.step - SAME))
  return Math.min(frame, levels.frames - 1) * levels.nodes
}

/** Mean over `count` nodes from `first` on, in the frame that begins at index `frame`. */
export function meanLevel(values: ArrayLike<number>, frame: number, first: number, count: number): number {
  let sum = 0
  for (let node = first; node < first + count; node++) sum += values[frame + node] ?? 0
  return count === 0 ? 0 : sum / count
}
