/** What the measures must know of a cluster: how many of everything, and what it is called. */

import type { Duration, Instant } from '../base/time.ts'

export interface Layout {
  readonly clients: readonly string[]
  readonly tiers: readonly string[]
  /** By tier: whether its sessions are counted. */
  readonly countsSessions: readonly boolean[]
  /** By population of clients: whether it attacks. */
  readonly attacks: readonly boolean[]
  /** By tier: classes that its limits tell apart. */
  readonly classes: readonly (readonly string[])[]
  /** By tier: whether it has rate limits. */
  readonly hasLimits: readonly boolean[]
  /** By tier: whether connections to it are counted. */
  readonly hasTransport: readonly boolean[]
  /** By tier: whether TLS ends at its replicas. */
  readonly hasTls: readonly boolean[]
  /** By population: whether its visitors have caches. */
  readonly hasClientCache: readonly boolean[]
  /** By tier: whether its replicas have caches. */
  readonly hasCache: readonly boolean[]
  /** Ids of all replicas, tier by tier. */
  readonly replicas: readonly string[]
  /** By replica: number of its tier, calls it can serve at once, work it does per second when all is well. */
  readonly tierOf: Int32Array
  /** By replica: true where there is only room for one that may come. */
  readonly spare: readonly boolean[]
  /** By tier: its first replica, balancers that send to it, mean work of a request (ns at speed 1). */
  readonly firsts: Int32Array
  readonly balancers: Int32Array
  readonly demands: Float64Array
  /** Share of requests that shall succeed. */
  readonly objective: number
  readonly slots: Float64Array
  readonly speeds: Float64Array
  /** Requests that arrive before this instant are left out of every figure but series and timeline. */
  readonly warmUp: Instant
  /** And so are this many requests. */
  readonly warmUpRequests: number
  /** Length of a step of the series, and how many there are; 0: no series. */
  readonly step: Duration
  readonly steps: number
}

const STEPS = [
  1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9, 2e9, 5e9, 1e10, 2e10, 3e10, 6e10, 1.2e11, 3e11, 6e11,
  1.8e12, 3.6e12, 7.2e12, 2.16e13, 4.32e13, 8.64e13,
]
const MOST_STEPS = 3600
const MOST_CELLS = 4e6

/** A step of one second where that gives 60 to 3,600 of them; finer for short runs, coarser for long ones. */
export function stepFor(duration: Duration, replicas: number): Duration {
  const most = Math.min(MOST_STEPS, Math.max(60, Math.floor(MOST_CELLS / Math.max(1, replicas))))
  const wanted = Math.min(1e9, duration / 60)
  return STEPS.find((step) => step >= wanted && duration / step <= most) ?? 8.64e13
}
