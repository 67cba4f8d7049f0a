/**
 * A balancer: its own view of one tier's replicas (believed readiness, requests in flight, weights), and
 * the strategy's own memory. It sends calls; what it believes is changed by its health checks.
 */

import { schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { NONE } from '../policies/balancing/strategy.ts'
import { type Balancer, type Cluster, draw } from './cluster.ts'
import { CALL_ARRIVES } from './event-kinds.ts'
import { BELIEVED, SENT } from './facts.ts'
import { arrive } from './replica.ts'
import {
  ADDRESS,
  ARRIVES,
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
  const to = fixed.pools[pool]!
  const tier = fixed.tiers[to.tier]!
  const balancer = c.pools[pool]!
  const view = balancer.pool
  if (view.readyCount === 0) return false
  const { asked } = fixed
  const r = request << 3
  asked.key = c.requests.num[r + KEY]!
  asked.address = c.requests.num[r + ADDRESS]!
  const { strategy } = tier
  const picked = strategy.pick(view, asked, balancer.memory, balancer.random)
  if (picked === NONE) return false
  const node = to.first + picked
  const call = newCall(c.calls)
  const b = call << 3
  const { int, num } = c.calls
  int[b + REQUEST] = request
  int[b + NODE] = node
  int[b + POOL] = pool
  int[b + PARENT] = parent
  int[b + CHILD] = NIL
  int[b + PHASE] = PHASE_IN
  if (parent === NIL) c.requests.int[r + TOP_CALL] = call
  else int[(parent << 3) + CHILD] = call
  c.requests.int[r + HOLDS]!++
  view.inFlight[picked]!++
  if (strategy.sent !== undefined) strategy.sent(view, balancer.memory, picked)
  const delay = draw(tier.latency, c.tiers[to.tier]!.latency)
  const arrives = now + delay
  num[b + SENT_AT] = now
  num[b + ARRIVES] = arrives
  record(fixed.log, now, SENT, c.requests.num[r + SERIAL]!, node, arrives, to.from)
  if (delay === 0) arrive(c, call)
  else num[b + TIMER] = schedule(c.queue, arrives, CALL_ARRIVES, call, 0)
  return true
}

/** A call is back, or given up: it is in flight no more. */
export function notInFlight(c: Cluster, call: number, failed: boolean): void {
  const b = call << 3
  const pool = c.calls.int[b + POOL]!
  const to = c.fixed.pools[pool]!
  const { strategy } = c.fixed.tiers[to.tier]!
  const balancer = c.pools[pool]!
  const replica = c.calls.int[b + NODE]! - to.first
  balancer.pool.inFlight[replica]!--
  if (strategy.replied !== undefined) {
    const latency = c.now - c.calls.num[b + SENT_AT]!
    strategy.replied(balancer.pool, balancer.memory, replica, latency, failed)
  }
}

/** The balancer changes its mind about a replica. */
export function believe(c: Cluster, pool: number, replica: number, isReady: boolean): void {
  const balancer = c.pools[pool]!
  const to = c.fixed.pools[pool]!
  if ((balancer.pool.isReady[replica] === 1) === isReady) return
  balancer.pool.isReady[replica] = isReady ? 1 : 0
  listReady(balancer)
  record(c.fixed.log, c.now, BELIEVED, pool, to.first + replica, isReady ? 1 : 0, 0)
  c.fixed.tiers[to.tier]!.strategy.changed?.(balancer.pool, balancer.memory, replica)
}

function listReady(balancer: Balancer): void {
  const { pool } = balancer
  let count = 0
  for (let i = 0; i < pool.size; i++) if (pool.isReady[i] === 1) pool.ready[count++] = i
  pool.readyCount = count
}
