/** Which tiers ask for nothing but to choose, queue and serve: their calls take the short way. */

import { strategies } from '../policies/balancing/index.ts'
import type { Health } from '../scenario/health.ts'
import type { Scenario, Tier } from '../scenario/scenario.ts'
import { strategiesOf } from '../scenario/tier-at.ts'
import { fixedGuard } from './shed.ts'
import { asksForMore } from './strategies.ts'
import { tryTable } from './tries-table.ts'

/** @param index the tier's place */
export function isPlain(scenario: Scenario, tier: Tier, index: number): boolean {
  const { structure, service } = tier
  return (
    !strategiesOf(scenario, index).some(({ policy }) => asksForMore(strategies.get(policy))) &&
    !(tier.sessions || tier.cache || tier.rateLimits || tier.retries) &&
    !(tier.connections || tier.tls || tier.pool) &&
    structure?.cluster === undefined &&
    !(structure?.affinity || (index === 0 && structure?.perConnection)) &&
    !isWatched(tier.health) &&
    fixedGuard(service) === undefined &&
    tryTable(scenario) === undefined
  )
}

/** True when requests, or checks that queue like requests, tell of health. */
function isWatched(health: Health | undefined): boolean {
  return Boolean(health?.passive || health?.outliers || health?.circuitBreaker || health?.active?.queued)
}
