/** A tier of a scenario as each of its balancers is told of it. */

import type { UpstreamSettings } from '../policies/upstream/settings.ts'
import { type Tier, UNLIMITED } from '../scenario/scenario.ts'

const STRICT = Object.freeze({ rule: 'strict', overprovisioning: 1.4 } as const)

/**
 * @param balancer the balancer's number among those of its kind, from 0
 * @param of how many there are
 * @param zone where it stands
 */
export function upstreamSettings(
  tier: Tier,
  balancer: number,
  of: number,
  zone: string | undefined,
): UpstreamSettings {
  const { structure = {}, pool } = tier
  const { size = 0, streams = 1 } = pool ?? {}
  const mostThere = Math.min(size * streams, UNLIMITED)
  const levelOf = (priority: number, place: string) =>
    structure.ownZoneFirst && zone !== undefined ? 2 * priority + (place === zone ? 0 : 1) : priority
  return {
    strategy: tier.strategy,
    members: tier.replicas.map(
      ({ id, weight, priority = 0, zone: place = '', maxConnections = mostThere }) => ({
        name: id,
        weight,
        priority: levelOf(priority, place),
        zone: place,
        maxConnections,
      }),
    ),
    levels: structure.levels ?? STRICT,
    panic: structure.panic ?? 0,
    line: structure.line?.length ?? 0,
    cluster: structure.cluster,
    slowStart: structure.slowStart,
    affinity: structure.affinity,
    subset: structure.subset && { ...structure.subset, balancer, of },
    refresh: structure.refresh,
  }
}
