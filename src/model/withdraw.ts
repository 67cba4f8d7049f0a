/** A call leaves its replica, done or not, and the fact is noted. */

import { record } from '../engine/fact-log.ts'
import { fetchIsOver, leaveFetch } from './cache-fetches.ts'
import type { Cluster } from './cluster.ts'
import { FORWARDED, OK, PHASE_DOOR, PHASE_DOWNSTREAM, PHASE_QUEUE, PHASE_SERVICE, REPLIED } from './facts.ts'
import { leaveGate } from './gate.ts'
import { stopHolding } from './limits.ts'
import { BELOW, BUSY, NODE_INT } from './nodes.ts'
import { noteWaste, stopService, stopWaiting } from './replica.ts'
import { stopShare } from './sharing.ts'
import { PHASE, PHASE_AWAITS, PHASE_HELD, REQUEST, SERIAL } from './tables.ts'

/** Takes a call out of its replica; gives the phase that it occupied there, for the fact. */
export function withdraw(c: Cluster, call: number, node: number): number {
  const phase = c.calls.int[(call << 3) + PHASE]!
  if (phase === PHASE_DOWNSTREAM) {
    const { cache } = c.fixed.tierOf[node]!
    if (cache !== undefined && !cache.isSidecar) fetchIsOver(c, call, node, cache, OK)
    return comeBack(c, node)
  }
  if (phase === PHASE_AWAITS) {
    leaveFetch(c, call, node)
    return comeBack(c, node)
  }
  if (phase === PHASE_HELD) {
    stopHolding(c, call)
    return PHASE_DOOR
  }
  if (phase === PHASE_QUEUE) stopWaiting(c, call, node)
  else {
    noteWaste(c, call, node)
    if (c.fixed.tierOf[node]!.isShared) stopShare(c, call, node)
    else stopService(c, call, node)
  }
  return phase
}

/** One more goes on to the next tier, or waits for what somebody fetches there; a blocking tier keeps its slot. */
export function goBelow(c: Cluster, call: number, node: number): void {
  const request = c.calls.int[(call << 3) + REQUEST]!
  const { int } = c.nodes
  const keeps = c.fixed.tierOf[node]!.blocking
  c.calls.int[(call << 3) + PHASE] = PHASE_DOWNSTREAM
  int[(node << NODE_INT) + BELOW]!++
  if (keeps) int[(node << NODE_INT) + BUSY]!++
  const serial = c.requests.num[request * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, FORWARDED + (keeps ? 256 : 0), node, serial, 0)
}

/** One less at the next tier; gives the phase that it gives up: a kept slot counts as service. */
export function comeBack(c: Cluster, node: number): number {
  const { int } = c.nodes
  int[(node << NODE_INT) + BELOW]!--
  if (!c.fixed.tierOf[node]!.blocking) return PHASE_DOWNSTREAM
  int[(node << NODE_INT) + BUSY]!--
  return PHASE_SERVICE
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
  const serial = c.requests.num[c.calls.int[(call << 3) + REQUEST]! * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, REPLIED + ((outcome + 16 * phase) << 8), node, serial, arrives)
}
