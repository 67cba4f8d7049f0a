/** What happens at the doors of nodes a second, over the last second before an instant. */

import type { Doors } from '../../../worker/protocol.ts'

/** Rates are taken over so long, ns. */
const OVER = 1e9

/** Which counts hold at an instant: what happened between the ends of two steps. */
export interface Span {
  /** Index of the first node's count at the end, and at the beginning; -1: nothing had happened yet. */
  readonly end: number
  readonly begin: number
  readonly seconds: number
}

/** undefined while not a single step is over. */
export function spanAt({ from, step, steps, nodes }: Doors, at: number): Span | undefined {
  const end = Math.min(steps, Math.floor((at - from) / step)) - 1
  if (end < 0) return undefined
  const begin = Math.max(-1, end - Math.max(1, Math.round(OVER / step)))
  return {
    end: end * nodes,
    begin: begin < 0 ? -1 : begin * nodes,
    seconds: ((end - begin) * step) / 1e9,
  }
}

/** How often something happened at `count` nodes from `first` on, a second. */
export function rateOf(column: Uint32Array, { end, begin, seconds }: Span, first: number, count = 1): number {
  let sum = 0
  for (let node = first; node < first + count; node++) {
    sum += column[end + node]! - (begin < 0 ? 0 : column[begin + node]!)
  }
  return sum / seconds
}

/** How a node's look-ups compare with the mean of its tier: 0 few, 1 three times the mean or more. */
export function heatOf(rate: number, mean: number): number {
  return mean === 0 ? 0 : Math.max(0, Math.min(1, (rate / mean - 0.4) / 2.6))
}
