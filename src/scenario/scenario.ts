/**
 * A scenario as the engine takes it: every default filled in, every unit turned into its held form
 * (durations in whole nanoseconds, rates per second, sizes in bytes, shares 0 to 1). Plain data, no
 * functions: it can be posted to a worker, compared and stored. `parse.ts` makes it from a file.
 */

import type { Duration, Instant } from '../base/time.ts'
import type { Chosen } from '../policies/policy.ts'
import type { Hedge } from '../policies/resilience/hedging.ts'
import type { Throttle } from '../policies/resilience/throttle.ts'
import type { ClusterLimits } from '../policies/upstream/cluster-limits.ts'
import type { Affinity, Levels, Refresh, SlowStart, Subset } from '../policies/upstream/settings.ts'
import type { CacheSettings } from './cache.ts'
import type { Fault } from './fault.ts'
import type { Front } from './front.ts'
import type { Health } from './health.ts'
import type { Discovery, Lifecycle, Scaling } from './membership.ts'
import type { RateLimit } from './rate-limit.ts'
import type { BalancerRetries, ClientRetries, Protection } from './resilience.ts'
import type { Header, Method, Sent } from './sent.ts'
import type { ConnectionPool, Connections, Tls } from './transport.ts'

export type { Fault, FaultKind } from './fault.ts'
export type { ActiveChecks, AgentChecks, AgentEntry, Health, PodProbe, PodProbes, StartUp } from './health.ts'

/** Stands for "no limit" wherever a whole number is held in 32 bits. */
export const UNLIMITED = 2147483647

export interface Scenario {
  readonly format: 'evenkeel/1'
  readonly name: string
  readonly summary: string
  readonly seed: number | string
  readonly duration: Duration
  /** Requests that arrive before this instant are left out of the figures; `auto`: found by MSER-5. */
  readonly warmUp: Duration | 'auto'
  readonly clients: readonly ClientPopulation[]
  /** In the order in which a request meets them. */
  readonly tiers: readonly Tier[]
  /** Sorted by `at`; entries at the same instant keep the order of the file. */
  readonly faults: readonly Fault[]
  readonly variants: readonly Variant[]
  readonly expect: readonly Expectation[]
}

/** A group of clients that behave alike. */
export interface ClientPopulation {
  readonly id: string
  readonly arrivals: Chosen
  /** How each request's key is chosen. */
  readonly keys: Chosen
  /** Response size, bytes. */
  readonly size: Chosen
  /** How many visitors requests come from; each has an address of its own, but for those behind gateways. */
  readonly addresses: number
  /** Its addresses are its own; those of all others (absent) overlap. */
  readonly role?: 'attack'
  /** Its requests are so many times the usual work in every tier; absent: once. */
  readonly cost?: number
  /** How unequally often they come, as the exponent of Zipf's law; absent: all equally. */
  readonly skew?: number
  /** Visitors that show the address of a gateway in place of their own. */
  readonly nat?: Nat
  /** What an arrival begins; absent: a single request. */
  readonly sessions?: Sessions
  /** How long a visitor's connection to the first balancer lasts; absent: each request has its own. */
  readonly connections?: ConnectionLife
  /** What each visitor keeps of answers; absent: nothing. */
  readonly cache?: ClientCache
  /** How long a client waits for its answer, ns; absent: for ever. */
  readonly timeout?: Chosen
  /** How long a client takes to send a request to a tier that counts connections, ns; absent: no time. */
  readonly sending?: Chosen
  /** What becomes of the work of a request that timed out; real servers continue. */
  readonly onTimeout: 'continue' | 'cancel'
  /** One-way latency between the clients and the first tier's balancer, ns. */
  readonly latency: Chosen
  /** Share of requests that change something, and so are not idempotent; absent: none. */
  readonly writes?: number
  /** Of all requests, together 1; absent: GET, and POST for writes. */
  readonly methods?: readonly Sent<Method>[]
  /** By visitor; absent: none. */
  readonly headers?: readonly Header[]
  /** 0 (when absent) is most important. */
  readonly priority?: number
  readonly retries?: ClientRetries
  readonly hedge?: Hedge
  readonly throttle?: Throttle
}

/** Of each visitor. Durations in ns. */
export interface ClientCache {
  /** In objects, or in bytes when `hasSizes`. */
  readonly capacity: number
  readonly hasSizes: boolean
  readonly ttl: Duration
  /** How long an answer from it takes, above 0. */
  readonly latency: Duration
  /** Share of keys whose answers must not be kept. */
  readonly uncacheable: number
}

export interface Nat {
  readonly gateways: number
  /** Share of the visitors that are behind them, 0 to 1. */
  readonly share: number
  /** A population behind gateways of its own: these visitors are behind the same ones. */
  readonly sharedWith?: string
}

/** Requests of one visitor, one after the other. */
export interface Sessions {
  /** How many; drawn, rounded, at least 1. */
  readonly requests: Chosen
  /** From an answer to the next request, ns. */
  readonly thinkTime: Chosen
}

/** A connection ends with whichever comes first; one of them is there. */
export interface ConnectionLife {
  readonly requests?: number
  readonly lifetime?: Duration
}

/** One layer of replicas behind a balancer. */
export interface Tier {
  readonly id: string
  /** The product that it follows where the file says nothing else. */
  readonly profile?: string
  readonly strategy: Chosen
  /** What surrounds the strategy; absent: one balancer that uses every replica that it believes ready. */
  readonly structure?: Structure
  readonly replicas: readonly Replica[]
  readonly service: Service
  /** One-way latency between the node that sends and a replica of this tier, ns. */
  readonly latency: Chosen
  readonly health?: Health
  /** Random failures from the seed. */
  readonly failures?: RandomFailures
  /** How its balancers try again; absent: they do not. */
  readonly retries?: BalancerRetries
  /** What the tier must know of a session to serve it; absent: nothing, and sessions are not counted. */
  readonly sessions?: SessionState
  /** Judged one after the other when a request reaches a replica; absent: everything is let in. */
  readonly rateLimits?: readonly RateLimit[]
  /** Connections of visitors to its replicas; absent, and without `tls`: they cost nothing. */
  readonly connections?: Connections
  /** TLS ends at its replicas; it begins at visitors, or with `pool` at balancers. */
  readonly tls?: Tls
  /** Connections of balancers to its replicas; absent: they cost nothing. */
  readonly pool?: ConnectionPool
  /** What its replicas keep of answers; absent: nothing. */
  readonly cache?: CacheSettings
  /** How its replicas start and stop; absent: at once. */
  readonly lifecycle?: Lifecycle
  /** When balancers hear of those that come and go; absent: at once. */
  readonly discovery?: Discovery
  readonly scaling?: Scaling
}

export interface Replica {
  /** `web/1`: the tier and the place in it, counted from 1. */
  readonly id: string
  readonly weight: number
  /** 1: does a second of demand in a second; 2: in half a second. */
  readonly speed: number
  /** Its level of priority, 0 (used first) when absent; backups stand at 1. */
  readonly priority?: number
  readonly zone?: string
  /** Requests that each balancer may have there at once; absent: no limit. */
  readonly maxConnections?: number
  /** True: there is room for it, but it does not exist at first. */
  readonly spare?: true
}

/** How requests reach the replicas of a tier, apart from the strategy. */
export interface Structure {
  /** Balancers side by side that clients send to, each with its own knowledge; only of the first tier. */
  readonly balancers?: number
  /** Which of them a request goes to; absent: any. */
  readonly front?: Front
  /** Their zones, one after the other. */
  readonly zones?: readonly string[]
  /** True: replicas of the balancer's own zone stand a level before the others. */
  readonly ownZoneFirst?: boolean
  /** What a full tier does: how many may wait at each balancer, and for how long (absent: for ever), ns. */
  readonly line?: { readonly length: number; readonly timeout?: Duration }
  readonly levels?: Levels
  /** Share of believed-healthy replicas below which health is ignored. */
  readonly panic?: number
  /** What each balancer may have at all replicas together; absent: as much as comes. */
  readonly cluster?: ClusterLimits
  readonly slowStart?: SlowStart
  readonly subset?: Pick<Subset, 'rule' | 'size'>
  readonly refresh?: Refresh
  readonly affinity?: Affinity
  /** True: a replica is chosen for a connection, and all requests on it go there; only of the first tier. */
  readonly perConnection?: boolean
}

/** What a tier knows of sessions, and where. */
export interface SessionState {
  /**
   * - `replica`: in the memory of the replica that served it last; lost when the session lands elsewhere, or
   *   when that replica crashes
   * - `store`: in a store that all replicas read
   * - `none`: nothing has to be known; sessions are counted only
   */
  readonly state: 'replica' | 'store' | 'none'
  /**
   * Once it is lost: the request fails; or it is served after more work, for a user who has to log in anew or
   * for a replica that works the state out again by itself.
   */
  readonly onLoss: 'error' | 'login' | 'rebuild'
  /** That work, ns at speed 1. */
  readonly rebuild: Chosen
  readonly store?: SessionStore
}

export interface SessionStore {
  /** Time that each request is at its replica for longer, ns at speed 1. */
  readonly latency: Chosen
  /** When it does not answer, and every request that needs it fails. */
  readonly outages: readonly Outage[]
}

export interface Outage {
  readonly from: Instant
  readonly to: Instant
}

/**
 * `ps`: all requests share the replica's processors at once; `codel`: first in, first out, dropping from the
 * head when waits stay long; `adaptive-lifo`: last in, first out while the queue does not get empty.
 */
export type Discipline = 'fifo' | 'lifo' | 'ps' | 'codel' | 'adaptive-lifo'

export interface Service extends Protection {
  /** The work of one request in this tier, ns at speed 1. Belongs to the request: drawn at its birth. */
  readonly demand: Chosen
  /** Requests served at once; under `ps` the number of processors. */
  readonly concurrency: number
  /** Requests that may wait beyond those in service; `UNLIMITED`. Under `ps`: beyond the processors. */
  readonly queue: number
  readonly discipline: Discipline
  /** How long a request waits in the queue before it leaves, ns; absent: for ever. */
  readonly patience?: Chosen
  /** Time an idle replica needs before it serves again, ns (it sleeps the instant it is idle). */
  readonly setUp?: Chosen
  /** True: a slot stays taken while the next tier answers (a thread a request); false: event loop. */
  readonly blocking: boolean
  /** How slow a replica is after its start; absent: at full speed at once. */
  readonly warmUp?: WarmUp
}

/** Its speed rises evenly to what it is. */
export interface WarmUp {
  readonly for: Duration
  /** How many times slower it is at first. */
  readonly slowdown: number
}

export interface RandomFailures {
  /** Time from recovery to the next failure, ns. */
  readonly upTime: Chosen
  /** Time from failure to recovery, ns; with crews, from the beginning of the repair. */
  readonly downTime: Chosen
  /** So many replicas of the tier can be repaired at the same time, in the order in which they failed; absent: all. */
  readonly crews?: number
  readonly as: 'crash' | 'hang'
}

/** The same workload, seed and faults with some settings changed. */
export interface Variant {
  readonly name: string
  /** Dotted path in the scenario file to the new value, as written there. */
  readonly set: Readonly<Record<string, unknown>>
}

export interface Expectation {
  /** As written: `availability > 99%`. */
  readonly text: string
  /** Dotted path in the report: `latency.p99` reads `latencyMs.p99`. */
  readonly figure: string
  readonly operator: '<' | '<=' | '>' | '>=' | '='
  /** In the report's unit. */
  readonly value: number
}
