/**
 * The way of a call after its replica: on to the next tier or back upstream, hop by hop, until the client
 * has its answer; and the ways it ends early.
 */

import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { dispatch, leaveLine, notInFlight } from './balancer.ts'
import { learn } from './binding.ts'
import { answer, freeIfDone } from './clients.ts'
import { type Cluster, draw } from './cluster.ts'
import { REPLY_ARRIVES } from './event-kinds.ts'
import {
  BROKEN,
  CANCELLED,
  EXPIRED,
  FORWARDED,
  HEALTH_HUNG,
  OK,
  PHASE_DOWNSTREAM,
  PHASE_QUEUE,
  PHASE_SERVICE,
  REPLIED,
} from './facts.ts'
import { answerTells, countAnswer } from './load-reports.ts'
import { BELOW, BUSY, callsAt, HEALTH, NODE_INT } from './nodes.ts'
import { noteWaste, startNext, stopService, stopWaiting } from './replica.ts'
import { stopShare } from './sharing.ts'
import {
  CHILD,
  freeCall,
  HOLDS,
  IS_SETTLED,
  NIL,
  NODE,
  ORPHAN,
  PARENT,
  PHASE,
  PHASE_IN,
  PHASE_LINE,
  PHASE_OUT,
  POOL,
  REQUEST,
  SERIAL,
  SINCE,
  TIMER,
  TOP_CALL,
  WORK,
} from './tables.ts'

/** A call has left service or was turned away: on to the next tier, or back. */
export function leave(c: Cluster, call: number, outcome: number): void {
  const node = c.calls.int[(call << 3) + NODE]!
  if (outcome === OK && !c.fixed.tierOf[node]!.isLast) forward(c, call, node)
  else reply(c, call, node, outcome, c.calls.int[(call << 3) + PHASE]!)
}

/** The answer of a call has crossed the network. */
export function replyArrives(c: Cluster, call: number, outcome: number): void {
  const pool = c.calls.int[(call << 3) + POOL]!
  const { tier } = c.pools[pool]!
  if (tier.affinity !== undefined) {
    learn(
      c,
      pool,
      c.calls.int[(call << 3) + REQUEST]!,
      c.calls.int[(call << 3) + NODE]! - tier.first,
      outcome,
    )
  }
  notInFlight(c, call, outcome !== OK)
  answerTells(c, call, outcome)
  endCall(c, call, outcome)
}

/** A call is over: whoever waits for it is told. */
function endCall(c: Cluster, call: number, outcome: number): void {
  const parent = c.calls.int[(call << 3) + PARENT]!
  const request = c.calls.int[(call << 3) + REQUEST]!
  freeCall(c.calls, call)
  if (parent === NIL) {
    c.requests.int[(request << 3) + TOP_CALL] = NIL
    answer(c, request, outcome)
  } else if (parent !== ORPHAN) returnTo(c, parent, outcome)
  c.requests.int[(request << 3) + HOLDS]!--
  freeIfDone(c, request)
}

/** A call has waited at its balancer for as long as it may. */
export function lineTimesOut(c: Cluster, call: number): void {
  c.calls.num[(call << 2) + TIMER] = NO_TIMER
  leaveLine(c, call, EXPIRED)
  endCall(c, call, EXPIRED)
}

/** The client has given up: whatever still works for its request is called off. */
export function callOffRequest(c: Cluster, request: number): void {
  const top = c.requests.int[(request << 3) + TOP_CALL]!
  if (top === NIL || c.requests.int[(request << 3) + IS_SETTLED] === 0) return
  c.requests.int[(request << 3) + TOP_CALL] = NIL
  callOff(c, top)
}

/** Everything that a dead replica had is broken off. */
export function breakAll(c: Cluster, node: number): void {
  for (const phase of [PHASE_QUEUE, PHASE_SERVICE, PHASE_DOWNSTREAM]) {
    for (const call of callsAt(c.calls, node, phase)) {
      const child = c.calls.int[(call << 3) + CHILD]!
      if (child !== NIL) c.calls.int[(child << 3) + PARENT] = ORPHAN
      c.calls.int[(call << 3) + CHILD] = NIL
      reply(c, call, node, BROKEN, withdraw(c, call, node))
    }
  }
}

/** Calls off a call and what it waits for; whoever waits for it is told nothing. */
function callOff(c: Cluster, call: number): void {
  const b = call << 3
  const request = c.calls.int[b + REQUEST]!
  const node = c.calls.int[b + NODE]!
  const phase = c.calls.int[b + PHASE]!
  const child = c.calls.int[b + CHILD]!
  const isThere = phase !== PHASE_IN && phase !== PHASE_OUT && phase !== PHASE_LINE
  if (child !== NIL) callOff(c, child)
  if (phase === PHASE_LINE) leaveLine(c, call, CANCELLED)
  else if (isThere) noteReply(c, call, node, c.now, CANCELLED, withdraw(c, call, node))
  else cancel(c.queue, c.calls.num[(call << 2) + TIMER]!)
  if (phase !== PHASE_LINE) notInFlight(c, call, true)
  freeCall(c.calls, call)
  if (isThere) startNext(c, node)
  c.requests.int[(request << 3) + HOLDS]!--
  freeIfDone(c, request)
}

/** Takes a call out of its replica; gives the phase that it occupied there, for the fact. */
function withdraw(c: Cluster, call: number, node: number): number {
  const phase = c.calls.int[(call << 3) + PHASE]!
  if (phase === PHASE_DOWNSTREAM) return comeBack(c, node)
  if (phase === PHASE_QUEUE) stopWaiting(c, call, node)
  else {
    noteWaste(c, call, node)
    if (c.fixed.tierOf[node]!.isShared) stopShare(c, call, node)
    else stopService(c, call, node)
  }
  return phase
}

/** Its own work done here, it asks the next tier; a blocking tier keeps the slot meanwhile. */
function forward(c: Cluster, call: number, node: number): void {
  const request = c.calls.int[(call << 3) + REQUEST]!
  const { int } = c.nodes
  const keeps = c.fixed.tierOf[node]!.blocking
  c.calls.int[(call << 3) + PHASE] = PHASE_DOWNSTREAM
  int[(node << NODE_INT) + BELOW]!++
  if (keeps) int[(node << NODE_INT) + BUSY]!++
  const serial = c.requests.num[request * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, FORWARDED + (keeps ? 256 : 0), node, serial, 0)
  const outcome = dispatch(c, c.fixed.poolOf[node]!, request, call)
  if (outcome !== OK) returnTo(c, call, outcome)
}

/** A replica that hung is back: it passes on what the next tier has answered meanwhile. */
export function passOn(c: Cluster, node: number): void {
  for (const call of callsAt(c.calls, node, PHASE_DOWNSTREAM)) {
    if (c.calls.int[(call << 3) + CHILD] === NIL) returnTo(c, call, c.calls.num[(call << 2) + WORK]!)
  }
}

/** The next tier has answered a call; while its replica hangs, the answer goes no further. */
function returnTo(c: Cluster, call: number, outcome: number): void {
  const node = c.calls.int[(call << 3) + NODE]!
  c.calls.int[(call << 3) + CHILD] = NIL
  if (c.nodes.int[(node << NODE_INT) + HEALTH] === HEALTH_HUNG) {
    c.calls.num[(call << 2) + WORK] = outcome
    return
  }
  reply(c, call, node, outcome, comeBack(c, node))
  startNext(c, node)
}

/** One less at the next tier; gives the phase that it gives up: a kept slot counts as service. */
function comeBack(c: Cluster, node: number): number {
  const { int } = c.nodes
  int[(node << NODE_INT) + BELOW]!--
  if (!c.fixed.tierOf[node]!.blocking) return PHASE_DOWNSTREAM
  int[(node << NODE_INT) + BUSY]!--
  return PHASE_SERVICE
}

/** Sends the answer upstream. */
function reply(c: Cluster, call: number, node: number, outcome: number, phase: number): void {
  const { latency, index } = c.fixed.tierOf[node]!
  const delay = draw(latency, c.tiers[index]!.latency)
  noteReply(c, call, node, c.now + delay, outcome, phase)
  countAnswer(c, call, node, outcome)
  if (delay === 0) {
    replyArrives(c, call, outcome)
    return
  }
  c.calls.int[(call << 3) + PHASE] = PHASE_OUT
  c.calls.num[(call << 2) + SINCE] = c.now
  c.calls.num[(call << 2) + TIMER] = schedule(c.queue, c.now + delay, REPLY_ARRIVES, call, outcome)
}

function noteReply(
  c: Cluster,
  call: number,
  node: number,
  arrives: number,
  outcome: number,
  phase: number,
): void {
  const serial = c.requests.num[c.calls.int[(call << 3) + REQUEST]! * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, REPLIED + ((outcome + 16 * phase) << 8), node, serial, arrives)
}
