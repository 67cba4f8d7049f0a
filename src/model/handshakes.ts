/**
 * Handshakes on new connections to the nodes of a tier: whether one resumes a session, and the work that it
 * is, which is worked off in the slot of the request that opened the connection. Whoever opens it, a visitor
 * or a balancer, is known by a number.
 *
 * Limit of realism: a ticket is renewed by every handshake; a new key of a node takes effect only when the
 * node crashes.
 */

import { addRow, findRow, type KeyedRows, keyedRows, NO_ROW } from '../base/keyed-rows.ts'
import { type Stream, stream, uniform } from '../base/stream.ts'
import type { Duration } from '../base/time.ts'
import { record } from '../engine/fact-log.ts'
import { fitted } from '../policies/eviction/eviction.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Tls } from '../scenario/transport.ts'
import { type Cluster, type Drawn, draw } from './cluster.ts'
import { drawn } from './drawn.ts'
import { CONNECTION_OPENED } from './facts.ts'
import { DEMAND, SERIAL } from './tables.ts'

/** Of a tier; frozen. */
export interface FixedTls {
  readonly handshake: Drawn
  readonly resumed: Drawn
  /** Of new connections, the share that resumes; undefined: those with a ticket that is not too old. */
  readonly resumption: number | undefined
  readonly lifetime: Duration
  /** True: a node knows its own tickets only. */
  readonly isOwn: boolean
}

/** What a tier's nodes know of tickets. */
export interface Handshakes {
  /** By node of the tier, or one for all, by who comes: when the last ticket was made. */
  readonly tickets: KeyedRows[]
  readonly random: Stream
  /** By request: the work of the handshake that it has caused at the node where it is, ns (see turned-away.ts). */
  owed: Float64Array
  /** By request: 1 + the outcome with which it is turned away once that is done, or 0; `owed` is then its other work. */
  turned: Uint8Array
  /** How many of those there are. */
  turning: number
}

/** How a connection was opened. */
const PLAIN = 0
const FULL = 1
const RESUMED = 2

/** @param isOwn true: each node knows its own tickets only, whatever the scenario says */
export function fixedTls(tls: Tls | undefined, isOwn = false): FixedTls | undefined {
  if (tls === undefined) return undefined
  return {
    handshake: drawn(tls.handshake),
    resumed: drawn(tls.resumed),
    resumption: tls.resumption,
    lifetime: tls.tickets ?? 0,
    isOwn: isOwn || tls.ticketKeys === 'replica',
  }
}

/** Nobody has a ticket. */
export function handshakes(tier: string, nodes: number, seed: Scenario['seed']): Handshakes {
  return {
    tickets: Array.from({ length: nodes }, () => keyedRows(1)),
    random: stream(seed, `handshakes/${tier}`),
    owed: new Float64Array(0),
    turned: new Uint8Array(0),
    turning: 0,
  }
}

/** A request opens a connection. @param who its other end, by number */
export function shakeHands(
  c: Cluster,
  request: number,
  node: number,
  who: number,
  tls: FixedTls | undefined,
  state: Handshakes,
): void {
  const tier = c.fixed.tierOf[node]!
  const kind = tls === undefined ? PLAIN : resumes(c, who, node - tier.first, tls, state) ? RESUMED : FULL
  const work = kind === PLAIN ? 0 : draw(kind === FULL ? tls!.handshake : tls!.resumed, state.random)
  const { num, stride } = c.requests
  const r = request * stride
  const tiers = c.fixed.tiers.length
  num[r + DEMAND + tier.index]! += work
  if (tier.hasGate && work > 0) {
    state.owed = fitted(state.owed, c.requests.int.length >> 3)
    state.turned = fitted(state.turned, c.requests.int.length >> 3)
    state.owed[request] = work
  }
  // Where it is kept as it was at birth.
  if (stride > DEMAND + tiers) num[r + DEMAND + tiers + tier.index]! += work
  record(c.fixed.log, c.now, CONNECTION_OPENED + (kind << 8), node, num[r + SERIAL]!, work)
}

/** A node of the tier has crashed: a key that is its own was in its memory. */
export function loseKeys(tls: FixedTls | undefined, { tickets }: Handshakes, place: number): void {
  if (tls?.isOwn) tickets[place] = keyedRows(1)
}

function resumes(c: Cluster, who: number, place: number, tls: FixedTls, state: Handshakes): boolean {
  if (tls.resumption !== undefined) return uniform(state.random) < tls.resumption
  if (tls.lifetime === 0) return false
  const tickets = state.tickets[tls.isOwn ? place : 0]!
  let row = findRow(tickets, who)
  const isKnown = row !== NO_ROW
  if (!isKnown) row = addRow(tickets, who)
  const isFresh = isKnown && c.now - tickets.values[row]! < tls.lifetime
  tickets.values[row] = c.now
  return isFresh
}
