/**
 * One balancer's dealings with the replicas of one tier: which of them can be used now, and which takes the
 * next request. No simulation is in it: time is handed in, and what is to be done is handed back. The
 * simulation drives it, and so does the verification against recordings of real proxies.
 *
 * Replicas that a strategy chooses among stand in groups, one for each level of priority. Nearly always
 * there is one group, and a choice is one call of the strategy.
 */

import type { Stream } from '../../base/stream.ts'
import type { Pool, Strategy } from '../balancing/strategy.ts'
import type { ClusterCounts } from './cluster-limits.ts'
import type { Line } from './line.ts'
import type { UpstreamSettings } from './settings.ts'

/** Never changes; frozen. */
export interface FixedUpstream {
  readonly settings: UpstreamSettings
  readonly strategy: Strategy
  /** True when the strategy leaves full replicas to the upstream. */
  readonly skipsFull: boolean
  readonly hasLimits: boolean
  /** True for one group without limits and old counts: nearly always, and quickest. */
  readonly isPlain: boolean
  readonly hasLine: boolean
  /** By replica: its group, and its number in the group's pool. */
  readonly groupOf: Int32Array
  readonly placeOf: Int32Array
  /** By group: its replicas in order of declaration. */
  readonly members: readonly Int32Array[]
  /** Told when another strategy has taken over: whoever listens to strategies. */
  readonly onSwitch?: (upstream: Upstream) => void
}

/** The replicas of one level, as one strategy sees them. */
export interface Group {
  readonly pool: Pool
  memory: unknown
  /** Replicas whose health lets them be used, and replicas that this balancer knows and uses. */
  healthy: number
  known: number
  /** True while health is ignored because too few are healthy. */
  panics: boolean
}

export interface Upstream {
  /** Replaced when another strategy takes over. */
  fixed: FixedUpstream
  readonly groups: readonly Group[]
  /** By replica: why it cannot be picked (see standing.ts). */
  readonly out: Int32Array
  /** By replica: requests sent and not answered, whatever the strategy sees; of plain ones the pool's counts say it. */
  readonly inFlight: Int32Array
  /** By replica: weight as configured, what the runtime has made of it (1: nothing), and when it came up, ns. */
  readonly runtime: Float64Array
  readonly upSince: Float64Array
  /** By replica: requests that it may have from this balancer now; 0: no limit. */
  readonly limit: Int32Array
  /** By group: its share of requests, 0 to 1. */
  readonly shares: Float64Array
  /** The one group that takes everything, or NIL. */
  only: number
  /** Replicas that only being full keeps out. */
  fullCount: number
  /** Replicas that something besides being full or closed keeps out; of the others a request may try any. */
  keptOut: number
  readonly line: Line
  /** Undefined without limits of the cluster. */
  readonly cluster: ClusterCounts | undefined
  readonly random: Stream
}
