/** What a tier shows of its doors at an instant, in figures short enough to read while they move. */

import type { TraceWindow } from '../../../worker/protocol.ts'
import type { TierPlace } from '../layout.ts'
import { rateOf, type Span } from './rates.ts'

/** -1 stands for what is not known. */
export interface TierView {
  /** TLS handshakes a second, and the percentage of them that resume. */
  readonly handshakes: number
  readonly resumed: number
  /** Connections that are open. */
  readonly open: number
  /** Turned away by limits, a second. */
  readonly turnedAway: number
  /** Percentage of look-ups that are served from caches, and of the caches' capacity that is taken. */
  readonly hits: number
  readonly filled: number
  /** Replicas that exist. */
  readonly there: number
}

const UNKNOWN: TierView = {
  handshakes: -1,
  resumed: -1,
  open: -1,
  turnedAway: -1,
  hits: -1,
  filled: -1,
  there: -1,
}

/**
 * @param frame first index of the frame among the window's levels; -1: there is none
 * @param span of the window's doors
 */
export function viewTier(
  before: TierView | undefined,
  { first, replicas: count }: TierPlace['whole'],
  window: TraceWindow | undefined,
  frame: number,
  span: Span | undefined,
  there: number,
): TierView {
  const view = { ...UNKNOWN, there }
  if (window !== undefined && frame >= 0) {
    const { open, filled } = window.levels
    if (open !== undefined) view.open = sum(open, frame + first, count)
    if (filled !== undefined && count > 0) {
      view.filled = Math.round((sum(filled, frame + first, count) / (255 * count)) * 100)
    }
  }
  const doors = window?.doors
  if (doors !== undefined && span !== undefined) {
    const rate = (column: Uint32Array) => rateOf(column, span, first, count)
    const handshakes = rate(doors.handshakes)
    view.handshakes = readable(handshakes)
    view.resumed = handshakes > 0 ? Math.round((rate(doors.resumed) / handshakes) * 100) : -1
    view.turnedAway = readable(rate(doors.turnedAway))
    const asked = rate(doors.lookUps)
    view.hits = asked > 0 ? Math.round((rate(doors.served) / asked) * 100) : -1
  }
  return isSame(before, view) ? before : view
}

/** Two digits: more of them only flicker. */
export function readable(rate: number): number {
  return rate < 10 ? Math.round(rate) : Number(rate.toPrecision(2))
}

function sum(values: ArrayLike<number>, first: number, count: number): number {
  let total = 0
  for (let i = first; i < first + count; i++) total += values[i] ?? 0
  return total
}

function isSame(before: TierView | undefined, view: TierView): before is TierView {
  if (before === undefined) return false
  return (Object.keys(view) as (keyof TierView)[]).every((figure) => before[figure] === view[figure])
}
