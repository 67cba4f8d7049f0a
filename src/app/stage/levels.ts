/** How full each node was at an instant, from the sampled levels of a trace window. */

import type { TraceWindow } from '../../worker/protocol.ts'

/** First index of the frame that holds at `at`, in `queued` and `busy`; -1 outside the window. */
export function levelsFrame(window: TraceWindow, at: number): number {
  const { levels, from, to } = window
  if (at < from || at > to || levels.frames === 0 || levels.nodes === 0) return -1
  const frame = Math.floor((at - from) / levels.step)
  return Math.min(frame, levels.frames - 1) * levels.nodes
}

/** Mean over `count` nodes from `first` on, in the frame that begins at index `frame`. */
export function meanLevel(values: ArrayLike<number>, frame: number, first: number, count: number): number {
  let sum = 0
  for (let node = first; node < first + count; node++) sum += values[frame + node] ?? 0
  return count === 0 ? 0 : sum / count
}
