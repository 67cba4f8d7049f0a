/**
 * The way of a call after its replica: on to the next tier or back upstream, hop by hop, until the client
 * has its answer; and the ways it ends early.
 */

import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { dispatch, notInFlight } from './balancer.ts'
import { answer, freeIfDone } from './clients.ts'
import { type Cluster, draw } from './cluster.ts'
import { REPLY_ARRIVES } from './event-kinds.ts'
import {
  BROKEN,
  CANCELLED,
  FORWARDED,
  OK,
  PHASE_DOWNSTREAM,
  PHASE_QUEUE,
  PHASE_SERVICE,
  REPLIED,
  UNAVAILABLE,
} from './facts.ts'
import {
  BELOW,
  BUSY,
  FIRST_BELOW,
  FIRST_SERVED,
  FIRST_WAITING,
  NODE_INT,
  pushFront,
  TIER,
  unlink,
} from './nodes.ts'
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
  PHASE_OUT,
  REQUEST,
  SERIAL,
  TIMER,
  TOP_CALL,
} from './tables.ts'

/** A call has left service or was turned away: on to the next tier, or back. */
export function leave(c: Cluster, call: number, outcome: number): void {
  const b = call << 3
  const tier = c.fixed.tiers[c.nodes.int[(c.calls.int[b + NODE]! << NODE_INT) + TIER]!]!
  if (outcome === OK && !tier.isLast) forward(c, call)
  else reply(c, call, outcome, c.calls.int[b + PHASE]!)
}

/** The answer of a call has crossed the network. */
export function replyArrives(c: Cluster, call: number, outcome: number): void {
  const parent = c.calls.int[(call << 3) + PARENT]!
  const request = c.calls.int[(call << 3) + REQUEST]!
  forget(c, call, outcome !== OK)
  if (parent >= 0) returnTo(c, parent, outcome)
  else if (parent === NIL) {
    c.requests.int[(request << 3) + TOP_CALL] = NIL
    answer(c, request, outcome)
  }
  letGo(c, request)
}

/** Calls off a call and what it waits for; whoever waits for it is told nothing. */
export function callOff(c: Cluster, call: number): void {
  const b = call << 3
  const request = c.calls.int[b + REQUEST]!
  const node = c.calls.int[b + NODE]!
  const phase = c.calls.int[b + PHASE]!
  const child = c.calls.int[b + CHILD]!
  if (child !== NIL) callOff(c, child)
  if (phase === PHASE_IN || phase === PHASE_OUT) cancel(c.queue, c.calls.num[b + TIMER]!)
  else {
    const kept = withdraw(c, call, node, phase)
    noteReply(c, call, node, c.now, CANCELLED, kept)
  }
  forget(c, call, true)
  if (phase !== PHASE_IN && phase !== PHASE_OUT) startNext(c, node)
  letGo(c, request)
}

/** Everything that a dead replica had is broken off. */
export function breakAll(c: Cluster, node: number): void {
  const { int } = c.nodes
  const n = node << NODE_INT
  const shared = c.fixed.tiers[int[n + TIER]!]!.discipline === 'ps'
  for (;;) {
    let call = int[n + FIRST_WAITING]!
    if (call === NIL) call = shared && int[n + BUSY]! > 0 ? c.nodes.heaps[node]![0]! : int[n + FIRST_SERVED]!
    if (call === NIL) call = int[n + FIRST_BELOW]!
    if (call === NIL) return
    const b = call << 3
    const child = c.calls.int[b + CHILD]!
    if (child !== NIL) c.calls.int[(child << 3) + PARENT] = ORPHAN
    c.calls.int[b + CHILD] = NIL
    const kept = withdraw(c, call, node, c.calls.int[b + PHASE]!)
    reply(c, call, BROKEN, kept)
  }
}

/** Takes a call out of its replica; gives the phase that it occupied there, for the fact. */
function withdraw(c: Cluster, call: number, node: number, phase: number): number {
  const tier = c.fixed.tiers[c.nodes.int[(node << NODE_INT) + TIER]!]!
  if (phase === PHASE_QUEUE) stopWaiting(c, call, node)
  else if (phase === PHASE_SERVICE) {
    noteWaste(c, call, node)
    if (tier.discipline === 'ps') stopShare(c, call, node)
    else stopService(c, call, node)
  } else if (phase === PHASE_DOWNSTREAM) return comeBack(c, call, node)
  return phase
}

/** Its own work done here, it asks the next tier; a blocking tier keeps the slot meanwhile. */
function forward(c: Cluster, call: number): void {
  const b = call << 3
  const request = c.calls.int[b + REQUEST]!
  const node = c.calls.int[b + NODE]!
  const n = node << NODE_INT
  const { int } = c.nodes
  const keeps = c.fixed.tiers[int[n + TIER]!]!.blocking
  c.calls.int[b + PHASE] = PHASE_DOWNSTREAM
  int[n + BELOW]!++
  if (keeps) int[n + BUSY]!++
  pushFront(int, n + FIRST_BELOW, c.calls, call)
  record(c.fixed.log, c.now, FORWARDED, c.requests.num[(request << 3) + SERIAL]!, node, keeps ? 1 : 0, 0)
  if (!dispatch(c, c.fixed.poolOf[node]!, request, call)) returnTo(c, call, UNAVAILABLE)
}

/** The next tier has answered a call. */
function returnTo(c: Cluster, call: number, outcome: number): void {
  const node = c.calls.int[(call << 3) + NODE]!
  c.calls.int[(call << 3) + CHILD] = NIL
  reply(c, call, outcome, comeBack(c, call, node))
  startNext(c, node)
}

/** Off the list of those at the next tier; gives the phase that it gives up: a kept slot counts as service. */
function comeBack(c: Cluster, call: number, node: number): number {
  const n = node << NODE_INT
  const { int } = c.nodes
  unlink(int, n + FIRST_BELOW, c.calls, call)
  int[n + BELOW]!--
  if (!c.fixed.tiers[int[n + TIER]!]!.blocking) return PHASE_DOWNSTREAM
  int[n + BUSY]!--
  return PHASE_SERVICE
}

/** Sends the answer upstream. */
function reply(c: Cluster, call: number, outcome: number, phase: number): void {
  const b = call << 3
  const node = c.calls.int[b + NODE]!
  const t = c.nodes.int[(node << NODE_INT) + TIER]!
  const delay = draw(c.fixed.tiers[t]!.latency, c.tiers[t]!.latency)
  noteReply(c, call, node, c.now + delay, outcome, phase)
  c.calls.int[b + PHASE] = PHASE_OUT
  if (delay === 0) replyArrives(c, call, outcome)
  else c.calls.num[b + TIMER] = schedule(c.queue, c.now + delay, REPLY_ARRIVES, call, outcome)
}

function noteReply(
  c: Cluster,
  call: number,
  node: number,
  arrives: number,
  outcome: number,
  phase: number,
): void {
  const serial = c.requests.num[(c.calls.int[(call << 3) + REQUEST]! << 3) + SERIAL]!
  record(c.fixed.log, c.now, REPLIED, serial, node, arrives, outcome + 16 * phase)
}

function forget(c: Cluster, call: number, failed: boolean): void {
  notInFlight(c, call, failed)
  c.calls.num[(call << 3) + TIMER] = NO_TIMER
  freeCall(c.calls, call)
}

function letGo(c: Cluster, request: number): void {
  c.requests.int[(request << 3) + HOLDS]!--
  freeIfDone(c, request)
}

/** A settled request whose client wants its work called off. */
export function callOffRequest(c: Cluster, request: number): void {
  const top = c.requests.int[(request << 3) + TOP_CALL]!
  if (top === NIL || c.requests.int[(request << 3) + IS_SETTLED] === 0) return
  c.requests.int[(request << 3) + TOP_CALL] = NIL
  callOff(c, top)
}
