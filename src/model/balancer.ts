/**
 * A balancer in the cluster: it asks its upstream which replica takes a call, and sends it there, lets it
 * wait, or turns it away. What it believes of its replicas is changed by its health checks.
 */

import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import {
  choose,
  countsOf,
  enter,
  hasRoom,
  LINE_FULL,
  NOBODY,
  refresh,
  replied,
  sent,
} from '../policies/upstream/choose.ts'
import { nextFor, quit } from '../policies/upstream/line.ts'
import { weigh } from '../policies/upstream/membership.ts'
import { bind, chooseBound } from './binding.ts'
import { type Cluster, draw } from './cluster.ts'
import { CALL_ARRIVES, LINE_TIMES_OUT, REFRESHES, WEIGHS } from './event-kinds.ts'
import { HELD, OK, OVERFLOW, REJECTED, RELEASED, SENT, UNAVAILABLE } from './facts.ts'
import { extraTime } from './faults/ways.ts'
import { watchSent } from './health/trials.ts'
import { greet, REUSED, takeKept } from './kept-connections.ts'
import { sendProbes } from './load-reports.ts'
import { BELOW, BUSY, NODE_INT, WAITING } from './nodes.ts'
import { addWait, arrive } from './replica.ts'
import {
  ADDRESS,
  BEARER,
  CHILD,
  freeCall,
  HOLDS,
  KEY,
  NEXT,
  NIL,
  NODE,
  newCall,
  PARENT,
  PHASE,
  PHASE_IN,
  PHASE_LINE,
  POOL,
  REQUEST,
  SENT_AT,
  SERIAL,
  SINCE,
  TIMER,
  TOP_CALL,
} from './tables.ts'

/**
 * Sends a request on its way to a replica, at once or when a place is free.
 * @param parent the call that it serves, or NIL when it comes from the clients
 * @returns `OK`, or the outcome when it is turned away
 */
export function dispatch(c: Cluster, pool: number, request: number, parent: number): number {
  const call = newCall(c.calls)
  const b = call << 3
  const { int } = c.calls
  int[b | REQUEST] = request
  int[b | POOL] = pool
  int[b | PARENT] = parent
  int[b | CHILD] = NIL
  if (parent === NIL) c.requests.int[(request << 3) | TOP_CALL] = call
  else int[(parent << 3) | CHILD] = call
  c.requests.int[(request << 3) | HOLDS]!++
  const outcome = place(c, call)
  if (outcome !== OK) {
    detach(c, call)
    c.requests.int[(request << 3) | HOLDS]!--
  }
  return outcome
}

/**
 * Finds a replica for a call that is nowhere yet.
 * @returns `OK` when it is on its way or waits, else why it is turned away
 */
export function place(c: Cluster, call: number): number {
  const answer = answerFor(c, call)
  if (answer === NOBODY) return UNAVAILABLE
  if (answer === LINE_FULL) return turnedAway(c, call)
  follow(c, call, answer)
  return OK
}

/** How a call ends for which there is no room in line, or in the limits of the cluster. */
export function turnedAway(c: Cluster, call: number): number {
  return c.pools[c.calls.int[(call << 3) | POOL]!]!.tier.limitsCluster ? OVERFLOW : REJECTED
}

/** The replica for a call, as `choose` says it. */
export function answerFor(c: Cluster, call: number): number {
  const pool = c.calls.int[(call << 3) | POOL]!
  const request = c.calls.int[(call << 3) | REQUEST]!
  const { upstream, tier } = c.pools[pool]!
  const { asked } = c.fixed
  const r = request * c.requests.stride
  asked.key = c.requests.num[r + (tier.asksBearer ? BEARER : KEY)]!
  asked.address = c.requests.num[r + ADDRESS]!
  if (tier.isPlain) return choose(upstream, asked, c.now)
  if (tier.asksForMore && tier.strategy.isOracle) seeTruth(c, pool)
  const answer = tier.isFree ? choose(upstream, asked, c.now) : chooseBound(c, pool, request, asked)
  if (tier.asksForMore) sendProbes(c, pool)
  return answer
}

/** A call goes to the replica that was chosen, or waits for one. */
export function follow(c: Cluster, call: number, answer: number): void {
  if (answer < 0) {
    hold(c, call, answer)
    return
  }
  sent(c.pools[c.calls.int[(call << 3) | POOL]!]!.upstream, answer)
  transmit(c, call, answer, false)
}

/** A call is back, or given up: it is in flight no more, and whoever waits for its place may go. */
export function notInFlight(c: Cluster, call: number, failed: boolean): void {
  const pool = c.calls.int[(call << 3) | POOL]!
  const { upstream, tier } = c.pools[pool]!
  const replica = c.calls.int[(call << 3) | NODE]! - tier.first
  replied(upstream, replica, c.now - c.calls.num[(call << 2) | SENT_AT]!, failed, c.now)
  if (upstream.line.waiting > 0) release(c, pool, replica)
}

/** A call that waits at its balancer is given up. */
export function leaveLine(c: Cluster, call: number, outcome: number): void {
  const pool = c.calls.int[(call << 3) | POOL]!
  const request = c.calls.int[(call << 3) | REQUEST]!
  const waited = c.now - c.calls.num[(call << 2) | SINCE]!
  cancel(c.queue, c.calls.num[(call << 2) | TIMER]!)
  quit(c.pools[pool]!.upstream.line, c.calls.int[(call << 3) | NEXT]!)
  if (waited > 0) addWait(c, request, waited)
  const serial = c.requests.num[request * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, RELEASED + (outcome << 8), pool, serial, waited)
}

/** The weight of a replica that starts slowly is brought up to date, and its next step planned. */
export function weighs(c: Cluster, pool: number, replica: number): void {
  const { upstream } = c.pools[pool]!
  const again = weigh(upstream, replica, c.now)
  if (again < Infinity) schedule(c.queue, again, WEIGHS, pool, replica)
  if (upstream.line.waiting > 0) release(c, pool, replica)
}

/** Plans the first look at the counts for balancers whose information is old. */
export function startRefreshing(c: Cluster): void {
  for (const [pool, { upstream }] of c.pools.entries()) {
    const { refresh } = upstream.fixed.settings
    if (refresh !== undefined) schedule(c.queue, refresh.every, REFRESHES, pool, 0)
  }
}

/** A balancer looks at the counts anew. */
export function refreshes(c: Cluster, pool: number): void {
  const { upstream, tier } = c.pools[pool]!
  const { every, of } = upstream.fixed.settings.refresh!
  if (of === 'own') refresh(upstream, countsOf(upstream), c.now)
  else
    refresh(
      upstream,
      Int32Array.from({ length: tier.count }, (_, i) => inSystem(c, tier.first + i)),
      c.now,
    )
  schedule(c.queue, c.now + every, REFRESHES, pool, 0)
}

/** A call that is sent nowhere: nobody refers to it any more. */
function detach(c: Cluster, call: number): void {
  const parent = c.calls.int[(call << 3) | PARENT]!
  const request = c.calls.int[(call << 3) | REQUEST]!
  if (parent === NIL) c.requests.int[(request << 3) | TOP_CALL] = NIL
  else c.calls.int[(parent << 3) | CHILD] = NIL
  freeCall(c.calls, call)
}

/** @param later true: even without any latency it arrives in an event of its own */
function transmit(c: Cluster, call: number, replica: number, later: boolean): void {
  const { fixed, now } = c
  const { int, num } = c.calls
  const b = call << 3
  const { tier, from } = c.pools[int[b | POOL]!]!
  if (!tier.isPlain && !tier.isFree) bind(c, int[b | POOL]!, int[b | REQUEST]!, replica)
  let delay = draw(tier.latency, c.tiers[tier.index]!.latency)
  if (c.outside.ways !== undefined) delay += extraTime(c, int[b | POOL]!, replica)
  const node = tier.first + replica
  const serial = c.requests.num[int[b | REQUEST]! * c.requests.stride + SERIAL]!
  int[b | NODE] = node
  const opens = tier.isPlain || tier.kept === undefined ? REUSED : takeKept(c, call, node)
  if (opens > 0) delay += opens
  int[b | PHASE] = PHASE_IN
  num[(call << 2) | SENT_AT] = now
  record(fixed.log, now, SENT + (from << 8), node, serial, now + delay)
  if (!tier.isPlain) {
    if (opens !== REUSED) greet(c, call, node)
    if (tier.health !== undefined) watchSent(c, int[b | POOL]!, replica)
  }
  if (delay === 0 && !later) arrive(c, call)
  else num[(call << 2) | TIMER] = schedule(c.queue, now + delay, CALL_ARRIVES, call, 0)
}

function hold(c: Cluster, call: number, answer: number): void {
  const { int, num } = c.calls
  const pool = int[(call << 3) | POOL]!
  const { upstream, tier } = c.pools[pool]!
  int[(call << 3) | PHASE] = PHASE_LINE
  int[(call << 3) | NODE] = NIL
  int[(call << 3) | NEXT] = enter(upstream, call, answer)
  num[(call << 2) | SINCE] = c.now
  num[(call << 2) | TIMER] =
    tier.lineTimeout === undefined
      ? NO_TIMER
      : schedule(c.queue, c.now + tier.lineTimeout, LINE_TIMES_OUT, call, 0)
  const serial = c.requests.num[int[(call << 3) | REQUEST]! * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, HELD, pool, serial, upstream.line.waiting)
}

/**
 * Sends those who wait for a replica there, as long as it has room. Each arrives in an event of its own, so
 * that a long line at a replica that refuses at once does not nest without end.
 */
export function release(c: Cluster, pool: number, replica: number): void {
  const { upstream } = c.pools[pool]!
  while (hasRoom(upstream, replica)) {
    const next = nextFor(upstream.line, replica)
    if (next === NIL) return
    const call = upstream.line.ticket[next]!
    leaveLine(c, call, OK)
    sent(upstream, replica)
    transmit(c, call, replica, true)
  }
}

/** An oracle is shown what truly is at every replica. */
function seeTruth(c: Cluster, pool: number): void {
  const { upstream, tier } = c.pools[pool]!
  const { members } = upstream.fixed
  for (const [g, group] of upstream.groups.entries()) {
    for (const [at, replica] of members[g]!.entries()) {
      group.pool.inSystem[at] = inSystem(c, tier.first + replica)
    }
  }
}

function inSystem(c: Cluster, node: number): number {
  const { int } = c.nodes
  const n = node << NODE_INT
  const here = int[n | BUSY]! + int[n | WAITING]!
  return c.fixed.tierOf[node]!.blocking ? here : here + int[n | BELOW]!
}
