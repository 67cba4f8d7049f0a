/** What the ledger knows of replicas and balancers: their limits from the scenario, and what stands there. */

import { FRONT, HEALTH_ABSENT, HEALTH_UP } from '../../src/model/facts.ts'
import type { Fault, Scenario, Tier } from '../../src/scenario/scenario.ts'

export type Place = 'on its way' | 'waiting' | 'in service' | 'below' | 'below in its slot'

/** One request at one replica. */
export interface Call {
  readonly request: number
  readonly from: number
  /** A rate limit may hold it back: then it is let in at that instant. */
  arrives: number
  isHeldBack?: boolean
  /** It waits for a fetch beside a service. */
  isAside?: boolean
  place: Place
  /** In this place since. */
  since: number
}

export interface Node {
  readonly id: string
  readonly tier: number
  /** Now. */
  slots: number
  readonly room: number
  readonly isShared: boolean
  readonly isBlocking: boolean
  readonly isLast: boolean
  /** A cache stands in front of the next tier, or beside its service. */
  readonly cache: 'tier' | 'sidecar' | undefined
  /** That gives what is old in place of a failure. */
  readonly servesOnError: boolean
  /** It ends TLS. */
  readonly hasTls: boolean
  /** How many limits judge there. */
  readonly limits: number
  /** Open connections of visitors or balancers, and how many visitors may have. */
  connections: number
  /** True: balancers open them, before a call arrives. */
  readonly isPooled: boolean
  readonly mostConnections: number
  /** Balancers close their connections to it when they mark it down. */
  readonly shuts: boolean
  /** By request. */
  readonly calls: Map<number, Call>
  queued: number
  /** In a slot, those that keep theirs while the next tier works included. */
  busy: number
  /** At the next tier, without a slot here. */
  below: number
  health: number
  /** True when a partition may refuse what comes, or keep it; and when errors may break connections off. */
  readonly mayBeCut: boolean
  readonly mayBreakOff: boolean
  /** When its last set-up ends. */
  isSetUpAt: number
  /** Requests sent to it, and begun by it, in order. */
  readonly sent: number[]
  readonly starts: number[]
  /** Request and ns waited of each service that did not begin at once. */
  readonly waits: [request: number, ns: number][]
  /** Requests turned away at its door, or that waited for too long. */
  readonly rejected: number[]
  /** Requests at which sessions began, came from another replica, or had lost their state. */
  readonly sessions: { readonly begun: number[]; readonly moved: number[]; readonly broken: number[] }
  /** Requests that a limit turned away, and that one held back. */
  readonly limited: number[]
  readonly heldBack: number[]
  /** Requests turned away because of the load, or because nobody waited any more. */
  readonly shed: number[]
  /** Request and ns of service given in vain. */
  readonly wasted: [request: number, ns: number][]
}

export function nodesOf({ tiers, faults }: Scenario): Node[] {
  return tiers.flatMap(({ replicas, service, cache, rateLimits = [], connections, tls, pool }, tier) =>
    replicas.map(({ id, spare }) => ({
      id,
      tier,
      slots: service.concurrency,
      room: service.queue,
      isShared: service.discipline === 'ps',
      isBlocking: service.blocking && service.discipline !== 'ps',
      isLast: tier === tiers.length - 1,
      limits: rateLimits.length + (!pool && (connections || tls) ? 1 : 0),
      hasTls: tls !== undefined,
      isPooled: pool !== undefined,
      connections: 0,
      mostConnections: (pool ? undefined : connections?.perNode) ?? Infinity,
      cache: cache?.at,
      servesOnError: (cache?.staleIfError ?? 0) > 0,
      shuts: tiers.some((one) => one.health?.active?.onMarkedDown === 'shutdown-sessions'),
      calls: new Map(),
      queued: 0,
      busy: 0,
      below: 0,
      health: spare ? HEALTH_ABSENT : HEALTH_UP,
      mayBeCut: faults.some((one) => one.kind === 'partition' && one.tier === tier),
      mayBreakOff: faults.some((one) => one.breaksOff && one.tier === tier),
      isSetUpAt: 0,
      sent: [],
      starts: [],
      waits: [],
      rejected: [],
      limited: [],
      heldBack: [],
      shed: [],
      sessions: { begun: [], moved: [], broken: [] },
      wasted: [],
    })),
  )
}

export interface Balancer {
  /** The node that sends, or `FRONT` and below. */
  readonly from: number
  readonly tier: number
  /** By replica of the tier. */
  readonly ready: boolean[]
  /** Whether it has heard of it. */
  readonly known: boolean[]
  /** Requests that it may have at each of them. */
  readonly limits: readonly number[]
  /** True when it may use replicas that it believes down. */
  readonly mayUseDown: boolean
  /** True when it tries again where it has failed, though new requests no longer go there. */
  readonly staysAtDrained: boolean
  /** Requests that may wait at it, those that do with the instant they came, and how long at most. */
  readonly room: number
  /** Requests that it may have at all of them together. */
  readonly most: number
  readonly held: Map<number, number>
  readonly patience: number
}

/** In the order of their numbers: those in front, then one in each node of each tier but the last. */
export function balancersOf({ tiers, faults }: Scenario): Balancer[] {
  const fronts = tiers[0]!.structure?.balancers ?? 1
  const all = Array.from({ length: fronts }, (_, i) => balancer(tiers[0]!, 0, FRONT - i, faults))
  let node = 0
  for (const [t, { replicas }] of tiers.slice(0, -1).entries()) {
    for (const _ of replicas) all.push(balancer(tiers[t + 1]!, t + 1, node++, faults))
  }
  return all
}

function balancer(
  { replicas, structure, health, retries }: Tier,
  tier: number,
  from: number,
  faults: readonly Fault[],
): Balancer {
  // Those who stick to a replica that is drained stay.
  const isDrained =
    health?.agent !== undefined || faults.some((one) => one.kind === 'drain' && one.tier === tier)
  const staysDrained = structure?.affinity !== undefined && isDrained
  // An open connection leads where it led, whatever the balancer believes or counts.
  const sticks = tier === 0 && structure?.perConnection === true
  return {
    from,
    tier,
    ready: replicas.map(() => true),
    known: replicas.map(({ spare }) => !spare),
    limits: replicas.map(({ maxConnections }) => (sticks ? Infinity : maxConnections || Infinity)),
    mayUseDown: sticks || (structure?.panic ?? 0) > 0 || staysDrained || structure?.cluster !== undefined,
    // HAProxy tries again at the same server, unless it is the turn of another (option redispatch).
    staysAtDrained: isDrained && retries?.rule === 'haproxy' && retries.redispatch !== 1,
    room: structure?.cluster?.pending ?? structure?.line?.length ?? 0,
    most: structure?.cluster?.requests ?? Infinity,
    held: new Map(),
    patience: structure?.line?.timeout ?? Infinity,
  }
}
