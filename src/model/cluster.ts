/**
 * The cluster as a tree of plain data: everything that changes while it runs. What never changes (the
 * scenario linked to samplers and strategies, the fact log) hangs frozen under `fixed`, and so is shared
 * by all copies.
 */

import type { KeyedRows } from '../base/keyed-rows.ts'
import { round } from '../base/round.ts'
import type { Stream } from '../base/stream.ts'
import type { Duration, Instant } from '../base/time.ts'
import type { FactLog } from '../engine/fact-log.ts'
import type { World } from '../engine/simulation.ts'
import type { ArrivalMemory, ArrivalMode, NextArrival } from '../policies/arrivals/arrivals.ts'
import type { Asked, Strategy } from '../policies/balancing/strategy.ts'
import type { PrivateCaches } from '../policies/caching/private-caches.ts'
import type { Sampler } from '../policies/distributions/distribution.ts'
import type { KeySampler } from '../policies/keys/key-choice.ts'
import type { Affinity } from '../policies/upstream/settings.ts'
import type { StickTable } from '../policies/upstream/stick-table.ts'
import type { Upstream } from '../policies/upstream/upstream.ts'
import type { LogSource } from '../scenario/access-log/log-source.ts'
import type { Front } from '../scenario/front.ts'
import type { ConnectionLife, Scenario, WarmUp } from '../scenario/scenario.ts'
import type { CacheTable, FixedCache } from './cache-state.ts'
import type { FixedClientCache } from './client-cache.ts'
import type { FixedDiscovery, FixedLife, FixedSessions, FixedStart } from './fixed-life.ts'
import type { FixedHealth, PoolHealth, TierHealth } from './health/state.ts'
import type { FixedKept, KeptState } from './kept-connections.ts'
import type { FixedLimit, LimitState } from './limit-state.ts'
import type { Outside } from './outside.ts'
import type { SessionTable } from './session-table.ts'
import type { FixedGuard, Guard } from './shed.ts'
import type { Calls, Requests } from './tables.ts'
import type { FixedTransport, TransportState } from './transport-state.ts'
import type { ClientTries } from './tries-client.ts'
import type { FixedClientTries, FixedTries } from './tries-settings.ts'
import type { TryTable } from './tries-table.ts'

export interface Cluster extends World {
  readonly fixed: Fixed
  readonly requests: Requests
  readonly calls: Calls
  readonly nodes: Nodes
  readonly clients: readonly Client[]
  readonly sessions: SessionTable
  /** Undefined when nothing is tried twice, and nobody looks at deadlines. */
  readonly tries: TryTable | undefined
  /** Undefined when no tier has a cache. */
  readonly caches: CacheTable | undefined
  readonly tiers: readonly TierStreams[]
  readonly pools: readonly Balancer[]
  /** Checks that were sent as requests so far. */
  checksSent: number
  readonly outside: Outside
}

/** Replicas of all tiers, counted through. Columns are described in nodes.ts. */
export interface Nodes {
  readonly num: Float64Array
  readonly int: Int32Array
  /** Under processor sharing: calls in service as a binary heap by virtual finish. */
  readonly heaps: Int32Array[]
  /** Made when first drawn from. */
  readonly errors: (Stream | undefined)[]
  readonly failures: (Stream | undefined)[]
  /** How they protect themselves; undefined where they do not. */
  readonly guards: (Guard | undefined)[]
  /** What replicas tell of themselves: see load-reports.ts. */
  loads: Float64Array
  /** By node: what is left of its speed while it warms up, 0 to 1; timer of the next step of its start. */
  readonly warmth: Float64Array
  readonly startTimer: Float64Array
}

/** A client population's state. */
export interface Client {
  readonly memory: ArrivalMemory
  readonly arrivals: Stream
  readonly keys: Stream
  readonly addresses: Stream
  readonly sizes: Stream
  readonly think: Stream
  readonly latency: Stream
  readonly timeouts: Stream
  readonly doors: Stream
  /** By tier. */
  readonly demand: readonly Stream[]
  /** By visitor; undefined when connections are not kept. Columns are described in connections.ts. */
  readonly connections: KeyedRows | undefined
  /** By visitor: what DNS told it; undefined without DNS. Columns are described in front-choice.ts. */
  readonly records: KeyedRows | undefined
  readonly tries: ClientTries | undefined
  /** What its visitors hold; undefined: nothing. */
  readonly own: PrivateCaches | undefined
}

export interface TierStreams {
  readonly latency: Stream
  readonly patience: Stream
  readonly setUp: Stream
  readonly state: Stream
  /** By whom a request is for: the replica that its cookie names; undefined without cookies. */
  readonly cookies: KeyedRows | undefined
  /** By whom a request is for: where it was served last; undefined where sessions are not counted. */
  readonly visits: KeyedRows | undefined
  readonly startUp: Stream
  readonly probes: Stream
  readonly limits: LimitState | undefined
  readonly transport: TransportState | undefined
  readonly kept: KeptState | undefined
  readonly health: TierHealth
}

/** One balancer: its own view of one tier's replicas, and its own memory. */
export interface Balancer {
  /** The tier it sends to; frozen, and another one from when its strategy changes. */
  tier: FixedTier
  /** The node that sends, or FRONT and below. */
  readonly from: number
  readonly upstream: Upstream
  /** What it remembers of who sticks to which replica; undefined when it has no such table. */
  readonly stuck: StickTable | undefined
  /** Of its retry budget, and of its pauses between tries. */
  readonly budget: Float64Array | undefined
  readonly tryPauses: Stream | undefined
  readonly checkLatency: Stream
  readonly probeLatency: Stream
  readonly health: PoolHealth
}

/** Never changes; frozen. */
export interface Fixed {
  readonly scenario: Scenario
  readonly log: FactLog
  readonly clients: readonly FixedClient[]
  readonly tiers: readonly FixedTier[]
  /** By node. */
  readonly tierOf: readonly FixedTier[]
  /** By node: the pool that the node sends to the next tier from; -1 in the last tier. */
  readonly poolOf: Int32Array
  /** By population: 1 when its requests take the straight way (see straight/). */
  readonly straight: Uint8Array
  /** The first so many pools are those that clients send to. */
  readonly fronts: number
  /** Which of them a request goes to; undefined: any. */
  readonly front: Front | undefined
  /** No request is born after this instant, nor after this many. */
  readonly lastBirth: Instant
  readonly mostRequests: number
  /** What happens to a call that leaves a replica: set by rules.ts (breaks the circle replica -> flow -> replica). */
  readonly leave: (cluster: Cluster, call: number, outcome: number) => void
  /** A call comes to a service that has a cache beside it: handed over for the same reason. */
  readonly askBeside: (cluster: Cluster, call: number, node: number, cache: FixedCache) => void
  /** Whatever still works for a settled request or try is called off. */
  readonly callOff: (cluster: Cluster, request: number) => void
  /** Told whenever a node asks its cache; undefined: nobody. */
  readonly onLookUp: LookUpListener | undefined
  /** Scratch for the question to a strategy. */
  readonly asked: Asked
}

/** Who wants to know what caches are asked for, request by request. */
export type LookUpListener = (node: number, object: number, bytes: number, now: Instant) => void

export interface FixedClient {
  readonly id: string
  readonly mode: ArrivalMode
  /** Of open arrivals. */
  readonly next: NextArrival | undefined
  /** Of closed loops. */
  readonly users: number
  readonly think: Drawn | undefined
  /** Of log replays. */
  readonly source: LogSource | undefined
  /** undefined: nothing to draw, the key is always 0. */
  readonly keys: KeySampler | undefined
  readonly sizes: Drawn
  readonly addresses: number
  /** undefined: visitors come equally often. */
  readonly visitors: KeySampler | undefined
  /** The address of visitor 0. */
  readonly firstAddress: number
  readonly nat: FixedNat | undefined
  readonly sessions: { readonly requests: Drawn; readonly thinkTime: Drawn } | undefined
  readonly connections: ConnectionLife | undefined
  /** undefined: its visitors keep nothing. */
  readonly cache: FixedClientCache | undefined
  /** True: something has to be done when its requests end (see client-cache.ts). */
  readonly endsMatter: boolean
  readonly latency: Drawn
  readonly timeout: Drawn | undefined
  /** How long a client takes to send a request, once it is connected; undefined: no time. */
  readonly sending: Drawn | undefined
  readonly cancels: boolean
  readonly writes: number
  readonly priority: number
  /** undefined: every request is tried once. */
  readonly tries: FixedClientTries | undefined
  readonly demand: readonly Drawn[]
}

/** Visitors behind gateways; gateway i has the first address of the /24 network that is so many after `firstNetwork`. */
export interface FixedNat {
  readonly share: number
  readonly gateways: number
  readonly firstNetwork: number
}

export interface FixedTier {
  readonly id: string
  readonly index: number
  /** Number of its first node. */
  readonly first: number
  readonly count: number
  readonly isLast: boolean
  readonly isShared: boolean
  /** True for a tier of nothing but balancers, queues and services: its calls take the short way. */
  readonly isPlain: boolean
  readonly isLifo: boolean
  /** True: its balancers may have only so much at all its replicas together. */
  readonly limitsCluster: boolean
  /** undefined: it lets everything in. */
  readonly limits: readonly FixedLimit[] | undefined
  /** undefined: reaching it costs nothing, to visitors or to balancers. */
  readonly transport: FixedTransport | undefined
  readonly kept: FixedKept | undefined
  /** True: it has limits, or visitors connect to it. */
  readonly hasGate: boolean
  /** True: who is let in may be served at once, and who is served may leave: no sessions, no guard, no cache beside it. */
  readonly isOpen: boolean
  /** undefined: its replicas take whatever comes. */
  readonly guard: FixedGuard | undefined
  /** undefined: it has none. */
  readonly cache: FixedCache | undefined
  readonly blocking: boolean
  readonly latency: Drawn
  readonly patience: Drawn | undefined
  readonly setUp: Drawn | undefined
  readonly strategy: Strategy
  /** True: the strategy wants to know more than its balancer counts. */
  readonly asksForMore: boolean
  /** True: HAProxy takes the strategy for one that goes round. */
  readonly rotates: boolean
  /** undefined: its balancers try every call once. */
  readonly tries: FixedTries | undefined
  /** True: requests are placed for themselves; false: clients stick, or connections do. */
  readonly isFree: boolean
  /** True: the strategy hashes what a client always sends, not what it asks for. */
  readonly asksBearer: boolean
  readonly affinity: Affinity | undefined
  readonly perConnection: boolean
  /** undefined: sessions are not counted. */
  readonly sessions: FixedSessions | undefined
  /** How long a request may wait at a balancer of this tier; undefined: for ever. */
  readonly lineTimeout: Duration | undefined
  /** undefined: balancers believe that all is well. */
  readonly health: FixedHealth | undefined
  readonly startUp: FixedStart | undefined
  readonly warmUp: WarmUp | undefined
  readonly upTime: Drawn | undefined
  readonly downTime: Drawn | undefined
  /** HEALTH_CRASHED or HEALTH_HUNG. */
  readonly failsAs: number
  /** How its replicas come and go, and balancers hear of it; undefined: at once. */
  readonly life: FixedLife | undefined
  readonly discovery: FixedDiscovery | undefined
}

/** A duration to be drawn, or known: a constant needs no draw and no call. */
export interface Drawn {
  /** ns, or -1 when it must be drawn. */
  readonly constant: number
  readonly sampler: Sampler
}

/** Whole nanoseconds. */
export function draw(what: Drawn, random: Stream): Duration {
  return what.constant >= 0 ? what.constant : round(what.sampler(random))
}
