/** `tiers`: layers of replicas, each behind its balancers, in the order in which a request meets them. */

import type { Scaling } from '../membership.ts'
import type { BalancerRetries } from '../resilience.ts'
import type { Structure, Tier } from '../scenario.ts'
import { byId, mapped } from '../shapes/collections.ts'
import { choiceOf } from '../shapes/plain.ts'
import { integerOf } from '../shapes/quantity.ts'
import { optional, record, standard } from '../shapes/record.ts'
import { complain, problemList, type Spot, type TierOutline, within } from '../source/problem-list.ts'
import { type Entry, lookUp, type Tree } from '../source/tree.ts'
import { refuseUnseen } from './affinity.ts'
import { balancerRetries } from './balancer-retries.ts'
import { balancing } from './balancing.ts'
import { cache, refuseCacheOfNothing } from './cache.ts'
import {
  type CircuitBreakers,
  circuitBreakers,
  clusterOf,
  limitedRetries,
  refuseTwoLines,
} from './circuit-breakers.ts'
import { discovery } from './discovery.ts'
import { failures, health } from './health.ts'
import { lifecycle, withSpares } from './lifecycle.ts'
import { MOST_REPLICAS, MOST_TIERS } from './limits.ts'
import { networkOf } from './network.ts'
import { type PoolAndLine, pool, refuseTwice } from './pool.ts'
import { profiles, withProfile } from './profiles.ts'
import { classesIn, rateLimit } from './rate-limit.ts'
import { replicas } from './replicas.ts'
import { scaling } from './scaling.ts'
import { service } from './service.ts'
import { sessionState } from './sessions.ts'
import { structureFields, structureOf } from './structure.ts'
import { nodeConnections, tls } from './tls.ts'

const LATER = `zone zones readiness autoscaling rollout
  routes resources hedging limits`.split(/\s+/)

const tier = record(
  {
    profile: optional(
      choiceOf(Object.keys(profiles), 'a product'),
      'A product whose standard settings and exact rules this tier follows, where nothing else is said.',
    ),
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
    sessions: optional(
      sessionState,
      'What the tier must know of a session to serve it, and where it is kept.',
    ),
    cache: optional(cache, 'What its replicas keep of the answers that pass through them; none: nothing.'),
    rateLimit: optional(rateLimit, 'Which requests the replicas let in: one limit, or a list of them.'),
    connections: optional(
      nodeConnections,
      'The connections of visitors to its replicas: how long they are kept, what they carry, how many there can be; opening one takes a round trip. With `tls` alone as if this were `{}`. Where requests lead is said by `connections` of the clients.',
    ),
    tls: optional(tls, 'TLS ends at its replicas: each new connection is a handshake, which is work.'),
    pool: optional(
      pool,
      'Connections that balancers keep to its replicas; opening them costs nothing when left out. With `tls`, each is a handshake.',
    ),
    circuitBreakers: optional(
      circuitBreakers,
      'What each balancer may have at all replicas together: connections, requests, retries (Envoy).',
    ),
    retries: optional(balancerRetries, 'How its balancers try again; left out, they do not.'),
    most: optional(
      integerOf({ min: 1, max: MOST_REPLICAS }),
      'How many replicas there is room for, those included that a deploy or scaling starts; as many as `replicas` when left out.',
    ),
    lifecycle: optional(lifecycle, 'How its replicas start and stop, where they come and go.'),
    discovery: optional(
      discovery,
      'When the balancers hear of replicas that come and go; at once when left out.',
    ),
    scaling: optional(scaling, 'Lets the number of replicas follow the load.'),
    ...structureFields,
  },
  { of: 'a tier', named: 'tier', later: LATER },
)

/** A profile fills in what the file leaves out. */
const profiled: typeof tier = { ...tier, read: (tree, spot) => tier.read(withProfile(tree), spot) }

export const tiers = mapped(
  byId(profiled, { of: 'tier', ofMany: 'tiers', most: MOST_TIERS }),
  (entries, tree, spot): readonly Tier[] => {
    refuseBalancersBehind(entries, tree, spot)
    refuseUnseen(entries, tree, spot)
    refuseCacheOfNothing(entries, spot)
    refuseTooLittleRoom(entries, tree, spot)
    refuseTwice(entries, spot)
    for (const [id, read, { value }] of entries) {
      refuseTwoLines(value, hasLine(read, read.pool), within(spot, id))
    }
    return entries.map(
      ([
        id,
        {
          balancing,
          replicas,
          service,
          network,
          health,
          failures,
          profile,
          sessions,
          rateLimit: limits,
          cache,
          connections,
          tls: secured,
          pool: reused,
          retries: tried,
          circuitBreakers: breakers,
          most,
          lifecycle: life,
          discovery: hears,
          scaling: scales,
          ...around
        },
      ]) => ({
        id,
        ...(profile ? { profile } : {}),
        strategy: balancing.strategy,
        ...withStructure(
          structureOf(around, {
            ...balancing.around,
            ...lineOf(reused),
            ...clusterOf(breakers, hasLine(around, reused)),
          }),
        ),
        replicas: withSpares(replicas, Math.max(most ?? 0, scales?.max ?? 0)).map((replica, i) => ({
          id: `${id}/${i + 1}`,
          ...(around.maxConnections ? { maxConnections: around.maxConnections.perReplica } : {}),
          ...replica,
        })),
        service,
        latency: network.latency,
        ...(health && Object.keys(health).length > 0 ? { health } : {}),
        ...(failures ? { failures } : {}),
        ...(sessions ? { sessions } : {}),
        ...(cache && cache !== 'none' ? { cache } : {}),
        ...triesOf(tried, breakers),
        ...(limits?.length ? { rateLimits: limits } : {}),
        ...(connections && connections !== 'none' ? { connections } : {}),
        ...(secured && secured !== 'none' ? { tls: secured } : {}),
        ...(reused && reused !== 'none' ? { pool: reused.pool } : {}),
        ...(life ? { lifecycle: life } : {}),
        ...(hears ? { discovery: hears } : {}),
        ...(scales ? { scaling: scales } : {}),
      }),
    )
  },
)

/** Behind the first tier every replica balances by itself. */
function refuseBalancersBehind(
  entries: readonly (readonly [string, { readonly balancers?: unknown }, Entry])[],
  tree: Tree,
  spot: Spot,
): void {
  for (const [id, { balancers }, entry] of entries.slice(1)) {
    if (balancers === undefined) continue
    const at = within(within(spot, id), 'balancers')
    const place = lookUp(entry.value, 'balancers')?.place ?? tree.place
    complain(
      at,
      place,
      'only the first tier has balancers of its own; every replica of a tier balances over the next',
    )
  }
}

/** What there is at first must fit in. */
function refuseTooLittleRoom(
  entries: readonly (readonly [
    string,
    {
      readonly replicas: readonly unknown[]
      readonly most: number | undefined
      readonly scaling: Scaling | undefined
    },
    Entry,
  ])[],
  tree: Tree,
  spot: Spot,
): void {
  for (const [id, { replicas: now, most, scaling: scales }, entry] of entries) {
    const at = within(spot, id)
    const place = (key: string) => lookUp(entry.value, key)?.place ?? tree.place
    if (most !== undefined && most < now.length) {
      complain(
        within(at, 'most'),
        place('most'),
        `there are ${now.length} replicas, and room for only ${most}`,
      )
    }
    if (scales !== undefined && (now.length < scales.min || now.length > scales.max)) {
      const message = `there are ${now.length} replicas at first; scaling keeps ${scales.min} to ${scales.max}`
      complain(within(at, 'scaling'), place('scaling'), message)
    }
  }
}

function triesOf(
  tried: BalancerRetries | undefined,
  breakers: CircuitBreakers | 'none' | undefined,
): Pick<Tier, 'retries'> {
  const retries = limitedRetries(tried, breakers)
  return retries ? { retries } : {}
}

/** True when requests may wait at a balancer for a place at any replica. */
function hasLine(
  { maxConnections }: { readonly maxConnections: { readonly line?: unknown } | undefined },
  reused: PoolAndLine | 'none' | undefined,
): boolean {
  return (maxConnections?.line ?? lineOf(reused).line) !== undefined
}

/** Who waits for a busy pool waits in the balancer's line. */
function lineOf(given: PoolAndLine | 'none' | undefined): Pick<Structure, 'line'> {
  return given && given !== 'none' && given.line ? { line: given.line } : {}
}

function withStructure(structure: Structure | undefined): Pick<Tier, 'structure'> {
  return structure ? { structure } : {}
}

/** Replicas that there is room for, as far as that can be read. */
function roomFor(tier: Tree): number {
  const most = lookUp(tier, 'most')
  const said = lookUp(tier, 'scaling')
  const scales = said && scaling.read(said, { path: '', problems: problemList() })
  return Math.max(scales?.max ?? numberIn(lookUp(said, 'max')), numberIn(most))
}

function numberIn(tree: Tree | undefined): number {
  return tree?.kind === 'scalar' ? Number(tree.value) || 0 : 0
}

function balancersIn(tier: Tree): { readonly balancers?: number } {
  const given = lookUp(tier, 'balancers')
  const read = given && structureFields.balancers.shape.read(given, { path: '', problems: problemList() })
  return read ? { balancers: read.count } : {}
}

function hasChecks(tier: Tree): boolean {
  const health = lookUp(tier, 'health')
  return health?.kind === 'map' && lookUp(health, 'active')?.kind === 'map'
}

/** The tiers by name and size, as far as they can be read. */
export function outlineOf(file: Tree): readonly TierOutline[] {
  const declared = lookUp(file, 'tiers')
  if (declared?.kind !== 'map') return []
  return declared.entries.map(({ key, value }) => {
    const given = lookUp(value, 'replicas')
    const read = given && replicas.read(given, { path: '', problems: problemList() })
    const now = given ? read?.length : 1
    return {
      id: key,
      replicas: now === undefined ? undefined : Math.max(now, roomFor(value)),
      zones: read?.map(({ zone }) => zone) ?? [],
      hasCache: lookUp(value, 'cache')?.kind === 'map',
      hasChecks: hasChecks(value),
      ...balancersIn(value),
      classes: classesIn(value),
    }
  })
}
