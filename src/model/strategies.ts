/** Strategies as the cluster keeps them: names looked up, and what depends on them. */

import { strategies } from '../policies/balancing/index.ts'
import { hashesClient } from '../policies/hashing/hashed-on.ts'
import type { Chosen } from '../policies/policy.ts'
import type { FixedTier } from './cluster.ts'
import { rotates } from './tries-settings.ts'

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
