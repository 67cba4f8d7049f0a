/** The report of one run: stable and documented (public/report.schema.json); `wall` alone differs from run to run. */

import type { CacheReport, ClientCacheReport } from './cache-report.ts'

export interface Summary {
  readonly mean: number
  readonly sd: number
  readonly min: number
  readonly p50: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

export interface ReplicaReport {
  readonly requests: number
  readonly share: number
  readonly utilisation: number
  readonly meanQueueLength: number
  readonly meanInSystem: number
  readonly availability: number
  /** Only where the tier has a cache; null when it was not asked. */
  readonly hitRate?: number | null
  readonly byteHitRate?: number | null
}

export interface SessionsReport {
  /** Sessions that were served here for the first time; without sessions of clients, visitors. */
  readonly begun: number
  /** How often one was served by another replica than before. */
  readonly moved: number
  /** How often what a replica knew of one was gone. */
  readonly broken: number
}

/** Tries beyond the first of a request, or of a call. */
export interface TriesReport {
  readonly byBalancers: number
  /** After a failure. */
  readonly byClients: number
  /** Copies sent because the answer was late, and those of them that answered first. */
  readonly hedges: number
  readonly hedgesWon: number
  /** Not made, as too many were under way already; absent when that never happened. */
  readonly overflowed?: number
}

/** What the limits of a tier did: of rates, of connections, and of the time that sending a request may take. */
export interface LimitsReport {
  /** Calls turned away, and their share of all that came: what the tiers behind are spared. */
  readonly limited: number
  readonly limitedShare: number | null
  /** How often a call was held back. */
  readonly heldBack: number
  /** By class, where limits tell classes apart. */
  readonly classes?: Readonly<Record<string, ClassReport>>
}

/** What a limit did with one class of requests. */
export interface ClassReport {
  readonly passed: number
  readonly limited: number
  /** null when none came. */
  readonly limitedShare: number | null
}

/** Connections to a tier's replicas. */
export interface ConnectionsReport {
  readonly opened: number
  /** Share of the calls that came over a connection that was open; null when there were none. */
  readonly reuseShare: number | null
  readonly handshakes: number
  readonly handshakesPerSecond: number
  /** Share of the handshakes that resumed a session; null when there were none. */
  readonly resumptionRate: number | null
  /** Their work over the time that slots were taken; at speed 1 the share of the work. */
  readonly handshakeShare: number | null
  /** Open at the same time, over all replicas. */
  readonly meanOpen: number
  readonly mostOpen: number
}

/** Requests of one population of clients. */
export interface PopulationReport {
  readonly arrived: number
  readonly succeeded: number
  readonly failed: number
  readonly rejected: number
  readonly timedOut: number
  /** Of those rejected, by a limit of rates, of connections or of the time to send; and their share of all that ended. */
  readonly limited: number
  readonly limitedShare: number | null
  readonly unfinished: number
  readonly availability: number | null
  readonly latencyMs: Summary | null
  /** Absent where its visitors keep nothing. */
  readonly clientCache?: ClientCacheReport
}

/** Who was turned away by limits where somebody attacks: attackers, and everybody else by mistake. */
export interface AttackReport {
  /** Of requests of users that ended, the share that limits turned away: false positives. */
  readonly usersLimitedShare: number | null
  readonly usersAvailability: number | null
  /** The same of attackers; those that succeeded got through. */
  readonly attackersLimitedShare: number | null
  readonly attackersSucceededShare: number | null
  /** Of all that limits turned away, the share that came from users. */
  readonly mistakenShare: number | null
}

/** Calls that were refused or broken off (502), by how their replica truly was then. */
export interface RefusalsReport {
  /** It had crashed; the balancer believed it to be well. */
  readonly dead: number
  /** It was told to stop, and the balancer had not heard of it (the drain window). */
  readonly stopping: number
  /** It was no more. */
  readonly gone: number
  /** It was not ready yet. */
  readonly starting: number
  /** It was well: the way was cut off, or it broke off what it had accepted. */
  readonly outOfReach: number
}

export interface TierReport {
  readonly replicas: Readonly<Record<string, ReplicaReport>>
  /** Busiest replica's requests over the mean; 1 is even. */
  readonly imbalance: number
  /** Of a tier whose replicas come and go: for how long they existed, all together; what they cost. */
  readonly replicaSeconds?: number
  /** Jain's index of requests at the replicas: 1 is even, 1 / replicas is all at one. */
  readonly jain: number
  /** Coefficient of variation of requests at the replicas: 0 is even. */
  readonly cv: number
  /** null where sessions are not counted: the tier has neither sessions nor affinity. */
  readonly sessions: SessionsReport | null
  /** Hits per look-up; null where the tier has no cache. */
  readonly hitRate: number | null
  /** Only where the tier has a cache. */
  readonly cache?: CacheReport
  readonly rejected: number
  /** Calls that its replicas turned away because of their load, or because nobody waited for them any more. */
  readonly shed: number
  /** Calls that it was sent for each request that arrived: above 1 where calls are tried again. */
  readonly callsPerRequest: number
  readonly waitingMs: Summary | null
  /** Seconds of service given to requests whose client had left. */
  readonly wastedSeconds: number
  /** Absent where none was. */
  readonly refusals?: RefusalsReport
  /** Absent where the tier has no rate limits. */
  readonly limits?: LimitsReport
  /** Absent where reaching the tier costs nothing. */
  readonly connections?: ConnectionsReport
  /** The greatest share of keys that went elsewhere at one change of the pool; null where keys do not decide. */
  readonly keysMoved: number | null
  /** The same of keys that need not have moved: their replica stayed, and they went to none that came. */
  readonly keysMovedNeedlessly: number | null
}

/** Requests that failed at a replica, or were given up there, by what balancers knew then. */
export interface Lost {
  /** Before the first balancer noticed. */
  readonly unnoticed: number
  /** From then until the last that noticed had. */
  readonly noticing: number
  /** After that, until the replica was well again. */
  readonly noticed: number
}

/** What happened, in order of time; all instants in seconds. */
export interface TimelineEntry {
  readonly at: number
  readonly what: string
  /** A replica, a tier, a population, a balancer. */
  readonly where: string
  /** When the first balancer's belief caught up; absent when it never did or had nothing to notice. */
  readonly detected?: number
  /** When the last of several balancers that noticed had; absent when all noticed at once. */
  readonly everywhere?: number
  /** Of a failure: when the replica was well again. */
  readonly recovered?: number
  /** When all balancers that had stopped using the replica used it again; absent when none had, or not all did. */
  readonly returned?: number
  /** Of what lasts and is no failure of a replica: when it was over. */
  readonly until?: number
  /** Of scaling: replicas before and from now on, and why; of a canary's step: replicas of the new version. */
  readonly from?: number
  readonly to?: number
  readonly why?: string
  /** Of a spike: how many times as many requests. */
  readonly factor?: number
  /** Requests that failed at the replica because of it; absent when none did. */
  readonly lost?: Lost
  /** Share of keys that went elsewhere when the balancer noticed; absent where keys do not decide. */
  readonly keysMoved?: number
}

export interface ExpectationResult {
  readonly text: string
  readonly holds: boolean
  readonly measured: number | null
}

/** How many requests may end without success: what the objective leaves. */
export interface ErrorBudget {
  /** Share that shall succeed: what the scenario expects of `availability`, else 99.9 %. */
  readonly objective: number
  /** Share of the budget that is used up, above 1 when it was not enough; null when there is none, or no request ended. */
  readonly burnt: number | null
}

export interface Report {
  readonly format: 'evenkeel-report/1'
  readonly scenario: string
  readonly seed: number | string
  readonly version: string
  /** Hex of all facts. */
  readonly fingerprint: string
  readonly partial: boolean
  readonly simulated: {
    readonly durationSeconds: number
    readonly warmUpSeconds: number
    /** All requests born, warm-up included. */
    readonly requests: number
    readonly events: number
  }
  readonly wall: {
    readonly seconds: number
    readonly requestsPerSecond: number
    readonly eventsPerSecond: number
  }
  readonly requests: {
    readonly arrived: number
    readonly succeeded: number
    readonly failed: number
    readonly rejected: number
    readonly timedOut: number
    /** Tried more than once, by their clients or by balancers. */
    readonly retried: number
    readonly unfinished: number
    readonly byOutcome: Readonly<Record<string, number>>
  }
  readonly tries: TriesReport
  /** Of succeeded requests, as the client saw them; null when none succeeded. */
  readonly latencyMs: Summary | null
  readonly waitingMs: Summary | null
  readonly fractionThatWaited: number | null
  /** Succeeded over ended; null when none ended. */
  readonly availability: number | null
  readonly errorBudget: ErrorBudget
  readonly throughputPerSecond: number
  readonly goodputPerSecond: number
  /** Of requests that asked the first tier with a cache, the share that some cache answered; null without caches. */
  readonly hitRate: number | null
  /** Of all populations whose visitors have caches; absent where none has. */
  readonly clientCache?: ClientCacheReport
  /** Time average of requests that clients wait for. */
  readonly meanInSystem: number
  /** By population, where there is more than one. */
  readonly clients?: Readonly<Record<string, PopulationReport>>
  /** Only where a population attacks, and another does not. */
  readonly attack?: AttackReport
  readonly tiers: Readonly<Record<string, TierReport>>
  readonly series: { readonly stepSeconds: number } & Readonly<Record<string, unknown>>
  readonly timeline: readonly TimelineEntry[]
  readonly expectations: readonly ExpectationResult[]
}
