/**
 * What comes from outside and is not over in one instant: replicas that come and go, disturbed ways, pauses,
 * spikes, deploys, scaling. Each part is made when it is first needed, so that a run without it does not pay,
 * and a timed entry that is added later finds the same state as one that was there from the start.
 */

import type { Stream } from '../base/stream.ts'
import type { Instant } from '../base/time.ts'
import type { Pause } from '../policies/scaling/simple.ts'
import type { Cluster } from './cluster.ts'

export interface Outside {
  members: Members | undefined
  ways: Ways | undefined
  troubles: Troubles | undefined
  /** By client population; undefined before the first spike. */
  spikes: (Spike | undefined)[] | undefined
  /** By balancer in front: 1 while it is dead; undefined before the first has died. */
  dead: Uint8Array | undefined
  /** Undefined before a balancer of an active-passive pair has died: the one of higher priority serves. */
  pair: Pair | undefined
  /** By balancer in front: 1 while DNS does not give its address, or routers do not send to it; undefined while they do for all. */
  unlisted: Uint8Array | undefined
  /** By tier, where crews are too few to repair all at once; undefined before the first repair. */
  repairs: (Repairs | undefined)[] | undefined
  deploys: Deploys | undefined
  autoscalers: (Autoscaler | undefined)[] | undefined
  /** Changes of the number of replicas so far, the first thousands; undefined before the first. */
  scaled: Scaled[] | undefined
}

/** Where a replica is in its life: what `Members.stage` says. */
export const ABSENT = 0
/** Its machine or container is being made. */
export const BOOTING = 1
/** Its process runs, but cannot serve yet. */
export const STARTING = 2
export const RUNNING = 3
/** It shall go, and goes on as before for a while. */
export const LEAVING = 4
/** It finishes what it has, and refuses everything else. */
export const SHUT = 5

/** In the place of a share of errors: everything is refused. */
export const REFUSES_ALL = 2

/** Replicas that come and go, by node. */
export interface Members {
  readonly stage: Int32Array
  /** Its version: 0 as in the scenario, n that of the nth deploy. */
  readonly version: Int32Array
  /** What the registry says: 1 when balancers shall know it. */
  readonly isListed: Uint8Array
  /** 1 while a new version is kept from the registry until all of it is there. */
  readonly isHeld: Uint8Array
  /** Timer of its next step. */
  readonly timer: Float64Array
  /** When this life began, and when it must be over; ns. */
  readonly since: Float64Array
  readonly killAt: Float64Array
  /** Its own share of errors, or `REFUSES_ALL`. */
  readonly errors: Float64Array
  /** By tier: replicas wanted. */
  readonly wanted: Int32Array
  /** By tier: boot times; by pool: times until it hears. Made when first drawn from. */
  readonly boots: (Stream | undefined)[]
  readonly hearing: (Stream | undefined)[]
}

/** Who serves the address of an active-passive pair. */
export interface Pair {
  /** The master; NIL while there is none. */
  owner: number
  /** When it became so: its advertisements come at multiples of the interval from then on. */
  since: Instant
  /** By balancer: when it last came up, ns. */
  readonly up: Float64Array
  /** By balancer: timer of its taking over; 0 while it hears its master. */
  readonly timer: Float64Array
}

/** The ways between balancers and replicas; by pool and replica, where `first[pool]` begins. */
export interface Ways {
  readonly first: Int32Array
  /** Added each way, ns. */
  readonly added: Float64Array
  /** Share of messages lost. */
  readonly loss: Float64Array
  /** 0 open, `BLACKHOLE`, `REFUSES`. */
  readonly cut: Uint8Array
  /** By pool. */
  readonly losses: (Stream | undefined)[]
}

/** By node: replicas that pause or flap. */
export interface Troubles {
  /** Timers; 0 when they do not. */
  readonly pause: Float64Array
  readonly flap: Float64Array
  /** 1 while it is in one. */
  readonly isPaused: Uint8Array
  readonly isDown: Uint8Array
  readonly streams: (Stream | undefined)[]
  /** Which entry of the script it comes from. */
  readonly pauseOf: Int32Array
  readonly flapOf: Int32Array
  /** Errors only of some keys: share of them, 1 for all; and 1 when connections break off. */
  readonly keys: Float64Array
  readonly breaksOff: Uint8Array
}

/** Crews at work, and the replicas that wait for one, in order. */
export interface Repairs {
  busy: number
  readonly waiting: number[]
}

/** More of one population. */
export interface Spike {
  /** How many times as many requests; 1 when it is over. */
  factor: number
  /** Rises at each change, so that arrivals of before are known. */
  round: number
  readonly memory: Float64Array[]
  readonly arrivals: Stream[]
  readonly thinning: Stream
  /** Decides which of its own arrivals stay while the factor is below 1. */
  readonly own: Stream
  readonly addresses: Stream
  readonly keys: Stream
  readonly sizes: Stream
  readonly timeouts: Stream
  readonly doors: Stream
  readonly demand: Stream[]
}

export interface Deploys {
  /** Versions begun so far. */
  versions: number
  /** By version: its speed and share of errors, compared with the scenario's. */
  readonly speed: number[]
  readonly errors: number[]
  /** By tier: the version that is rolled out, the one that it replaces, which entry of the script it is, step of the canary (-1: none). */
  readonly to: Int32Array
  readonly before: Int32Array
  readonly entry: Int32Array
  readonly step: Int32Array
  readonly isOn: Uint8Array
  /** By tier: when the canary's step ends, ns; timer of the next look at it. */
  readonly stepEnds: Float64Array
  readonly timer: Float64Array
  /** By tier: answers of the new version in this step, and failed ones. */
  readonly answers: Float64Array
  readonly failures: Float64Array
}

export interface Autoscaler {
  /** Sum of busy shares over the samples since the last decision, by replica; and samples. */
  readonly busy: Float64Array
  readonly samples: Float64Array
  /** Wishes of the past: instant and number, the oldest first. */
  readonly at: Instant[]
  readonly wish: number[]
  /** Never fewer replicas: what the schedule says at present. */
  least: number
  /** Of simple scaling. */
  readonly pause: Pause
}

/** Why a tier shall have another number of replicas. */
export const BY_HAND = 0
export const BY_LOAD = 1
export const BY_SCHEDULE = 2

/** One change of how many replicas a tier shall have. */
export interface Scaled {
  readonly at: Instant
  readonly tier: number
  readonly from: number
  readonly to: number
  readonly why: number
  /** Share of its slots that were busy; NaN where that was no reason. */
  readonly load: number
}

export function nothingOutside(): Outside {
  return {
    members: undefined,
    ways: undefined,
    troubles: undefined,
    spikes: undefined,
    repairs: undefined,
    dead: undefined,
    pair: undefined,
    unlisted: undefined,
    deploys: undefined,
    autoscalers: undefined,
    scaled: undefined,
  }
}

/** What a replica fails of its own, when nothing has befallen it. */
export function ownErrors(c: Cluster, node: number): number {
  return c.outside.members?.errors[node] ?? 0
}

/** True when there is a process that something can befall. */
export function isThere(c: Cluster, node: number): boolean {
  const { members } = c.outside
  return members === undefined || members.stage[node]! >= STARTING
}

/** The number of nodes of a cluster. */
export function nodesIn(c: Cluster): number {
  return c.fixed.tierOf.length
}
