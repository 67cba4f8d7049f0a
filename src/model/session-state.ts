/**
 * What a tier must know of a session to serve it, and what becomes of a session whose state is gone: kept in
 * a replica it is lost with the replica, and when the session lands elsewhere; kept in a store it costs time
 * with every request, and fails with the store.
 *
 * Limits of realism: it is looked up when a request comes in, not when its service begins; what is lost is
 * lost whole; and a replica that hangs serves it all the same once it is back.
 */

import { addRow, findRow, NO_ROW, removeRow } from '../base/keyed-rows.ts'
import { record } from '../engine/fact-log.ts'
import type { Chosen } from '../policies/policy.ts'
import type { Tier } from '../scenario/scenario.ts'
import { type Cluster, draw } from './cluster.ts'
import { drawn } from './drawn.ts'
import { HEALTH_HUNG, LOSSES, SESSION_BEGAN, SESSION_LOST, SESSION_MOVED } from './facts.ts'
import type { FixedSessions } from './fixed-life.ts'
import { BUSY, CRASHES, HEALTH, NODE_INT, ROOM, SLEEP, SLOTS, WAITING } from './nodes.ts'
import { BEARER, DEMAND, IS_SETTLED, isCheck, REQUEST, SERIAL } from './tables.ts'

const NOTHING: Chosen = { policy: 'constant', params: { value: 0 } }

/** Columns of `visits`: node, and how often that had crashed by then. */
export const VISIT_WIDTH = 2
const NODE = 0
const CRASHED = 1

/** What a tier is told; where only affinity is said, sessions are counted and nothing is lost. */
export function fixedSessions({ sessions, structure }: Tier): FixedSessions | undefined {
  if (sessions === undefined && structure?.affinity === undefined) return undefined
  const { state = 'none', onLoss = 'error', rebuild, store } = sessions ?? {}
  return Object.freeze({
    state,
    onLoss,
    rebuild: drawn(rebuild ?? NOTHING),
    storeLatency: store && drawn(store.latency),
    outages: store?.outages ?? [],
  })
}

/** A call comes in at a replica. @returns false when all it can get is an error */
export function recognise(c: Cluster, call: number, node: number, sessions: FixedSessions): boolean {
  const request = c.calls.int[(call << 3) | REQUEST]!
  if (isCheck(c.requests, request)) return true
  // Nobody waits for it: its session may be over.
  if (c.requests.int[(request << 3) | IS_SETTLED] === 1 || isFull(c, node)) return true
  const isLost = visit(c, request, node, sessions)
  const isHung = c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_HUNG
  const { index } = c.fixed.tierOf[node]!
  const { state: random } = c.tiers[index]!
  let more = 0
  if (sessions.storeLatency !== undefined) {
    if (isOut(sessions, c.now) && !isHung) return false
    more += draw(sessions.storeLatency, random)
  }
  if (isLost) {
    if (sessions.onLoss === 'error' && !isHung) return false
    if (sessions.onLoss !== 'error') more += draw(sessions.rebuild, random)
  }
  // On top of what it was at birth: a request that is tried again may have had more work elsewhere.
  const { num, stride } = c.requests
  const at = request * stride + DEMAND + index
  num[at] = num[at + c.fixed.tiers.length]! + more
  return true
}

/** A session is over: every tier forgets it. */
export function forgetSession(c: Cluster, bearer: number): void {
  for (const { cookies, visits } of c.tiers) {
    for (const rows of [cookies, visits]) {
      const row = rows === undefined ? NO_ROW : findRow(rows, bearer)
      if (row !== NO_ROW) removeRow(rows!, row)
    }
  }
}

/** Notes where a session is served now. @returns true when what was known of it is gone */
function visit(c: Cluster, request: number, node: number, { state, onLoss }: FixedSessions): boolean {
  const r = request * c.requests.stride
  const visits = c.tiers[c.fixed.tierOf[node]!.index]!.visits!
  const crashes = c.nodes.int[(node << NODE_INT) | CRASHES]!
  const serial = c.requests.num[r + SERIAL]!
  const bearer = c.requests.num[r + BEARER]!
  const { log } = c.fixed
  let row = findRow(visits, bearer)
  let isLost = false
  if (row === NO_ROW) {
    row = addRow(visits, bearer)
    record(log, c.now, SESSION_BEGAN, node, serial, bearer)
  } else {
    const before = visits.values[row * VISIT_WIDTH + NODE]!
    isLost =
      state === 'replica' && (before !== node || visits.values[row * VISIT_WIDTH + CRASHED] !== crashes)
    if (before !== node) record(log, c.now, SESSION_MOVED, node, serial, before)
    if (isLost) record(log, c.now, SESSION_LOST + (LOSSES.indexOf(onLoss) << 8), node, serial, before)
  }
  visits.values[row * VISIT_WIDTH + NODE] = node
  visits.values[row * VISIT_WIDTH + CRASHED] = crashes
  return isLost
}

function isOut({ outages }: FixedSessions, now: number): boolean {
  return outages.some(({ from, to }) => now >= from && now < to)
}

/** Whoever comes to a full replica is turned away before anything is looked up. */
function isFull({ nodes, fixed }: Cluster, node: number): boolean {
  const { int } = nodes
  const n = node << NODE_INT
  if (fixed.tierOf[node]!.isShared) return int[n | BUSY]! >= int[n | SLOTS]! + int[n | ROOM]!
  const canBegin = int[n | BUSY]! < int[n | SLOTS]! && int[n | SLEEP] === 0
  return !canBegin && int[n | WAITING]! >= int[n | ROOM]!
}
