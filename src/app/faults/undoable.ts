/** Whether there is anything that Recover and Undrain would undo. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Scenario } from '../../scenario/scenario.ts'
import { historyOf, truthAt } from '../lab/node/history.ts'
import { firstNode } from '../lab/places.ts'
import type { Run } from '../stores/runs.ts'
import { shown } from '../stores/shown.ts'

/** Replicas beyond which they are not looked at one by one, and the tier is taken to be ill. */
const MOST_LOOKED_AT = 100

/** Whether all replicas of a tier are well at the playhead. */
export function useIsTierWell({ scenario, changes }: Run, tier: number): boolean {
  const at = useStore(shown, (state) => state.playhead)
  const histories = useMemo(() => {
    const { replicas } = scenario.tiers[tier] ?? { replicas: [] }
    const first = firstNode(scenario, tier)
    return replicas.length > MOST_LOOKED_AT
      ? undefined
      : replicas.map(({ speed }, place) => historyOf(changes, first + place, speed))
  }, [scenario, changes, tier])
  return histories?.every((states) => truthAt(states, at)?.isGood ?? true) ?? false
}

/** Whether a replica, or any of a tier, is drained at an instant, as far as timed entries say. */
export function isDrained({ tiers, faults }: Scenario, name: string, at: number): boolean {
  return tiers.some(({ id, replicas }, tier) =>
    replicas.some((replica, place) => {
      if (name !== id && name !== replica.id) return false
      const last = faults.findLast(
        (fault) =>
          fault.kind === 'drain' &&
          fault.at <= at &&
          fault.tier === tier &&
          (fault.replica < 0 || fault.replica === place),
      )
      return last !== undefined && last.ends !== true
    }),
  )
}
