/** A tier of a scenario as each of its balancers is told of it. */

import type { UpstreamSettings } from '../policies/upstream/settings.ts'
import type { Tier } from '../scenario/scenario.ts'

const STRICT = Object.freeze({ rule: 'strict', overprovisioning: 1.4 } as const)

/**
 * @param balancer the balancer's number among those of its kind, from 0
 * @param of how many there are
 */
export function upstreamSettings(tier: Tier, balancer: number, of: number): UpstreamSettings {
  const { structure = {} } = tier
  return {
    strategy: tier.strategy,
    members: tier.replicas.map(({ id, weight, priority = 0, zone = '', maxConnections = 0 }) => ({
      name: id,
      weight,
      priority,
      zone,
      maxConnections,
    })),
    levels: structure.levels ?? STRICT,
    panic: structure.panic ?? 0,
    line: structure.line?.length ?? 0,
    slowStart: structure.slowStart,
    affinity: structure.affinity,
    subset: structure.subset && { ...structure.subset, balancer, of },
    refresh: structure.refresh,
  }
}
