/**
 * A replica: it admits calls, lets them wait, serves them, and changes its speed. Waiting and serving in
 * order (first or last in, first out) are here; processor sharing is in sharing.ts.
 *
 * Limit of realism: a replica is slots and a queue; it has no memory, disk or threads to run out of.
 */

import { stream, uniform } from '../base/stream.ts'
import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { type Cluster, draw } from './cluster.ts'
import { PATIENCE_ENDS, SERVICE_ENDS, SET_UP_ENDS } from './event-kinds.ts'
import {
  ERROR,
  EXPIRED,
  HEALTH_CRASHED,
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
import {
  BUSY,
  ERRORS,
  FIRST_SERVED,
  FIRST_WAITING,
  HEALTH,
  LAST_WAITING,
  NODE_INT,
  NODE_NUM,
  pushFront,
  pushWaiting,
  RATE,
  ROOM,
  SET_UP_TIMER,
  SLEEP,
  SLOTS,
  TIER,
  unlink,
  unlinkWaiting,
  WAITING,
} from './nodes.ts'
import { admitShared, reschedule as rescheduleShared } from './sharing.ts'
import {
  BEGAN,
  IS_SETTLED,
  NEXT,
  NIL,
  NODE,
  PHASE,
  REQUEST,
  SERIAL,
  SINCE,
  TIMER,
  WAITED_FOR,
  WORK,
} from './tables.ts'

const AWAKE = 0
const ASLEEP = 1
const WAKING = 2

/** A call reaches its replica: it is refused, fails, is served, waits or is turned away. */
export function arrive(c: Cluster, call: number): void {
  const { int, num } = c.nodes
  const calls = c.calls.int
  const node = calls[(call << 3) + NODE]!
  const n = node << NODE_INT
  calls[(call << 3) + PHASE] = PHASE_DOOR
  if (int[n + HEALTH] === HEALTH_CRASHED) return c.fixed.leave(c, call, REFUSED)
  const errors = num[(node << NODE_NUM) + ERRORS]!
  if (errors > 0 && fails(c, node, errors)) return c.fixed.leave(c, call, ERROR)
  const tier = c.fixed.tiers[int[n + TIER]!]!
  if (tier.discipline === 'ps') {
    if (!admitShared(c, call, node)) c.fixed.leave(c, call, REJECTED)
    return
  }
  if (int[n + BUSY]! < int[n + SLOTS]! && int[n + SLEEP] === AWAKE) return begin(c, call, node, 0, 0)
  if (int[n + WAITING]! >= int[n + ROOM]!) return c.fixed.leave(c, call, REJECTED)
  wait(c, call, node)
  if (int[n + SLEEP] === ASLEEP) wakeUp(c, call, node)
}

/** Its service is done: it leaves, and the next one begins. */
export function serviceEnds(c: Cluster, call: number): void {
  const node = c.calls.int[(call << 3) + NODE]!
  c.calls.num[(call << 3) + TIMER] = NO_TIMER
  noteWaste(c, call, node)
  unlink(c.nodes.int, (node << NODE_INT) + FIRST_SERVED, c.calls, call)
  c.nodes.int[(node << NODE_INT) + BUSY]!--
  c.fixed.leave(c, call, 0)
  startNext(c, node)
}

/** It has waited for as long as the tier allows. */
export function patienceEnds(c: Cluster, call: number): void {
  const node = c.calls.int[(call << 3) + NODE]!
  c.calls.num[(call << 3) + TIMER] = NO_TIMER
  unlinkWaiting(c.nodes.int, node << NODE_INT, c.calls, call)
  addWait(c, call, c.now - c.calls.num[(call << 3) + SINCE]!)
  c.fixed.leave(c, call, EXPIRED)
}

/** Takes a call out of service before its end (its client called it off, or the replica died). */
export function stopService(c: Cluster, call: number, node: number): void {
  const at = (call << 3) + TIMER
  cancel(c.queue, c.calls.num[at]!)
  c.calls.num[at] = NO_TIMER
  unlink(c.nodes.int, (node << NODE_INT) + FIRST_SERVED, c.calls, call)
  c.nodes.int[(node << NODE_INT) + BUSY]!--
}

/** Takes a call out of the queue before its turn. */
export function stopWaiting(c: Cluster, call: number, node: number): void {
  const at = (call << 3) + TIMER
  cancel(c.queue, c.calls.num[at]!)
  c.calls.num[at] = NO_TIMER
  unlinkWaiting(c.nodes.int, node << NODE_INT, c.calls, call)
}

/** Fills free slots from the queue; puts a replica with set-up times to sleep when it is idle. */
export function startNext(c: Cluster, node: number): void {
  const { int } = c.nodes
  const n = node << NODE_INT
  if (int[n + WAITING]! === 0) {
    if (int[n + BUSY] === 0 && c.fixed.tiers[int[n + TIER]!]!.setUp !== undefined) int[n + SLEEP] = ASLEEP
    return
  }
  if (int[n + SLEEP] !== AWAKE || int[n + HEALTH] === HEALTH_CRASHED) return
  const lifo = c.fixed.tiers[int[n + TIER]!]!.discipline === 'lifo'
  while (int[n + WAITING]! > 0 && int[n + BUSY]! < int[n + SLOTS]!) {
    const call = int[n + (lifo ? LAST_WAITING : FIRST_WAITING)]!
    stopWaiting(c, call, node)
    begin(c, call, node, c.now - c.calls.num[(call << 3) + SINCE]!, 1)
  }
}

/** The replica has woken up. */
export function setUpEnds(c: Cluster, node: number): void {
  c.nodes.int[(node << NODE_INT) + SLEEP] = AWAKE
  c.nodes.num[(node << NODE_NUM) + SET_UP_TIMER] = NO_TIMER
  startNext(c, node)
}

/** A crash also ends a set-up; what is left is an idle replica that sleeps, if its tier has set-up times. */
export function lieDown(c: Cluster, node: number): void {
  const timer = (node << NODE_NUM) + SET_UP_TIMER
  cancel(c.queue, c.nodes.num[timer]!)
  c.nodes.num[timer] = NO_TIMER
  const n = node << NODE_INT
  c.nodes.int[n + SLEEP] = c.fixed.tiers[c.nodes.int[n + TIER]!]!.setUp === undefined ? AWAKE : ASLEEP
}

/** Changes how fast it works from now on; what is being served goes on with the work that is left. */
export function setRate(c: Cluster, node: number, rate: number): void {
  const at = (node << NODE_NUM) + RATE
  const before = c.nodes.num[at]!
  if (before === rate) return
  if (c.fixed.tiers[c.nodes.int[(node << NODE_INT) + TIER]!]!.discipline === 'ps') {
    rescheduleShared(c, node, rate)
    return
  }
  c.nodes.num[at] = rate
  const { num } = c.calls
  for (let call = c.nodes.int[(node << NODE_INT) + FIRST_SERVED]!; call !== NIL; ) {
    const b = call << 3
    num[b + WORK] = Math.max(0, num[b + WORK]! - (c.now - num[b + SINCE]!) * before)
    num[b + SINCE] = c.now
    cancel(c.queue, num[b + TIMER]!)
    num[b + TIMER] = rate > 0 ? timeEnd(c, call, rate) : NO_TIMER
    call = c.calls.int[b + NEXT]!
  }
}

/** Work for a client that has left is noted as wasted. */
export function noteWaste(c: Cluster, call: number, node: number): void {
  const request = c.calls.int[(call << 3) + REQUEST]!
  if (c.requests.int[(request << 3) + IS_SETTLED] === 0) return
  const spent = c.now - c.calls.num[(call << 3) + BEGAN]!
  record(c.fixed.log, c.now, WASTED, c.requests.num[(request << 3) + SERIAL]!, node, spent, 0)
}

function begin(c: Cluster, call: number, node: number, waited: number, fromQueue: 0 | 1): void {
  const { now } = c
  const b = call << 3
  const { num, int } = c.calls
  const request = int[b + REQUEST]!
  const n = node << NODE_INT
  const nodes = c.nodes.int
  int[b + PHASE] = PHASE_SERVICE
  num[b + BEGAN] = now
  num[b + SINCE] = now
  num[b + WORK] = c.requests.demand[request * c.requests.tiers + nodes[n + TIER]!]!
  if (waited > 0) addWait(c, call, waited)
  nodes[n + BUSY]!++
  pushFront(nodes, n + FIRST_SERVED, c.calls, call)
  record(c.fixed.log, now, STARTED, c.requests.num[(request << 3) + SERIAL]!, node, waited, fromQueue)
  const rate = c.nodes.num[(node << NODE_NUM) + RATE]!
  num[b + TIMER] = rate > 0 ? timeEnd(c, call, rate) : NO_TIMER
}

function timeEnd(c: Cluster, call: number, rate: number): number {
  const work = c.calls.num[(call << 3) + WORK]!
  const takes = rate === 1 ? work : Math.round(work / rate)
  return schedule(c.queue, c.now + takes, SERVICE_ENDS, call, 0)
}

function wait(c: Cluster, call: number, node: number): void {
  const b = call << 3
  const n = node << NODE_INT
  const tier = c.nodes.int[n + TIER]!
  c.calls.int[b + PHASE] = PHASE_QUEUE
  c.calls.num[b + SINCE] = c.now
  pushWaiting(c.nodes.int, n, c.calls, call)
  const serial = c.requests.num[(c.calls.int[b + REQUEST]! << 3) + SERIAL]!
  record(c.fixed.log, c.now, QUEUED, serial, node, c.nodes.int[n + WAITING]!, 0)
  const { patience } = c.fixed.tiers[tier]!
  c.calls.num[b + TIMER] =
    patience === undefined
      ? NO_TIMER
      : schedule(c.queue, c.now + draw(patience, c.tiers[tier]!.patience), PATIENCE_ENDS, call, 0)
}

function addWait(c: Cluster, call: number, waited: number): void {
  const row = c.calls.int[(call << 3) + REQUEST]! << 3
  if (c.requests.int[row + IS_SETTLED] === 0) c.requests.num[row + WAITED_FOR]! += waited
}

function wakeUp(c: Cluster, call: number, node: number): void {
  const tier = c.nodes.int[(node << NODE_INT) + TIER]!
  const ready = c.now + draw(c.fixed.tiers[tier]!.setUp, c.tiers[tier]!.setUp)
  c.nodes.int[(node << NODE_INT) + SLEEP] = WAKING
  c.nodes.num[(node << NODE_NUM) + SET_UP_TIMER] = schedule(c.queue, ready, SET_UP_ENDS, node, 0)
  const serial = c.requests.num[(c.calls.int[(call << 3) + REQUEST]! << 3) + SERIAL]!
  record(c.fixed.log, c.now, SET_UP, serial, node, ready, 0)
}

function fails(c: Cluster, node: number, share: number): boolean {
  c.nodes.errors[node] ??= stream(c.fixed.scenario.seed, `errors/${nodeName(c, node)}`)
  return uniform(c.nodes.errors[node]!) < share
}

/** `web/2`. */
export function nodeName(c: Cluster, node: number): string {
  const t = c.nodes.int[(node << NODE_INT) + TIER]!
  return c.fixed.scenario.tiers[t]!.replicas[node - c.fixed.tiers[t]!.first]!.id
}
