/**
 * Rate limits of a tier: each request is judged when it reaches a node, before it queues there. What passes
 * with a delay is held back, what does not pass is answered at once. A limit counts at each node for itself,
 * or at a store that all nodes ask, which takes time and may be out. A node that crashes forgets its counts.
 *
 * Several limits are judged one after the other, and a request that a later one rejects was counted by the
 * earlier ones, as by HAProxy's trackers and Varnish's vsthrottle; nginx's limits of a kind count it only when
 * all let it pass, and so do leaky buckets here, unless a store is asked in between.
 *
 * Limits of realism: judging takes no work, and a node that hangs judges nobody. The store counts at the
 * instant at which its answer is back.
 *
 * Source of the order: nginx 1.29, ngx_http_limit_req_handler.
 */

import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { REJECT } from '../policies/limits/limit.ts'
import { ended, zone } from '../policies/limits/zone.ts'
import { type Cluster, draw } from './cluster.ts'
import { LIMIT_GOES_ON } from './event-kinds.ts'
import { HEALTH_HUNG, HELD_BACK, LIMITED, OK } from './facts.ts'
import { classOf } from './limit-classes.ts'
import { bitOf, countAnew, judgeBy, limitedKey, takeBackTogether } from './limit-judging.ts'
import { type FixedLimit, type FixedStore, placeOf } from './limit-state.ts'
import { CRASHES, HEALTH, NODE_INT } from './nodes.ts'
import { CLIENT, isCheck, NEXT, PHASE, PHASE_HELD, PREVIOUS, REQUEST, SERIAL, TIMER, WORK } from './tables.ts'

/** A call comes in. @returns `OK` when it may enter now, `LIMITED`, or `HELD` when it has to wait */
export function judgeArrival(c: Cluster, call: number, node: number): number {
  const { int, num } = c.calls
  if (isCheck(c.requests, int[(call << 3) | REQUEST]!)) return OK
  int[(call << 3) | NEXT] = 0
  int[(call << 3) | PREVIOUS] = 0
  num[(call << 2) | WORK] = 0
  forgetAfterCrash(c, node)
  const tier = c.fixed.tierOf[node]!
  const only = tier.limits![0]!
  return only.isSimple ? judgeOnce(c, call, node, only) : judgeOn(c, call, node)
}

/** As `judgeOn`, by the only limit that there is. */
function judgeOnce(c: Cluster, call: number, node: number, limit: FixedLimit): number {
  const { int } = c.calls
  const client = c.requests.int[(int[(call << 3) | REQUEST]! << 3) | CLIENT]!
  if (limit.judges[client] === 0) return OK
  const delay = judgeBy(c, call, node, limit, c.tiers[c.fixed.tierOf[node]!.index]!.limits!)
  if (delay === REJECT) return LIMITED
  if (delay === 0) return OK
  int[(call << 3) | NEXT] = 1
  return holdBack(c, call, node, delay)
}

/** It has been held back for long enough. @returns as `judgeArrival` */
export function judgeOn(c: Cluster, call: number, node: number): number {
  const { int, num } = c.calls
  const b = call << 3
  const tier = c.fixed.tierOf[node]!
  const limits = tier.limits!
  const state = c.tiers[tier.index]!.limits!
  const client = c.requests.int[(int[b | REQUEST]! << 3) | CLIENT]!
  countAnew()
  for (; int[b | NEXT]! < limits.length; int[b | NEXT]!++) {
    const limit = limits[int[b | NEXT]!]!
    if (c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_HUNG) return OK
    if (limit.judges[client] === 0) continue
    if (limit.store !== undefined) {
      if (int[b | PREVIOUS] === 0) {
        int[b | PREVIOUS] = 1
        const wait = draw(limit.store.latency, state.storeLatency)
        if (wait > 0) return holdBack(c, call, node, wait)
      }
      int[b | PREVIOUS] = 0
      if (isOut(limit.store, c.now)) {
        if (limit.store.failsOpen) continue
        return LIMITED
      }
    }
    const delay = judgeBy(c, call, node, limit, state)
    if (delay === REJECT) {
      if (limit.limiter.countsTogether) takeBackTogether()
      return LIMITED
    }
    num[(call << 2) | WORK] = Math.max(num[(call << 2) | WORK]!, delay)
  }
  const delay = num[(call << 2) | WORK]!
  num[(call << 2) | WORK] = 0
  return delay > 0 ? holdBack(c, call, node, delay) : OK
}

/** A call leaves its node: limits on what goes on at the same time count it no more. */
export function endLimits(c: Cluster, call: number, node: number): void {
  const tier = c.fixed.tierOf[node]!
  if (tier.limits![0]!.isSimple) return
  const { counted: byCall, zones } = c.tiers[tier.index]!.limits!
  const bits = byCall[call] ?? 0
  if (bits === 0) return
  byCall[call] = 0
  const request = c.calls.int[(call << 3) | REQUEST]!
  for (const [i, limit] of tier.limits!.entries()) {
    for (const isOwn of [false, true]) {
      if ((bits & bitOf(i, isOwn)) === 0) continue
      const counter = isOwn ? 1 + classOf(c, request, limit.classes!) : 0
      const memory = zones[placeOf(tier, limit, counter, node)]!
      ended(limit.limiter, limit.counters[counter]!, memory, limitedKey(c, request, limit.key))
    }
  }
}

/** Takes a call that is held back off its timer. */
export function stopHolding(c: Cluster, call: number): void {
  cancel(c.queue, c.calls.num[(call << 2) | TIMER]!)
  c.calls.num[(call << 2) | TIMER] = NO_TIMER
}

/** In place of an outcome: it is held back. */
export const HELD = -1

function holdBack(c: Cluster, call: number, node: number, wait: number): number {
  const { int, num } = c.calls
  int[(call << 3) | PHASE] = PHASE_HELD
  const serial = c.requests.num[int[(call << 3) | REQUEST]! * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, HELD_BACK, node, serial, c.now + wait)
  num[(call << 2) | TIMER] = schedule(c.queue, c.now + wait, LIMIT_GOES_ON, call, 0)
  return HELD
}

/** What a node counted was in its memory. */
function forgetAfterCrash(c: Cluster, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const state = c.tiers[tier.index]!.limits!
  const crashes = c.nodes.int[(node << NODE_INT) | CRASHES]!
  if (state.crashes[node - tier.first] === crashes) return
  state.crashes[node - tier.first] = crashes
  for (const limit of tier.limits!) {
    if (limit.isShared) continue
    for (const [counter, params] of limit.counters.entries()) {
      if (params !== undefined)
        state.zones[placeOf(tier, limit, counter, node)] = zone(
          limit.limiter,
          params,
          limit.most,
          limit.bound,
        )
    }
  }
}

function isOut({ outages }: FixedStore, now: number): boolean {
  return outages.some(({ from, to }) => now >= from && now < to)
}
