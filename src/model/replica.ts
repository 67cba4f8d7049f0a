/**
 * A replica: it admits calls, lets them wait and serves them. Waiting and serving in order (first or last
 * in, first out) are here; processor sharing is in sharing.ts, changes of health and speed in condition.ts.
 *
 * Limit of realism: a replica is slots and a queue; it has no memory, disk or threads to run out of.
 */

import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { type Cluster, draw } from './cluster.ts'
import { PATIENCE_ENDS, SERVICE_ENDS, SET_UP_ENDS } from './event-kinds.ts'
import {
  ERROR,
  EXPIRED,
  HEALTH_CRASHED,
  HEALTH_UP,
  OK,
  PHASE_DOOR,
  PHASE_QUEUE,
  PHASE_SERVICE,
  QUEUED,
  REFUSED,
  REJECTED,
  SET_UP,
  STARTED,
  WASTED,
} from './facts.ts'
import { fails } from './failing.ts'
import { failureOf } from './faults/failure.ts'
import { isCutOff } from './faults/ways.ts'
import { atGate } from './gate.ts'
import { HELD } from './limits.ts'
import {
  BUSY,
  ERRORS,
  FIRST_WAITING,
  HEALTH,
  LAST_WAITING,
  NODE_INT,
  NODE_NUM,
  pushWaiting,
  RATE,
  ROOM,
  SET_UP_TIMER,
  SLEEP,
  SLOTS,
  unlinkWaiting,
  WAITING,
} from './nodes.ts'
import { recognise } from './session-state.ts'
import { admitShared, sharedTime } from './sharing.ts'
import { atDoor, atHead, type FixedGuard, isTurned, queueBegins, queueEnds } from './shed.ts'
import { DEMAND, IS_SETTLED, NODE, PHASE, REQUEST, SERIAL, SINCE, TIMER, WAITED_FOR, WORK } from './tables.ts'
import { originOf } from './tries-table.ts'
import { mustShakeFirst } from './turned-away.ts'

/** Set-up times: what `SLEEP` says of a replica. */
export const AWAKE = 0
export const ASLEEP = 1
const WAKING = 2

/** A call reaches its replica: it is refused, fails, is served, waits or is turned away. */
export function arrive(c: Cluster, call: number): void {
  const calls = c.calls.int
  const node = calls[(call << 3) | NODE]!
  calls[(call << 3) | PHASE] = PHASE_DOOR
  if (c.outside.ways !== undefined && isCutOff(c, call)) return
  if (c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_CRASHED) c.fixed.leave(c, call, REFUSED)
  else if (!c.fixed.tierOf[node]!.hasGate) enter(c, call, node)
  else obey(c, call, node, atGate(c, call, node))
}

/** It has been held back at its node for long enough; `judge` says what becomes of it. */
export function goesOn(c: Cluster, call: number, judge: typeof atGate): void {
  const node = c.calls.int[(call << 3) | NODE]!
  c.calls.int[(call << 3) | PHASE] = PHASE_DOOR
  obey(c, call, node, judge(c, call, node))
}

/** What its gate says of a call. */
function obey(c: Cluster, call: number, node: number, verdict: number): void {
  if (verdict === OK) enter(c, call, node)
  else if (verdict !== HELD) turnAway(c, call, node, verdict)
}

/** It is turned away, at once or once its handshake is done. */
function turnAway(c: Cluster, call: number, node: number, outcome: number): void {
  if (mustShakeFirst(c, call, node, outcome)) admit(c, call, node, c.fixed.tierOf[node]!.isShared)
  else c.fixed.leave(c, call, outcome)
}

function enter(c: Cluster, call: number, node: number): void {
  const { int, num } = c.nodes
  const n = node << NODE_INT
  const errors = num[(node << NODE_NUM) | ERRORS]!
  const tier = c.fixed.tierOf[node]!
  if (tier.isOpen && errors === 0) admit(c, call, node, tier.isShared)
  else if (errors > 0 && int[n | HEALTH] === HEALTH_UP && fails(c, call, node, errors))
    c.fixed.leave(c, call, failureOf(c, node, errors))
  else if (tier.sessions !== undefined && !recognise(c, call, node, tier.sessions))
    c.fixed.leave(c, call, ERROR)
  else if (tier.guard !== undefined && !isLetIn(c, call, node, tier.guard)) return
  else if (tier.cache?.isSidecar && int[n | HEALTH] === HEALTH_UP)
    c.fixed.askBeside(c, call, node, tier.cache)
  else admit(c, call, node, tier.isShared)
}

/** It is served, waits or is turned away. */
export function admit(c: Cluster, call: number, node: number, isShared: boolean): void {
  const { int } = c.nodes
  const n = node << NODE_INT
  if (isShared) {
    if (!admitShared(c, call, node)) c.fixed.leave(c, call, REJECTED)
  } else if (int[n | BUSY]! < int[n | SLOTS]! && int[n | SLEEP] === AWAKE) begin(c, call, node, 0, 0)
  else if (int[n | WAITING]! >= int[n | ROOM]!) c.fixed.leave(c, call, REJECTED)
  else wait(c, call, node)
}

/** @returns false when its replica has turned it away */
function isLetIn(c: Cluster, call: number, node: number, guard: FixedGuard): boolean {
  const outcome = atDoor(c, call, node, guard)
  if (outcome !== OK) turnAway(c, call, node, outcome)
  return outcome === OK
}

/** Its service is done: it leaves, and the next one begins. */
export function serviceEnds(c: Cluster, call: number): void {
  const node = c.calls.int[(call << 3) | NODE]!
  c.calls.num[(call << 2) | TIMER] = NO_TIMER
  noteWaste(c, call, node)
  c.nodes.int[(node << NODE_INT) | BUSY]!--
  c.fixed.leave(c, call, OK)
  startNext(c, node)
}

/** It has waited for as long as the tier allows. */
export function patienceEnds(c: Cluster, call: number): void {
  const node = c.calls.int[(call << 3) | NODE]!
  c.calls.num[(call << 2) | TIMER] = NO_TIMER
  unlinkWaiting(c.nodes.int, node << NODE_INT, c.calls, call)
  addWait(c, c.calls.int[(call << 3) | REQUEST]!, c.now - c.calls.num[(call << 2) | SINCE]!)
  c.fixed.leave(c, call, EXPIRED)
}

/** Takes a call out of service before its end (its client called it off, or the replica died). */
export function stopService(c: Cluster, call: number, node: number): void {
  stopTimer(c, call)
  c.nodes.int[(node << NODE_INT) | BUSY]!--
}

/** Takes a call out of the queue before its turn. */
export function stopWaiting(c: Cluster, call: number, node: number): void {
  stopTimer(c, call)
  unlinkWaiting(c.nodes.int, node << NODE_INT, c.calls, call)
}

/** Fills free slots from the queue; puts a replica with set-up times to sleep when it is idle. */
export function startNext(c: Cluster, node: number): void {
  const { int } = c.nodes
  const n = node << NODE_INT
  if (int[n | WAITING]! === 0) {
    if (c.fixed.tierOf[node]!.guard !== undefined) queueEnds(c, node)
    // One that is waking goes on waking, even if who woke it has left the queue.
    const isIdle = int[n | BUSY] === 0 && int[n | SLEEP] === AWAKE
    if (isIdle && c.fixed.tierOf[node]!.setUp !== undefined) int[n | SLEEP] = ASLEEP
    return
  }
  if (int[n | SLEEP] !== AWAKE || int[n | HEALTH] === HEALTH_CRASHED) return
  const { isLifo, patience, guard } = c.fixed.tierOf[node]!
  while (int[n | WAITING]! > 0 && int[n | BUSY]! < int[n | SLOTS]!) {
    const isLastFirst = isLifo || (guard !== undefined && isTurned(c, node, guard))
    const call = int[n + (isLastFirst ? LAST_WAITING : FIRST_WAITING)]!
    const outcome = guard === undefined ? OK : atHead(c, call, node, guard)
    if (patience !== undefined) stopTimer(c, call)
    unlinkWaiting(int, n, c.calls, call)
    if (outcome !== OK) {
      addWait(c, c.calls.int[(call << 3) | REQUEST]!, c.now - c.calls.num[(call << 2) | SINCE]!)
      c.fixed.leave(c, call, outcome)
    } else begin(c, call, node, c.now - c.calls.num[(call << 2) | SINCE]!, 1)
  }
}

/** The replica has woken up. */
export function setUpEnds(c: Cluster, node: number): void {
  c.nodes.int[(node << NODE_INT) | SLEEP] = AWAKE
  c.nodes.num[(node << NODE_NUM) | SET_UP_TIMER] = NO_TIMER
  startNext(c, node)
}

/** Work for a client that has left is noted as wasted; under processor sharing, its share of the processors. */
export function noteWaste(c: Cluster, call: number, node: number): void {
  const request = c.calls.int[(call << 3) | REQUEST]!
  if (c.requests.int[(request << 3) | IS_SETTLED] === 0) return
  const { num, stride } = c.requests
  const spent = c.fixed.tierOf[node]!.isShared
    ? sharedTime(c, call, node)
    : c.now - c.calls.num[(call << 2) | SINCE]!
  record(c.fixed.log, c.now, WASTED, node, num[request * stride + SERIAL]!, spent)
}

/** Plans the end of a service that has `work` ns left at rate 1; none is planned at rate 0. */
export function planEnd(c: Cluster, call: number, work: number, rate: number): void {
  const b = call << 2
  if (rate === 0) {
    c.calls.num[b | WORK] = work
    c.calls.num[b | TIMER] = NO_TIMER
  } else {
    const takes = rate === 1 ? work : Math.round(work / rate)
    c.calls.num[b | TIMER] = schedule(c.queue, c.now + takes, SERVICE_ENDS, call, 0)
  }
}

function begin(c: Cluster, call: number, node: number, waited: number, fromQueue: number): void {
  const { now } = c
  const { num, stride } = c.requests
  const request = c.calls.int[(call << 3) | REQUEST]!
  c.calls.int[(call << 3) | PHASE] = PHASE_SERVICE
  c.calls.num[(call << 2) | SINCE] = now
  c.nodes.int[(node << NODE_INT) | BUSY]!++
  if (waited > 0) addWait(c, request, waited)
  const r = request * stride
  record(c.fixed.log, now, STARTED + (fromQueue << 8), node, num[r + SERIAL]!, waited)
  planEnd(c, call, num[r + DEMAND + c.fixed.tierOf[node]!.index]!, c.nodes.num[(node << NODE_NUM) | RATE]!)
}

function wait(c: Cluster, call: number, node: number): void {
  const n = node << NODE_INT
  const request = c.calls.int[(call << 3) | REQUEST]!
  const tier = c.fixed.tierOf[node]!
  c.calls.int[(call << 3) | PHASE] = PHASE_QUEUE
  c.calls.num[(call << 2) | SINCE] = c.now
  pushWaiting(c.nodes.int, n, c.calls, call)
  if (tier.guard !== undefined && c.nodes.int[n | WAITING] === 1) queueBegins(c, node)
  const serial = c.requests.num[request * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, QUEUED, node, serial, c.nodes.int[n | WAITING]!)
  if (tier.patience !== undefined) {
    const ends = c.now + draw(tier.patience, c.tiers[tier.index]!.patience)
    c.calls.num[(call << 2) | TIMER] = schedule(c.queue, ends, PATIENCE_ENDS, call, 0)
  } else c.calls.num[(call << 2) | TIMER] = NO_TIMER // that of its arrival has run
  if (c.nodes.int[n | SLEEP] === ASLEEP) wakeUp(c, serial, node)
}

/** Adds to what its request has waited in all, with all its tries. */
export function addWait(c: Cluster, request: number, waited: number): void {
  const origin = c.tries === undefined ? request : originOf(c.tries, request)
  if (c.requests.int[(origin << 3) | IS_SETTLED] === 0) {
    c.requests.num[origin * c.requests.stride + WAITED_FOR]! += waited
  }
}

function wakeUp(c: Cluster, serial: number, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const ready = c.now + draw(tier.setUp!, c.tiers[tier.index]!.setUp)
  c.nodes.int[(node << NODE_INT) | SLEEP] = WAKING
  c.nodes.num[(node << NODE_NUM) | SET_UP_TIMER] = schedule(c.queue, ready, SET_UP_ENDS, node, 0)
  record(c.fixed.log, c.now, SET_UP, node, serial, ready)
}

function stopTimer(c: Cluster, call: number): void {
  const at = (call << 2) + TIMER
  cancel(c.queue, c.calls.num[at]!)
  c.calls.num[at] = NO_TIMER
}
