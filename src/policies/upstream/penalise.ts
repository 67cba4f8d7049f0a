/** A failure costs a replica some of its weight for a while, where the strategy has such a thing. */

import type { Upstream } from './upstream.ts'

/** @param weight how much is taken; it comes back pick by pick */
export function penalise({ fixed, groups }: Upstream, replica: number, weight: number): void {
  const { pool, memory } = groups[fixed.groupOf[replica]!]!
  fixed.strategy.penalised?.(pool, memory, fixed.placeOf[replica]!, weight)
}
