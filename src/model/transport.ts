/**
 * Connections of visitors to the nodes of a tier, apart from requests: opening one costs round trips and,
 * where the tier ends TLS, a handshake that is worked off in the slot of the request that opened it. A
 * connection carries requests one after the other, or several at once (streams), is kept while it is idle,
 * and is lost with its node. A tier behind others that ends TLS is reached through them, as by balancers of
 * connections.
 *
 * Limits of realism: a visitor's connections to one node are closed together, when none of them has been used
 * for the idle time; a node that is full turns new connections away and closes no idle ones for them; a
 * handshake for which the queue has no room costs nothing.
 */

import { addRow, findRow, NO_ROW, removeRow } from '../base/keyed-rows.ts'
import type { Stream } from '../base/stream.ts'
import type { Duration } from '../base/time.ts'
import { schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { type Cluster, draw, type FixedTier } from './cluster.ts'
import { CONNECTION_IDLES, CONNECTION_OPENS } from './event-kinds.ts'
import { CONNECTION_CLOSED, HELD_BACK, LIMITED, OK } from './facts.ts'
import { loseKeys, shakeHands } from './handshakes.ts'
import { addIdle, dropFirst, firstRow, firstSince } from './idle-connections.ts'
import { HELD } from './limits.ts'
import {
  CLIENT,
  isCheck,
  NODE,
  PHASE,
  PHASE_HELD,
  PREVIOUS,
  REQUEST,
  SERIAL,
  TIMER,
  VISITOR,
} from './tables.ts'
import {
  type FixedTransport,
  GONE,
  noConnections,
  OPEN,
  STANDING,
  type TransportState,
  USED,
} from './transport-state.ts'
import { visitorNumber } from './visitors.ts'

/** A call comes in over a connection. @returns `OK`, `HELD` while it is opened or sent, or `LIMITED` */
export function connect(c: Cluster, call: number, node: number): number {
  const { int, num } = c.calls
  const request = int[(call << 3) | REQUEST]!
  if (isCheck(c.requests, request)) return OK
  const tier = c.fixed.tierOf[node]!
  const transport = tier.transport!
  const state = c.tiers[tier.index]!.transport!
  let wait = 0
  let row = takeOpen(c, request, node, transport, state)
  if (row === NO_ROW) {
    if (state.open[node - tier.first]! >= transport.perNode) return LIMITED
    row = openOne(c, request, node, transport, state)
    wait = transport.roundTrips * roundTrip(c, request, tier, state.network)
  }
  use(state, call, row)
  const { sending } = c.fixed.clients[c.requests.int[(request << 3) | CLIENT]!]!
  const takes = sending === undefined ? 0 : draw(sending, state.network)
  wait += Math.min(takes, transport.patience)
  int[(call << 3) | PREVIOUS] = takes > transport.patience ? 1 : 0
  if (wait === 0) return OK
  int[(call << 3) | PHASE] = PHASE_HELD
  const serial = c.requests.num[request * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, HELD_BACK + (1 << 8), node, serial, c.now + wait)
  num[(call << 2) | TIMER] = schedule(c.queue, c.now + wait, CONNECTION_OPENS, call, 0)
  return HELD
}

/** The whole request is there, or its node has lost patience. @returns `OK` or `LIMITED` */
export function isSent(c: Cluster, call: number): number {
  return c.calls.int[(call << 3) | PREVIOUS] === 1 ? LIMITED : OK
}

/** A call leaves its node: its connection is idle, or carries other requests. */
export function endUse(c: Cluster, call: number, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const { using, rows, idle: idling } = c.tiers[tier.index]!.transport!
  const row = (using[call] ?? 0) - 1
  if (row < 0) return
  using[call] = 0
  const all = rows[node - tier.first]!
  const at = row * all.width + STANDING
  if (++all.values[at]! < 0) return
  const { idle } = tier.transport!
  if (idle === 0) {
    close(c, node, row)
    return
  }
  all.values[at] = c.now
  const queue = idling[node - tier.first]!
  addIdle(queue, row, c.now)
  if (queue.isAwaited === 0) {
    queue.isAwaited = 1
    schedule(c.queue, c.now + idle, CONNECTION_IDLES, node, 0)
  }
}

/** Connections to a node may have been idle for long enough: they are closed. */
export function idles(c: Cluster, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const { rows, idle } = c.tiers[tier.index]!.transport!
  const { values, width } = rows[node - tier.first]!
  const queue = idle[node - tier.first]!
  while (queue.count > 0) {
    const row = firstRow(queue)
    const since = firstSince(queue)
    const isIdle = values[row * width + STANDING] === since
    const due = since + tier.transport!.idle
    if (isIdle && due > c.now) {
      schedule(c.queue, due, CONNECTION_IDLES, node, 0)
      return
    }
    dropFirst(queue)
    if (isIdle) close(c, node, row)
  }
  queue.isAwaited = 0
}

function close(c: Cluster, node: number, row: number): void {
  const tier = c.fixed.tierOf[node]!
  const { rows, open } = c.tiers[tier.index]!.transport!
  const all = rows[node - tier.first]!
  const at = row * all.width
  const closed = all.values[at + OPEN]!
  all.values[at + STANDING] = GONE
  open[node - tier.first]! -= closed
  removeRow(all, row)
  record(c.fixed.log, c.now, CONNECTION_CLOSED, node, closed, 0)
}

/** A node is dead, and so are all connections to it. */
export function loseConnections(c: Cluster, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const state = c.tiers[tier.index]!.transport
  if (state === undefined) return
  const { rows, open, using } = state
  for (let call = 0; call < using.length; call++)
    if (c.calls.int[(call << 3) | NODE] === node) using[call] = 0
  loseKeys(tier.transport!.tls, state.handshakes, node - tier.first)
  const closed = open[node - tier.first]!
  rows[node - tier.first] = noConnections(tier.transport!)
  state.idle[node - tier.first]!.count = 0
  open[node - tier.first] = 0
  if (closed > 0) record(c.fixed.log, c.now, CONNECTION_CLOSED, node, closed, 0)
}

/** @returns the row, or `NO_ROW` when the visitor has no connection here with room for one more request */
function takeOpen(
  c: Cluster,
  request: number,
  node: number,
  transport: FixedTransport,
  { rows }: TransportState,
): number {
  const { streams, mostRequests, idle } = transport
  const all = rows[node - c.fixed.tierOf[node]!.first]!
  const row = findRow(all, keyOf(c, request, transport))
  if (row === NO_ROW) return NO_ROW
  const { values, width } = all
  const at = row * width
  const standing = values[at + STANDING]!
  // Who comes at the very instant of their end finds them closed, whichever event is first.
  if (standing >= 0 && c.now >= standing + idle) {
    close(c, node, row)
    return NO_ROW
  }
  const active = standing < 0 ? -standing : 0
  const open = values[at + OPEN]!
  const isWorn = width > USED && values[at + USED]! >= mostRequests * open
  if (!isWorn && active < streams * open) {
    values[at + STANDING] = -1 - active
    if (width > USED) values[at + USED]!++
    return row
  }
  if (isWorn && active === 0) close(c, node, row)
  return NO_ROW
}

function openOne(
  c: Cluster,
  request: number,
  node: number,
  transport: FixedTransport,
  state: TransportState,
): number {
  const tier = c.fixed.tierOf[node]!
  const all = state.rows[node - tier.first]!
  const key = keyOf(c, request, transport)
  let row = findRow(all, key)
  if (row === NO_ROW) row = addRow(all, key)
  const { values, width } = all
  const at = row * width
  values[at + STANDING]!--
  values[at + OPEN]!++
  if (width > USED) values[at + USED]!++
  state.open[node - tier.first]!++
  shakeHands(c, request, node, key, transport.tls, state.handshakes)
  return row
}

/** There and back between a visitor and a node, through the tiers before it. */
function roundTrip(c: Cluster, request: number, tier: FixedTier, random: Stream): Duration {
  const { latency } = c.fixed.clients[c.requests.int[(request << 3) | CLIENT]!]!
  let way = 2 * draw(latency, random)
  for (let t = 0; t <= tier.index; t++) way += 2 * draw(c.fixed.tiers[t]!.latency, random)
  return way
}

function use(state: TransportState, call: number, row: number): void {
  if (call >= state.using.length) {
    const wide = new Int32Array(Math.max(256, 2 * call))
    wide.set(state.using)
    state.using = wide
  }
  state.using[call] = row + 1
}

function keyOf(c: Cluster, request: number, { visitorsBefore: before }: FixedTransport): number {
  const { int } = c.requests
  if (before !== undefined) return before[int[(request << 3) | CLIENT]!]! + int[(request << 3) | VISITOR]!
  return visitorNumber(int[(request << 3) | CLIENT]!, int[(request << 3) | VISITOR]!)
}
