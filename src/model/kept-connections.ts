/**
 * Connections that the balancers in front of a tier keep to its replicas, each to its own. A request takes
 * one that is open: of those that carry several requests at once the one that was there first, else the one
 * that was idle for the shortest time. When there is none, it opens one: that costs a round trip, with TLS
 * another and a handshake, before it can set out. A connection is closed when it has been idle for too long,
 * is worn, is one idle connection too many, when its replica or its balancer dies, and, where it carries one
 * request at a time, when that request is given up or broken off.
 *
 * How many there can be is a matter of choosing: a replica to which all connections are busy is full (see
 * policies/upstream), and who finds all replicas full waits in the balancer's line.
 *
 * Limits of realism: a connection to a replica that has crashed fails in the time of the way there, and one
 * that is worn but still carries requests does not count against `size`.
 *
 * Sources: nginx 1.29, ngx_http_upstream_keepalive_module (idle connections used last are used first);
 * HAProxy 3.0 manual, http-reuse; Envoy 1.31, connection pooling.
 */

import { firstOf, lastOf, NOBODY, takeOut } from '../base/lists.ts'
import { type Stream, stream } from '../base/stream.ts'
import type { Duration } from '../base/time.ts'
import { NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import type { Scenario, Tier } from '../scenario/scenario.ts'
import { type Cluster, draw, type FixedTier } from './cluster.ts'
import { KEPT_IDLES } from './event-kinds.ts'
import {
  BROKEN,
  CANCELLED,
  CONNECTION_CLOSED,
  FRONT,
  HEALTH_CRASHED,
  NO_ANSWER,
  REFUSED,
  TIMED_OUT,
} from './facts.ts'
import { type FixedTls, fixedTls, type Handshakes, handshakes, loseKeys, shakeHands } from './handshakes.ts'
import {
  ACTIVE,
  carry,
  FULL,
  freeRow,
  IDLE,
  IS_LOST,
  type KeptTable,
  keptTable,
  LISTS,
  list,
  newRow,
  PAIR,
  ROOM,
  shut,
  USED,
  WIDTH,
} from './kept-table.ts'
import { HEALTH, NODE_INT } from './nodes.ts'
import { NODE, POOL, REQUEST } from './tables.ts'

/** Of a tier; frozen. */
export interface FixedKept {
  readonly idle: Duration
  readonly mostIdle: number
  readonly mostRequests: number
  readonly streams: number
  readonly tls: FixedTls | undefined
}

/** All connections to a tier's replicas, and what is drawn for them. */
export interface KeptState extends KeptTable {
  readonly network: Stream
  readonly handshakes: Handshakes
}

/** After these a connection that carries one request at a time cannot be used again. */
export const CUTS: readonly number[] = [BROKEN, CANCELLED, NO_ANSWER, REFUSED, TIMED_OUT]

/** Undefined when balancers reach a tier's replicas for nothing. */
export function fixedKept({ pool, tls }: Tier): FixedKept | undefined {
  if (pool === undefined) return undefined
  const { idle = 60e9, kept = Infinity, requests = Infinity, streams = 1 } = pool
  return Object.freeze({ idle, mostIdle: kept, mostRequests: requests, streams, tls: fixedTls(tls, true) })
}

/** No connection is open. @param senders balancers that send to the tier */
export function keptState(
  { id, kept, count }: FixedTier,
  senders: number,
  seed: Scenario['seed'],
): KeptState | undefined {
  if (kept === undefined) return undefined
  return {
    ...keptTable(senders * count),
    network: stream(seed, `connections/${id}`),
    handshakes: handshakes(id, count, seed),
  }
}

/** In place of a duration: nothing was opened. */
export const REUSED = -1

/** A call is about to set out. @returns how long opening a connection takes, ns, or `REUSED` */
export function takeKept(c: Cluster, call: number, node: number): Duration {
  const tier = c.fixed.tierOf[node]!
  const kept = tier.kept!
  const s = c.tiers[tier.index]!.kept!
  const pool = c.calls.int[(call << 3) | POOL]!
  const pair = senderOf(c, pool, tier) * tier.count + node - tier.first
  let row = firstOf(s.lists, LISTS * pair + ROOM)
  if (row === NOBODY) {
    row = lastOf(s.lists, LISTS * pair + IDLE)
    if (row !== NOBODY) s.idle[pair]!--
  }
  const isOpen = row !== NOBODY
  if (isOpen) takeOut(s.lists, row)
  else {
    if (c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_CRASHED) return REUSED
    row = newRow(s, pair)
    s.open[pair]!++
  }
  s.rows[(row << WIDTH) | ACTIVE]!++
  s.rows[(row << WIDTH) | USED]!++
  list(s, row, kept.streams, kept.mostRequests)
  carry(s, call, row)
  return isOpen ? REUSED : (kept.tls === undefined ? 2 : 4) * draw(tier.latency, s.network)
}

/** A call has set out over a connection that is opened for it. */
export function greet(c: Cluster, call: number, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const { int } = c.calls
  const { handshakes: of } = c.tiers[tier.index]!.kept!
  shakeHands(c, int[(call << 3) | REQUEST]!, node, int[(call << 3) | POOL]!, tier.kept!.tls, of)
}

/** A balancer has a call's answer, or has given it up. */
export function leaveKept(c: Cluster, call: number, outcome: number): void {
  const node = c.calls.int[(call << 3) | NODE]!
  const tier = c.fixed.tierOf[node]!
  const kept = tier.kept!
  const s = c.tiers[tier.index]!.kept!
  const row = (s.carriers[call] ?? 0) - 1
  if (row < 0) return
  s.carriers[call] = 0
  const at = row << WIDTH
  const isLeft = --s.rows[at | ACTIVE]! === 0
  if (s.rows[at | IS_LOST] === 1) {
    if (isLeft) freeRow(s, row)
    return
  }
  const pair = s.rows[at | PAIR]!
  takeOut(s.lists, row)
  const isCut = kept.streams === 1 && CUTS.includes(outcome)
  if (isLeft && (isCut || kept.idle === 0 || s.rows[at | USED]! >= kept.mostRequests)) {
    s.open[pair]!--
    freeRow(s, row)
    record(c.fixed.log, c.now, CONNECTION_CLOSED, node, 1, 0)
    return
  }
  list(s, row, kept.streams, kept.mostRequests)
  if (isLeft) rest(c, tier, s, row)
}

/** The connections of a pair that have been idle for long enough are closed. */
export function keptIdles(c: Cluster, pair: number, index: number): void {
  const tier = c.fixed.tiers[index]!
  const s = c.tiers[index]!.kept!
  s.timers[pair] = NO_TIMER
  let row = firstOf(s.lists, LISTS * pair + IDLE)
  let closed = 0
  for (; row !== NOBODY && s.since[row]! + tier.kept!.idle <= c.now; closed++) {
    shut(s, row)
    row = firstOf(s.lists, LISTS * pair + IDLE)
  }
  if (closed > 0) tellClosed(c, tier, pair, closed)
  if (row !== NOBODY) planEnd(c, tier, s, pair, s.since[row]!)
}

/** A node is dead, and so are all connections to it and from it. */
export function loseKept(c: Cluster, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const s = c.tiers[tier.index]!.kept
  if (s !== undefined) {
    loseKeys(tier.kept!.tls, s.handshakes, node - tier.first)
    for (let pair = node - tier.first; pair < s.open.length; pair += tier.count) lose(c, tier, s, pair)
  }
  const pool = c.fixed.poolOf[node]!
  if (pool >= 0) loseKeptOf(c, pool)
}

/** A balancer is dead, and so are all connections that it has kept. */
export function loseKeptOf(c: Cluster, pool: number): void {
  const { tier } = c.pools[pool]!
  const s = c.tiers[tier.index]!.kept
  if (s === undefined) return
  const first = senderOf(c, pool, tier) * tier.count
  for (let pair = first; pair < first + tier.count; pair++) lose(c, tier, s, pair)
}

function lose(c: Cluster, tier: FixedTier, s: KeptState, pair: number): void {
  const closed = s.open[pair]!
  if (closed === 0) return
  for (const of of [IDLE, ROOM, FULL]) {
    for (let row = firstOf(s.lists, LISTS * pair + of); row !== NOBODY; ) {
      takeOut(s.lists, row)
      if (of === IDLE) freeRow(s, row)
      else s.rows[(row << WIDTH) | IS_LOST] = 1
      row = firstOf(s.lists, LISTS * pair + of)
    }
  }
  s.open[pair] = 0
  s.idle[pair] = 0
  tellClosed(c, tier, pair, closed)
}

/** It carries nothing: it is kept, unless that is one too many. */
function rest(c: Cluster, tier: FixedTier, s: KeptState, row: number): void {
  const pair = s.rows[(row << WIDTH) | PAIR]!
  s.since[row] = c.now
  if (++s.idle[pair]! > tier.kept!.mostIdle) {
    shut(s, firstOf(s.lists, LISTS * pair + IDLE))
    tellClosed(c, tier, pair, 1)
  }
  if (s.idle[pair]! > 0 && s.timers[pair] === NO_TIMER) planEnd(c, tier, s, pair, c.now)
}

function tellClosed(c: Cluster, tier: FixedTier, pair: number, closed: number): void {
  record(c.fixed.log, c.now, CONNECTION_CLOSED, tier.first + (pair % tier.count), closed, 0)
}

function planEnd(c: Cluster, { index, kept }: FixedTier, s: KeptState, pair: number, since: number): void {
  s.timers[pair] = schedule(c.queue, since + kept!.idle, KEPT_IDLES, pair, index)
}

/** The number of a balancer among those that send to a tier. */
function senderOf(c: Cluster, pool: number, tier: FixedTier): number {
  const { from } = c.pools[pool]!
  return from < 0 ? FRONT - from : from - c.fixed.tiers[tier.index - 1]!.first
}
