/** What replicas that come and go cost. */

import { HEALTH_ABSENT } from '../model/facts.ts'
import type { Change } from './series.ts'

/**
 * Time for which the nodes `first` to `first + count - 1` existed, from the decision to make them to their end.
 * @param changes all of the run
 * @returns ns
 */
export function existence(
  changes: readonly Change[],
  first: number,
  count: number,
  from: number,
  to: number,
): number {
  const since = new Float64Array(count).fill(from)
  let total = 0
  for (const { at, kind, node, value } of changes) {
    const i = node - first
    if (kind !== 'truth' || i < 0 || i >= count) continue
    const now = Math.min(Math.max(at, from), to)
    if (value === HEALTH_ABSENT) {
      total += now - since[i]!
      since[i] = Infinity
    } else if (since[i] === Infinity) since[i] = now
  }
  return since.reduce((sum, begun) => sum + (begun === Infinity ? 0 : to - begun), total)
}
