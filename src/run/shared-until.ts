/** How long two scenarios are the same: they may differ in their faults, and in words. */

import type { Scenario } from '../scenario/scenario.ts'
import { objectiveOf } from './expectations.ts'

/**
 * The instant before which two scenarios give the same run; 0 when they differ from the start, Infinity when
 * they never differ.
 */
export function sharedUntil(a: Scenario, b: Scenario): number {
  if (settingOf(a) !== settingOf(b)) return 0
  const length = Math.max(a.faults.length, b.faults.length)
  for (let i = 0; i < length; i++) {
    const one = a.faults[i]
    const other = b.faults[i]
    if (JSON.stringify(one) === JSON.stringify(other)) continue
    return Math.min(one?.at ?? Infinity, other?.at ?? Infinity)
  }
  return Infinity
}

/** Everything that a run depends on, but its faults. */
function settingOf(scenario: Scenario): string {
  const { seed, duration, warmUp, clients, tiers } = scenario
  return JSON.stringify([seed, typeof seed, duration, warmUp, clients, tiers, objectiveOf(scenario)])
}
