/**
 * What can be set about one balancer's dealings with the replicas of one tier, apart from the strategy's own
 * parameters. Plain data: the scenario fills it, and so does whoever replays a real proxy's configuration.
 */

import type { Chosen } from '../policy.ts'
import type { ClusterLimits } from './cluster-limits.ts'

export interface UpstreamSettings {
  readonly strategy: Chosen
  readonly members: readonly Member[]
  /** How requests are divided among levels of priority. */
  readonly levels: Levels
  /** Believed-healthy share of a level (0 to 1) below which health is ignored there; 0: never. */
  readonly panic: number
  /** Requests that may wait at the balancer while every replica is full; 0: none waits. */
  readonly line: number
  /** What it may have at all replicas together; left out: as much as comes. Not beside `line`. */
  readonly cluster?: ClusterLimits | undefined
  readonly slowStart: SlowStart | undefined
  readonly affinity: Affinity | undefined
  readonly subset: Subset | undefined
  /** How old the counts are that the strategy sees; undefined: its own counts, as they are. */
  readonly refresh: Refresh | undefined
}

/** One replica as a balancer is told of it. */
export interface Member {
  readonly name: string
  /** Above 0. */
  readonly weight: number
  /** Its level: 0 is used first; backups stand at 1. */
  readonly priority: number
  /** Its zone, '' for none. */
  readonly zone: string
  /** Requests that this balancer may have there at once; 0: no limit. */
  readonly maxConnections: number
}

/**
 * - `strict`: the first level with a replica that can be used takes everything (nginx's and HAProxy's backups)
 * - `first-backup`: the same, but of a backup level only the first such replica (HAProxy without `allbackups`)
 * - `spill`: a level takes its healthy share times `overprovisioning`, the rest goes to the next (Envoy)
 */
export interface Levels {
  readonly rule: 'strict' | 'first-backup' | 'spill'
  /** 1.4: a level takes everything until fewer than 1/1.4 = 72 % of it are healthy. */
  readonly overprovisioning: number
}

/**
 * How a replica's weight grows after it has come up.
 *
 * - `haproxy`: in whole seconds, linear from a sixteenth (its connection limit likewise)
 * - `envoy`: weight times (time / window)^(1 / aggression), at least `least`
 */
export interface SlowStart {
  readonly rule: 'haproxy' | 'envoy'
  /** ns */
  readonly window: number
  readonly aggression: number
  /** The least share of its weight, 0 to 1. */
  readonly least: number
}

/** Which of the replicas a balancer uses at all. */
export interface Subset {
  /** `random`: drawn by the balancer; `aperture`: equal arcs of a ring, by the balancer's number. */
  readonly rule: 'random' | 'aperture'
  readonly size: number
  /** The balancer's number among `of` balancers, from 0. */
  readonly balancer: number
  readonly of: number
}

export interface Refresh {
  /** ns between two looks */
  readonly every: number
  /** What is looked at: the balancer's own counts, or what truly is at the replicas, whoever sent it. */
  readonly of: 'own' | 'replicas'
}

/**
 * How a client's later requests find the replica of its first one.
 *
 * - `cookie`: the balancer gives the client a cookie that names the replica (HAProxy's `cookie insert`)
 * - `app-cookie`: the balancer remembers which replica answered a session of the application first
 *   (HAProxy's `stick store-response`, ALB's `app_cookie`)
 * - `header`, `source`, `key`: the balancer remembers where it sent the first request with the same header
 *   that names the client, the same address, the same key asked for (HAProxy's `stick on`)
 */
export interface Affinity {
  readonly by: 'cookie' | 'app-cookie' | 'header' | 'source' | 'key'
  /** When its replica cannot be used: choose another one, or fail. */
  readonly onFailure: 'rebalance' | 'break'
  /** Once it is back: keep the new one, or return to the old one. */
  readonly afterRecovery: 'stay' | 'return'
  /** Of what the balancer remembers: how long an entry lives after its last use, ns; 0: for ever. */
  readonly expiry: number
  /** How many entries there may be; the one unused for longest goes. 0: no limit. */
  readonly size: number
}
