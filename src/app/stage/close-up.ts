/** Looking at some replicas of a large tier: blocks that lie side by side, so that one can go from each to the next. */

import type { Part, TierPlace } from './layout.ts'

/** Places in the tier, from 0. */
export type CloseUp = Pick<Part, 'from' | 'count'>

/** As many as have a card or a line each. */
const CLOSE = 24

/** The block that holds a replica of a tier. */
export function blockAt(whole: TierPlace['whole'], place: number): CloseUp {
  const count = Math.min(CLOSE, whole.replicas)
  const from = Math.floor(place / count) * count
  return { from, count: Math.min(count, whole.replicas - from) }
}

/** The next block (1) or the one before (-1); undefined beyond the ends. */
export function neighbourBlock({ first, replicas, whole }: TierPlace, step: 1 | -1): CloseUp | undefined {
  const place = step === 1 ? first - whole.first + replicas : first - whole.first - 1
  return place < 0 || place >= whole.replicas ? undefined : blockAt(whole, place)
}

export function isCloseUp({ replicas, whole }: TierPlace): boolean {
  return replicas < whole.replicas
}

/** Whether there are more replicas than one looks at closely. */
export function isLarge({ whole }: TierPlace): boolean {
  return whole.replicas > CLOSE
}
