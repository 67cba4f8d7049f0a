/** The colour of a replica in the crowd: as many as can be told apart, beyond that one for all, with its number. */

import type { Scenario } from '../../../scenario/scenario.ts'
import { ADDRESS_COLORS } from '../outcomes.ts'

/** By node; nodes of a tier with more replicas than there are colours have the plain one. */
export function replicaColors({ tiers }: Scenario): readonly string[] {
  return tiers.flatMap(({ replicas }) =>
    replicas.map((_, index) =>
      replicas.length > ADDRESS_COLORS.length ? 'var(--accent)' : `var(${ADDRESS_COLORS[index]})`,
    ),
  )
}
