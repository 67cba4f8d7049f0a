/** `tiers`: layers of replicas, each behind its balancers, in the order in which a request meets them. */

import type { Tier } from '../scenario.ts'
import { byId, mapped } from '../shapes/collections.ts'
import { optional, record, standard } from '../shapes/record.ts'
import { problemList, type TierOutline } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { balancing } from './balancing.ts'
import { failures, health } from './health.ts'
import { MOST_TIERS } from './limits.ts'
import { networkOf } from './network.ts'
import { replicas } from './replicas.ts'
import { service } from './service.ts'

const LATER = `profile tls rateLimit cache zone zones readiness autoscaling scaling rollout discovery sessions
  affinity retries circuitBreaker maxConnections slowStart subset locality priority backup routes
  resources hedging connections limits`.split(/\s+/)

const tier = record(
  {
    balancing: standard(balancing, 'How a request picks among the replicas of this tier.', 'round-robin'),
    replicas: standard(replicas, 'How many, or a list with weight and speed for each.', 1),
    service: standard(service, 'What a replica does with a request, and how many at once.', {}),
    network: standard(
      networkOf('One-way latency between the node that sends and a replica of this tier.', '0.5ms'),
      'The way to the replicas of this tier.',
      {},
    ),
    health: optional(
      health,
      'How the balancers find out which replicas are ready; left out, they believe all are.',
    ),
    failures: optional(failures, 'Failures that strike each replica at random, from the seed.'),
  },
  { of: 'a tier', named: 'tier', later: LATER },
)

export const tiers = mapped(
  byId(tier, { of: 'tier', ofMany: 'tiers', most: MOST_TIERS }),
  (entries): readonly Tier[] =>
    entries.map(([id, { balancing, replicas, service, network, health, failures }]) => ({
      id,
      strategy: balancing,
      replicas: replicas.map((replica, i) => ({ id: `${id}/${i + 1}`, ...replica })),
      service,
      latency: network.latency,
      ...(health?.active ? { health: health.active } : {}),
      ...(failures ? { failures } : {}),
    })),
)

/** The tiers by name and size, as far as they can be read. */
export function outlineOf(file: Tree): readonly TierOutline[] {
  const declared = lookUp(file, 'tiers')
  if (declared?.kind !== 'map') return []
  return declared.entries.map(({ key, value }) => {
    const given = lookUp(value, 'replicas')
    const read = given && replicas.read(given, { path: '', problems: problemList() })
    return { id: key, replicas: given ? read?.length : 1 }
  })
}
