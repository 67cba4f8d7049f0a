/** A call leaves its replica, done or not, and the fact is noted. */

import { record } from '../engine/fact-log.ts'
import { endBackground, fetchIsOver, leaveFetch } from './cache-fetches.ts'
import type { Cluster } from './cluster.ts'
import {
  AWAITED,
  FETCH_LEFT,
  FORWARDED,
  OK,
  PHASE_DOOR,
  PHASE_DOWNSTREAM,
  PHASE_QUEUE,
  PHASE_SERVICE,
  REPLIED,
} from './facts.ts'
import { leaveGate } from './gate.ts'
import { stopHolding } from './limits.ts'
import { BELOW, BUSY, NODE_INT } from './nodes.ts'
import { noteWaste, stopService, stopWaiting } from './replica.ts'
import { stopShare } from './sharing.ts'
import { PHASE, PHASE_AWAITS, PHASE_HELD, REQUEST, SERIAL } from './tables.ts'

/** Takes a call out of its replica; gives the phase that it occupied there, for the fact. */
export function withdraw(c: Cluster, call: number, node: number): number {
  const phase = c.calls.int[(call << 3) | PHASE]!
  const { cache, isShared } = c.fixed.tierOf[node]!
  if (phase === PHASE_AWAITS) {
    leaveFetch(c, call, node)
    return endAwaiting(c, node)
  }
  if (phase === PHASE_HELD) {
    stopHolding(c, call)
    return PHASE_DOOR
  }
  if (cache !== undefined && (cache.isSidecar || phase === PHASE_DOWNSTREAM)) {
    fetchIsOver(c, call, node, cache, OK)
  }
  if (phase === PHASE_DOWNSTREAM) return comeBack(c, node)
  if (phase === PHASE_QUEUE) stopWaiting(c, call, node)
  else {
    noteWaste(c, call, node)
    if (isShared) stopShare(c, call, node)
    else stopService(c, call, node)
  }
  return phase
}

/** One more goes on to the next tier, or waits for what somebody fetches there; a blocking tier keeps its slot. */
export function goBelow(c: Cluster, call: number, node: number): void {
  const request = c.calls.int[(call << 3) | REQUEST]!
  const { int } = c.nodes
  const keeps = c.fixed.tierOf[node]!.blocking
  c.calls.int[(call << 3) | PHASE] = PHASE_DOWNSTREAM
  int[(node << NODE_INT) | BELOW]!++
  if (keeps) int[(node << NODE_INT) | BUSY]!++
  const serial = c.requests.num[request * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, FORWARDED + (keeps ? 256 : 0), node, serial, 0)
}

/** One less at the next tier; gives the phase that it gives up: a kept slot counts as service. */
export function comeBack(c: Cluster, node: number): number {
  const { int } = c.nodes
  int[(node << NODE_INT) | BELOW]!--
  if (!c.fixed.tierOf[node]!.blocking) return PHASE_DOWNSTREAM
  int[(node << NODE_INT) | BUSY]!--
  return PHASE_SERVICE
}

/** A call waits beside a service for a fetch under way there. */
export function standAside(c: Cluster, call: number, node: number): void {
  c.nodes.int[(node << NODE_INT) | BELOW]!++
  noteAwaiting(c, call, node, 0)
}

/** It waits no more, and is at the door of that service again. */
export function stepBack(c: Cluster, call: number, node: number): void {
  c.nodes.int[(node << NODE_INT) | BELOW]!--
  c.calls.int[(call << 3) | PHASE] = PHASE_DOOR
  noteAwaiting(c, call, node, 1)
}

/** One less waits for a fetch; gives the phase that it gives up. Beside a service it had no slot to keep. */
export function endAwaiting(c: Cluster, node: number): number {
  if (!c.fixed.tierOf[node]!.cache!.isSidecar) return comeBack(c, node)
  c.nodes.int[(node << NODE_INT) | BELOW]!--
  return PHASE_DOWNSTREAM
}

/** A fetch in the background has left the service that its cache stands beside. @param phase where it was */
export function endBackgroundBeside(c: Cluster, call: number, node: number, phase: number): void {
  const serial = c.requests.num[c.calls.int[(call << 3) | REQUEST]! * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, FETCH_LEFT + (phase << 8), node, serial, 0)
  endBackground(c, call)
}

function noteAwaiting(c: Cluster, call: number, node: number, isOver: number): void {
  const serial = c.requests.num[c.calls.int[(call << 3) | REQUEST]! * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, AWAITED + (isOver << 8), node, serial, 0)
}

/** An answer sets out upstream, or (cancelled) nobody is told. */
export function noteReply(
  c: Cluster,
  call: number,
  node: number,
  arrives: number,
  outcome: number,
  phase: number,
): void {
  if (c.fixed.tierOf[node]!.hasGate) leaveGate(c, call, node)
  const serial = c.requests.num[c.calls.int[(call << 3) | REQUEST]! * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, REPLIED + ((outcome + 16 * phase) << 8), node, serial, arrives)
}
