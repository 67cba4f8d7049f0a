/** Strategies as the cluster keeps them: names looked up, and what depends on them. */

import { strategies } from '../policies/balancing/index.ts'
import type { Strategy } from '../policies/balancing/strategy.ts'
import { hashesClient } from '../policies/hashing/hashed-on.ts'
import type { Chosen } from '../policies/policy.ts'
import type { FixedTier } from './cluster.ts'
import { rotates } from './tries-settings.ts'

/** Whether a strategy wants to know more than its balancer counts: true queues, probes or reports of load. */
export function asksForMore({ isOracle, toProbe, reported }: Strategy): boolean {
  return isOracle === true || toProbe !== undefined || reported !== undefined
}

/** What a tier's balancers must know of the strategy that they have at the moment. */
export function linkStrategy({
  policy,
  params,
}: Chosen): Pick<FixedTier, 'strategy' | 'asksForMore' | 'rotates' | 'asksBearer'> {
  const strategy = strategies.get(policy)
  return {
    strategy,
    asksForMore: asksForMore(strategy),
    rotates: rotates(policy),
    asksBearer: hashesClient(params.on),
  }
}
