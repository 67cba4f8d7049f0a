/**
 * Calls that were refused, or broken off (what a proxy answers with 502), by how their replica truly was: dead
 * and believed well, in its drain window, still starting, or well and only out of reach.
 */

import {
  BROKEN,
  HEALTH_ABSENT,
  HEALTH_CRASHED,
  HEALTH_STARTING,
  HEALTH_STOPPING,
  REFUSED,
} from '../model/facts.ts'
import type { RefusalsReport } from './report.ts'

/** By tier and health (see model/facts): measured calls. */
export type Refusals = Float64Array

const HEALTHS = 6

export function refusals(tiers: number): Refusals {
  return new Float64Array(tiers * HEALTHS)
}

/** A call has left a replica without success. @param health of the replica now */
export function countRefusal(all: Refusals, tier: number, health: number, outcome: number): void {
  if (outcome === REFUSED || outcome === BROKEN) all[tier * HEALTHS + health]!++
}

/** Nothing where no call was refused. */
export function refusalsReport(all: Refusals, tier: number): { readonly refusals?: RefusalsReport } {
  const of = all.subarray(tier * HEALTHS, (tier + 1) * HEALTHS)
  const total = of.reduce((sum, n) => sum + n, 0)
  if (total === 0) return {}
  const [dead, stopping, gone, starting] = [
    HEALTH_CRASHED,
    HEALTH_STOPPING,
    HEALTH_ABSENT,
    HEALTH_STARTING,
  ].map((health) => of[health]!)
  return {
    refusals: {
      dead: dead!,
      stopping: stopping!,
      gone: gone!,
      starting: starting!,
      outOfReach: total - dead! - stopping! - gone! - starting!,
    },
  }
}
