/**
 * A balancer: its own view of one tier's replicas (believed readiness, requests in flight, weights), and
 * the strategy's own memory. It sends calls; what it believes is changed by its health checks.
 */

import { schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { NONE } from '../policies/balancing/strategy.ts'
import { type Cluster, draw } from './cluster.ts'
import { CALL_ARRIVES } from './event-kinds.ts'
import { BELIEVED, SENT } from './facts.ts'
import { arrive } from './replica.ts'
import {
  ADDRESS,
  CHILD,
  HOLDS,
  KEY,
  NIL,
  NODE,
  newCall,
  PARENT,
  PHASE,
  PHASE_IN,
  POOL,
  REQUEST,
  SENT_AT,
  SERIAL,
  TIMER,
  TOP_CALL,
} from './tables.ts'

/**
 * Picks a replica and sends the request there.
 * @param parent the call that it serves, or NIL when it comes from the clients
 * @returns false when no replica is believed ready
 */
export function dispatch(c: Cluster, pool: number, request: number, parent: number): boolean {
  const { fixed, now } = c
  const balancer = c.pools[pool]!
  const { tier, pool: view, memory } = balancer
  if (view.readyCount === 0) return false
  const { asked } = fixed
  const { strategy } = tier
  view.now = now
  const r = request * c.requests.stride
  asked.key = c.requests.num[r + KEY]!
  asked.address = c.requests.num[r + ADDRESS]!
  const picked = strategy.pick(view, asked, memory, balancer.random)
  if (picked === NONE) return false
  view.inFlight[picked]!++
  if (strategy.sent !== undefined) strategy.sent(view, memory, picked)
  const delay = draw(tier.latency, c.tiers[tier.index]!.latency)
  const node = tier.first + picked
  const call = newCall(c.calls)
  const b = call << 3
  const { int, num } = c.calls
  int[b + REQUEST] = request
  int[b + NODE] = node
  int[b + POOL] = pool
  int[b + PARENT] = parent
  int[b + CHILD] = NIL
  int[b + PHASE] = PHASE_IN
  num[(call << 2) + SENT_AT] = now
  if (parent === NIL) c.requests.int[(request << 3) + TOP_CALL] = call
  else int[(parent << 3) + CHILD] = call
  c.requests.int[(request << 3) + HOLDS]!++
  record(fixed.log, now, SENT + (balancer.from << 8), node, c.requests.num[r + SERIAL]!, now + delay)
  if (delay === 0) arrive(c, call)
  else num[(call << 2) + TIMER] = schedule(c.queue, now + delay, CALL_ARRIVES, call, 0)
  return true
}

/** A call is back, or given up: it is in flight no more. */
export function notInFlight(c: Cluster, call: number, failed: boolean): void {
  const { pool, tier, memory } = c.pools[c.calls.int[(call << 3) + POOL]!]!
  const replica = c.calls.int[(call << 3) + NODE]! - tier.first
  pool.inFlight[replica]!--
  const { strategy } = tier
  if (strategy.replied !== undefined) {
    pool.now = c.now
    strategy.replied(pool, memory, replica, c.now - c.calls.num[(call << 2) + SENT_AT]!, failed)
  }
}

/** The balancer changes its mind about a replica. */
export function believe(c: Cluster, balancer: number, replica: number, isReady: boolean): void {
  const { pool, tier, memory } = c.pools[balancer]!
  if ((pool.isReady[replica] === 1) === isReady) return
  pool.isReady[replica] = isReady ? 1 : 0
  let count = 0
  for (let i = 0; i < pool.size; i++) if (pool.isReady[i] === 1) pool.ready[count++] = i
  pool.readyCount = count
  record(c.fixed.log, c.now, BELIEVED + (isReady ? 256 : 0), tier.first + replica, balancer, 0)
  pool.now = c.now
  tier.strategy.changed?.(pool, memory, replica)
}
