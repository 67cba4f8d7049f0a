/**
 * What one balancer may have at all replicas of a tier together: connections, requests that wait for one, and
 * requests under way. Beyond that a request fails at once. (Retries under way are limited by a retry budget.)
 *
 * Over HTTP/1.1 a connection carries one request at a time. A request takes a connection to its replica that
 * is idle; else one is opened, if there may be one more, and always when it would be the replica's first;
 * else the request waits for a connection to that very replica. Over HTTP/2 one connection carries all
 * requests, so that nobody waits and only their number counts.
 *
 * Source: Envoy 1.31, "Circuit breaking" (cluster maximum connections, pending requests, requests; a host
 * that was chosen always gets one connection). Limit of realism: connections stay open while they are idle
 * (Envoy closes them after an hour), and opening one takes no time here.
 */

import type { Upstream } from './upstream.ts'

export interface ClusterLimits {
  readonly connections: number
  readonly pending: number
  readonly requests: number
  /** True: HTTP/2. */
  readonly isMultiplexed: boolean
}

/** Plain data. */
export interface ClusterCounts {
  /** Requests under way at all replicas; open connections to all of them, and by replica. */
  requests: number
  connections: number
  readonly open: Int32Array
}

export function clusterCounts(replicas: number): ClusterCounts {
  return { requests: 0, connections: 0, open: new Int32Array(replicas) }
}

export const GOES = 0
export const WAITS = 1
export const OVERFLOWS = 2

/** What becomes of a request for a replica; nothing is counted. */
export function judge(u: Upstream, replica: number): typeof GOES | typeof WAITS | typeof OVERFLOWS {
  const limits = u.fixed.settings.cluster!
  if (u.cluster!.requests >= limits.requests) return OVERFLOWS
  const isFirst = u.line.length[replica + 1] === 0
  if (isFirst && hasConnection(u, replica)) return GOES
  return u.line.waiting < limits.pending ? WAITS : OVERFLOWS
}

/** True when a request that waits for the replica can go. */
export function mayGo(u: Upstream, replica: number): boolean {
  return u.cluster!.requests < u.fixed.settings.cluster!.requests && hasConnection(u, replica)
}

/** A request sets out. @param inFlight at the replica, with it */
export function goes({ fixed, cluster }: Upstream, replica: number, inFlight: number): void {
  const counts = cluster!
  counts.requests++
  if (fixed.settings.cluster!.isMultiplexed || counts.open[replica]! >= inFlight) return
  counts.open[replica]!++
  counts.connections++
}

/** A request is over. */
export function isOver({ cluster }: Upstream): void {
  cluster!.requests--
}

/** The connection of a request that is about to be over cannot be used again. */
export function breaks({ fixed, cluster }: Upstream, replica: number): void {
  const counts = cluster!
  if (fixed.settings.cluster!.isMultiplexed) return
  counts.open[replica]!--
  counts.connections--
}

function hasConnection({ fixed, cluster, inFlight }: Upstream, replica: number): boolean {
  const { connections, isMultiplexed } = fixed.settings.cluster!
  const open = cluster!.open[replica]!
  return isMultiplexed || open > inFlight[replica]! || open === 0 || cluster!.connections < connections
}
