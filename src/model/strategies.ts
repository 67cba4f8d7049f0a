/** The strategies of a tier: the one it begins with, and those that timed entries put in its place. */

import { strategies } from '../policies/balancing/index.ts'
import { hashesClient } from '../policies/hashing/hashed-on.ts'
import type { Chosen } from '../policies/policy.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { FixedTier } from './cluster.ts'
import { rotates } from './tries-settings.ts'

/** All that a tier will ever choose by, the one at the start first. @param index the tier's place */
export function strategiesOf({ tiers, faults }: Scenario, index: number): readonly Chosen[] {
  const later = faults.flatMap(({ kind, tier, strategy }) =>
    kind === 'balance' && tier === index && strategy !== undefined ? [strategy] : [],
  )
  return [tiers[index]!.strategy, ...later]
}

/** What a tier's balancers must know of the strategy that they have at the moment. */
export function linkStrategy({
  policy,
  params,
}: Chosen): Pick<FixedTier, 'strategy' | 'rotates' | 'asksBearer'> {
  return {
    strategy: strategies.get(policy),
    rotates: rotates(policy),
    asksBearer: hashesClient(params.on),
  }
}
