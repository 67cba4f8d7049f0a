/** Up to which instant two versions of a scenario have the same past. */

import type { Scenario } from '../../scenario/scenario.ts'

/**
 * The instant from which on they differ, ns: that of the first timed entry that only one has; 0 when anything
 * else differs, as a setting holds in the whole run; Infinity when they run alike.
 */
export function sharedPast(a: Scenario, b: Scenario): number {
  if (restOf(a) !== restOf(b)) return 0
  const of = ({ faults }: Scenario) => faults.map((fault) => JSON.stringify(fault))
  const [left, right] = [of(a), of(b)]
  const alone = [
    ...a.faults.filter((_, i) => !right.includes(left[i]!)),
    ...b.faults.filter((_, i) => !left.includes(right[i]!)),
  ]
  if (alone.length === 0) return left.length === right.length ? Number.POSITIVE_INFINITY : 0
  return Math.min(...alone.map(({ at }) => at))
}

/** Names, summaries, variants and expectations change nothing in a run. */
function restOf({ name: _, summary: __, variants: ___, expect: ____, faults: _____, ...rest }: Scenario) {
  return JSON.stringify(rest)
}
