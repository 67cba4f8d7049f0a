/** How hot each cache node is, for the colour of its level. */

import type { TraceWindow } from '../../../worker/protocol.ts'
import type { TierGauge } from '../paint-levels.ts'
import { heatOf, rateOf, spanAt } from './rates.ts'

let heats = new Float32Array(0)

/** By node, 0 to 1; written over by the next call. undefined: nobody knows. */
export function heatsAt(
  tiers: readonly TierGauge[],
  { doors }: TraceWindow,
  at: number,
): Float32Array | undefined {
  const span = doors && spanAt(doors, at)
  if (!doors || !span) return undefined
  if (heats.length < doors.nodes) heats = new Float32Array(doors.nodes)
  for (const { place, hasCache } of tiers) {
    if (!hasCache) continue
    const { first, replicas } = place.whole
    const mean = rateOf(doors.lookUps, span, first, replicas) / replicas
    for (let node = first; node < first + replicas; node++) {
      heats[node] = heatOf(rateOf(doors.lookUps, span, node), mean)
    }
  }
  return heats
}
