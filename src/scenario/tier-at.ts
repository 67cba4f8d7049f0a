/** A tier's settings as they are at an instant: timed entries change some of them on the way. */

import type { Instant } from '../base/time.ts'
import { changedParams } from '../policies/health/active/changed.ts'
import type { Chosen } from '../policies/policy.ts'
import type { Scenario, Tier } from './scenario.ts'

/** The tier with the strategy and the checks that it has then; the very same object while it has those of the start. */
export function tierAt({ tiers, faults }: Scenario, index: number, at: Instant): Tier {
  let tier = tiers[index]!
  for (const fault of faults) {
    if (fault.at > at) break
    if (fault.tier !== index) continue
    if (fault.strategy !== undefined) tier = { ...tier, strategy: fault.strategy }
    const { health } = tier
    if (fault.checks === undefined || health?.active === undefined) continue
    const { rule } = health.active
    const params = changedParams(rule, rule.params, fault.checks)
    tier = { ...tier, health: { ...health, active: { ...health.active, rule: { ...rule, params } } } }
  }
  return tier
}

/** All that a tier will ever choose by, the one at the start first. @param index the tier's place */
export function strategiesOf({ tiers, faults }: Scenario, index: number): readonly Chosen[] {
  const later = faults.flatMap(({ kind, tier, strategy }) =>
    kind === 'balance' && tier === index && strategy !== undefined ? [strategy] : [],
  )
  return [tiers[index]!.strategy, ...later]
}
