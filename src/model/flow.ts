/**
 * The way of a call after its replica: on to the next tier or back upstream, hop by hop, until the client
 * has its answer; and the ways it ends early.
 */

import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { isBack } from './answered.ts'
import { leaveLine, notInFlight } from './balancer.ts'
import { learn } from './binding.ts'
import { askCache, fetchIsBack, isFetching, leavesBeside, type Ways } from './cache-flow.ts'
import type { FixedCache } from './cache-state.ts'
import { answer, freeIfDone } from './clients.ts'
import { type Cluster, draw } from './cluster.ts'
import { watchCanary } from './deploy-watch.ts'
import { REPLY_ARRIVES } from './event-kinds.ts'
import { CANCELLED, EXPIRED, HEALTH_HUNG, NO_ANSWER, OK, PHASE_DOOR } from './facts.ts'
import { timeBack } from './faults/ways.ts'
import { checkAnswered } from './health/results.ts'
import { answerTells, countAnswer } from './load-reports.ts'
import { HEALTH, NODE_INT } from './nodes.ts'
import { admit, startNext } from './replica.ts'
import { CALL, OWNER, ROW, PARENT as SENDING_PARENT, POOL as SENDING_POOL } from './sendings.ts'
import { learnEnd, learnService } from './shed.ts'
import {
  ABANDONED,
  CHECKER,
  CHILD,
  freeCall,
  HOLDS,
  IS_SETTLED,
  NIL,
  NODE,
  PARENT,
  PHASE,
  PHASE_IN,
  PHASE_LINE,
  PHASE_OUT,
  POOL,
  REQUEST,
  SINCE,
  TIMER,
  TOP_CALL,
  WORK,
} from './tables.ts'
import {
  dropSending,
  giveUpTry,
  ofSending,
  pausedIn,
  resume,
  sendingOf,
  sendOn,
  tryIsOver,
} from './tries-balancer.ts'
import { triesOf } from './tries-table.ts'
import { hasOnlyShaken } from './turned-away.ts'
import { comeBack, goBelow, noteReply, withdraw } from './withdraw.ts'

/** A call has left service or was turned away: on to the next tier, or back. */
export function leave(c: Cluster, call: number, outcome: number): void {
  const node = c.calls.int[(call << 3) | NODE]!
  const { guard, isLast, cache, isPlain, hasGate } = c.fixed.tierOf[node]!
  const phase = c.calls.int[(call << 3) | PHASE]!
  if (isPlain) {
    if (outcome !== OK || isLast) reply(c, call, node, outcome, phase)
    else forward(c, call, node)
    return
  }
  if (hasGate && outcome === OK && hasOnlyShaken(c, call, node, phase, reply)) return
  if (guard !== undefined && outcome === OK) learnService(c, call, node, guard)
  // What is answered at the door comes from a cache beside the service.
  if (outcome !== OK || isLast || phase === PHASE_DOOR) reply(c, call, node, outcome, phase)
  else if (isFetching(c, call, cache)) askCache(c, call, node, cache, ways)
  else forward(c, call, node)
}

/** The answer of a call has crossed the network. */
export function replyArrives(c: Cluster, call: number, outcome: number): void {
  const parent = c.calls.int[(call << 3) | PARENT]!
  if (c.fixed.tierOf[c.calls.int[(call << 3) | NODE]!]!.isPlain) {
    const request = c.calls.int[(call << 3) | REQUEST]!
    notInFlight(c, call, outcome !== OK)
    freeCall(c.calls, call)
    deliver(c, parent, request, outcome)
    c.requests.int[(request << 3) | HOLDS]!--
    freeIfDone(c, request)
    return
  }
  if (parent !== CHECKER) {
    const pool = c.calls.int[(call << 3) | POOL]!
    const { tier } = c.pools[pool]!
    const replica = c.calls.int[(call << 3) | NODE]! - tier.first
    if (tier.affinity !== undefined) learn(c, pool, c.calls.int[(call << 3) | REQUEST]!, replica, outcome)
    if (parent !== ABANDONED) {
      isBack(c, call, outcome)
      answerTells(c, call, outcome)
    }
  }
  endCall(c, call, outcome)
}

/** A call is over: whoever waits for it is told, or tries again. */
export function endCall(c: Cluster, call: number, outcome: number): void {
  const parent = c.calls.int[(call << 3) | PARENT]!
  const request = c.calls.int[(call << 3) | REQUEST]!
  const sending = sendingOf(c, call)
  if (sending !== NIL) endTry(c, sending, call, outcome)
  else {
    freeCall(c.calls, call)
    deliver(c, parent, request, outcome)
  }
  c.requests.int[(request << 3) | HOLDS]!--
  freeIfDone(c, request)
}

/** Whoever waits for a call is told how it ended. */
function deliver(c: Cluster, parent: number, request: number, outcome: number): void {
  if (parent === NIL) {
    c.requests.int[(request << 3) | TOP_CALL] = NIL
    answer(c, request, outcome)
  } else if (parent === CHECKER) checkAnswered(c, request, outcome)
  else if (parent >= 0) returnTo(c, parent, outcome)
}

/** A balancer's try is over, and with it its call: it tries again, or whoever waits is told. */
function endTry(c: Cluster, sending: number, call: number, outcome: number): void {
  const owner = ofSending(c, sending, OWNER)
  const pool = ofSending(c, sending, SENDING_POOL)
  const parent = c.calls.int[(call << 3) | PARENT]!
  const node = c.calls.int[(call << 3) | NODE]!
  freeCall(c.calls, call)
  const replica = node === NIL ? NIL : node - c.pools[pool]!.tier.first
  tellIfOver(c, parent, owner, tryIsOver(c, sending, parent, replica, outcome))
}

function tellIfOver(c: Cluster, parent: number, owner: number, outcome: number): void {
  if (outcome === NIL) return
  deliver(c, parent, owner, outcome)
  c.requests.int[(owner << 3) | HOLDS]!--
  freeIfDone(c, owner)
}

/** A balancer has paused for long enough: the next try. */
export function resumes(c: Cluster, sending: number): void {
  const parent = ofSending(c, sending, SENDING_PARENT)
  const owner = ofSending(c, sending, OWNER)
  tellIfOver(c, parent, owner, resume(c, sending))
}

/** A balancer has waited for an answer for as long as it may; the replica may go on, for nobody. */
export function tryIsLate(c: Cluster, sending: number): void {
  const owner = ofSending(c, sending, OWNER)
  const call = ofSending(c, sending, CALL)
  const row = ofSending(c, sending, ROW)
  const pool = ofSending(c, sending, SENDING_POOL)
  const { tier } = c.pools[pool]!
  const { int } = c.calls
  if (int[(call << 3) | PHASE] === PHASE_LINE) {
    leaveLine(c, call, NO_ANSWER)
    endCall(c, call, NO_ANSWER)
    return
  }
  const parent = int[(call << 3) | PARENT]!
  const replica = int[(call << 3) | NODE]! - tier.first
  c.requests.int[(row << 3) | HOLDS]!++
  giveUpTry(c, sending)
  if (tier.tries!.cancels) callOff(c, call, NO_ANSWER)
  else {
    isBack(c, call, NO_ANSWER)
    int[(call << 3) | PARENT] = ABANDONED
  }
  tellIfOver(c, parent, owner, tryIsOver(c, sending, parent, replica, NO_ANSWER))
  c.requests.int[(row << 3) | HOLDS]!--
  freeIfDone(c, row)
}

/** A call has waited at its balancer for as long as it may. */
export function lineTimesOut(c: Cluster, call: number): void {
  c.calls.num[(call << 2) | TIMER] = NO_TIMER
  leaveLine(c, call, EXPIRED)
  endCall(c, call, EXPIRED)
}

/** The client has given up: whatever still works for its request is called off. */
export function callOffRequest(c: Cluster, request: number): void {
  if (c.requests.int[(request << 3) | IS_SETTLED] === 0) return
  if (c.tries !== undefined) for (const one of triesOf(c.tries, request)) callOffRequest(c, one)
  const top = c.requests.int[(request << 3) | TOP_CALL]!
  if (top === NIL) return
  c.requests.int[(request << 3) | TOP_CALL] = NIL
  callOffBelow(c, top)
}

/** Calls off what stands in the place of a call: a call, or a balancer that pauses. */
export function callOffBelow(c: Cluster, place: number): void {
  const sending = pausedIn(place)
  if (sending === NIL) callOff(c, place)
  else freeIfDone(c, dropSending(c, sending))
}

/** Calls off a call and what it waits for; whoever waits for it is told nothing. @param how it looks to its balancer */
function callOff(c: Cluster, call: number, how: number = CANCELLED): void {
  const b = call << 3
  const request = c.calls.int[b | REQUEST]!
  const node = c.calls.int[b | NODE]!
  const phase = c.calls.int[b | PHASE]!
  const child = c.calls.int[b | CHILD]!
  const sending = sendingOf(c, call)
  const isThere = phase !== PHASE_IN && phase !== PHASE_OUT && phase !== PHASE_LINE
  if (child !== NIL) callOffBelow(c, child)
  if (phase === PHASE_LINE) leaveLine(c, call, CANCELLED)
  else if (isThere) noteReply(c, call, node, c.now, CANCELLED, withdraw(c, call, node))
  else cancel(c.queue, c.calls.num[(call << 2) | TIMER]!)
  if (phase !== PHASE_LINE) isBack(c, call, how)
  freeCall(c.calls, call)
  if (sending !== NIL) dropSending(c, sending)
  if (isThere) startNext(c, node)
  c.requests.int[(request << 3) | HOLDS]!--
  freeIfDone(c, request)
}

/** Its own work done here, it asks the next tier; a blocking tier keeps the slot meanwhile. */
function forward(c: Cluster, call: number, node: number): void {
  goBelow(c, call, node)
  sendBelow(c, call, node)
}

function sendBelow(c: Cluster, call: number, node: number): void {
  const outcome = sendOn(c, c.fixed.poolOf[node]!, c.calls.int[(call << 3) | REQUEST]!, call)
  if (outcome !== OK) returnTo(c, call, outcome)
}

/** Behind a cache stands the next tier, or the service beside it. */
function fetch(c: Cluster, call: number, node: number): void {
  const { cache, isShared } = c.fixed.tierOf[node]!
  if (cache!.isSidecar) admit(c, call, node, isShared)
  else sendBelow(c, call, node)
}

/** What a cache does with calls. */
export const ways: Ways = { reply, fetch }

/** A call comes to a service that has a cache beside it. */
export function askBeside(c: Cluster, call: number, node: number, cache: FixedCache): void {
  askCache(c, call, node, cache, ways)
}

/** The next tier has answered a call; while its replica hangs, the answer goes no further. */
export function returnTo(c: Cluster, call: number, outcome: number): void {
  const node = c.calls.int[(call << 3) | NODE]!
  c.calls.int[(call << 3) | CHILD] = NIL
  if (c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_HUNG) {
    c.calls.num[(call << 2) | WORK] = outcome
    return
  }
  const { cache } = c.fixed.tierOf[node]!
  if (isFetching(c, call, cache)) fetchIsBack(c, call, node, cache, outcome, ways)
  else {
    reply(c, call, node, outcome, comeBack(c, node))
    startNext(c, node)
  }
}

/** Sends the answer upstream. */
export function reply(c: Cluster, call: number, node: number, outcome: number, phase: number): void {
  const { latency, index, guard, cache, isOpen } = c.fixed.tierOf[node]!
  const isCounted = c.nodes.loads.length > 0
  if (isOpen && !isCounted && c.outside.ways === undefined && c.outside.deploys === undefined) {
    answerBack(c, call, node, outcome, phase, draw(latency, c.tiers[index]!.latency))
    return
  }
  if (cache?.isSidecar) {
    outcome = leavesBeside(c, call, node, cache, outcome, phase)
    if (outcome === NIL) return
  }
  if (guard !== undefined) learnEnd(c, call, node, guard, outcome, phase)
  const delay = draw(latency, c.tiers[index]!.latency) + timeBack(c, call, node)
  countAnswer(c, call, node, outcome)
  if (c.outside.deploys !== undefined) watchCanary(c, node, outcome)
  answerBack(c, call, node, outcome, phase, delay)
}

/** The answer crosses the network. */
function answerBack(
  c: Cluster,
  call: number,
  node: number,
  outcome: number,
  phase: number,
  delay: number,
): void {
  noteReply(c, call, node, c.now + delay, outcome, phase)
  if (delay === 0) {
    replyArrives(c, call, outcome)
    return
  }
  c.calls.int[(call << 3) | PHASE] = PHASE_OUT
  c.calls.num[(call << 2) | SINCE] = c.now
  c.calls.num[(call << 2) | TIMER] = schedule(c.queue, c.now + delay, REPLY_ARRIVES, call, outcome)
}
