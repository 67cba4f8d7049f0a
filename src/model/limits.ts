/**
 * Rate limits of a tier: each request is judged when it reaches a node, before it queues there. What passes
 * with a delay is held back, what does not pass is answered at once. A limit counts at each node for itself,
 * or at a store that all nodes ask, which takes time and may be out. A node that crashes forgets its counts.
 *
 * Limits of realism: judging takes no work, and a node that hangs judges nobody. Several limits are judged
 * one after the other: what a later one rejects, the earlier ones have counted. The store counts at the
 * instant at which its answer is back.
 */

import type { Stream } from '../base/stream.ts'
import { stream } from '../base/stream.ts'
import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { limiters } from '../policies/limits/index.ts'
import { type Limiter, REJECT } from '../policies/limits/limit.ts'
import { ended, judge, retryAfter, type Zone, zone } from '../policies/limits/zone.ts'
import type { Params } from '../policies/policy.ts'
import type { LimitKey } from '../scenario/rate-limit.ts'
import type { Outage, Scenario, Tier } from '../scenario/scenario.ts'
import { type Cluster, type Drawn, draw, type FixedTier } from './cluster.ts'
import { drawn } from './drawn.ts'
import { LIMIT_GOES_ON } from './event-kinds.ts'
import { HEALTH_HUNG, HELD_BACK, LIMITED, OK } from './facts.ts'
import { CRASHES, HEALTH, NODE_INT } from './nodes.ts'
import {
  ADDRESS,
  BEARER,
  CLIENT,
  isCheck,
  KEY,
  NEXT,
  PHASE,
  PHASE_HELD,
  PREVIOUS,
  REQUEST,
  SERIAL,
  TIMER,
  VISITOR,
  WORK,
} from './tables.ts'
import { originOf, RETRY_AFTER, tryRow } from './tries-table.ts'
import { visitorNumber } from './visitors.ts'

/** Of a tier; frozen. */
export interface FixedLimit {
  readonly limiter: Limiter
  readonly params: Params
  readonly key: LimitKey
  /** As many keys are remembered at each place. */
  readonly most: number
  /** By population: 1 when it is judged. */
  readonly judges: Uint8Array
  /** True: rejections say when to come again. */
  readonly tellsWhen: boolean
  readonly isShared: boolean
  /** Undefined: at the node itself, or a store that answers at once and always. */
  readonly store: FixedStore | undefined
}

interface FixedStore {
  readonly latency: Drawn
  readonly outages: readonly Outage[]
  /** While it is out everything passes; else nothing does. */
  readonly failsOpen: boolean
}

/** What a tier's limits remember. */
export interface LimitState {
  /** Limit i at the tier's node j: i * nodes + j; a shared one has the first place only. */
  readonly zones: Zone[]
  /** By node of the tier: how often it had crashed when its zones were opened. */
  readonly crashes: Int32Array
  readonly storeLatency: Stream
  /** By call: a bit for each limit that counts it while it goes on. */
  counted: Int32Array
}

/** Undefined when a tier lets everything in. */
export function fixedLimits({ rateLimits }: Tier, { clients }: Scenario): readonly FixedLimit[] | undefined {
  return rateLimits?.map(({ rule, key, keys, status, scope, store, only }): FixedLimit => {
    const judges = Uint8Array.from(clients, ({ id }) => (only === undefined || only.includes(id) ? 1 : 0))
    return Object.freeze({
      limiter: limiters.get(rule.policy),
      params: rule.params,
      key,
      most: keys,
      judges,
      tellsWhen: status === 429,
      isShared: scope === 'shared',
      store: store && {
        latency: drawn(store.latency),
        outages: store.outages,
        failsOpen: store.onOutage === 'open',
      },
    })
  })
}

/** Nothing has been judged yet. */
export function limitState({ id, limits, count }: FixedTier, seed: Scenario['seed']): LimitState | undefined {
  if (limits === undefined) return undefined
  return {
    zones: limits.flatMap(({ limiter, params, most, isShared }) =>
      Array.from({ length: count }, (_, i) => zone(limiter, params, isShared && i > 0 ? 1 : most)),
    ),
    crashes: new Int32Array(count),
    storeLatency: stream(seed, `limits/${id}`),
    counted: new Int32Array(0),
  }
}

/** A call comes in. @returns `OK` when it may enter now, `LIMITED`, or `HELD` when it has to wait */
export function judgeArrival(c: Cluster, call: number, node: number): number {
  const { int, num } = c.calls
  if (isCheck(c.requests, int[(call << 3) + REQUEST]!)) return OK
  int[(call << 3) + NEXT] = 0
  int[(call << 3) + PREVIOUS] = 0
  num[(call << 2) + WORK] = 0
  forgetAfterCrash(c, node)
  return judgeOn(c, call, node)
}

/** It has been held back for long enough. @returns as `judgeArrival` */
export function judgeOn(c: Cluster, call: number, node: number): number {
  const { int, num } = c.calls
  const b = call << 3
  const tier = c.fixed.tierOf[node]!
  const limits = tier.limits!
  const state = c.tiers[tier.index]!.limits!
  const client = c.requests.int[(int[b + REQUEST]! << 3) + CLIENT]!
  for (; int[b + NEXT]! < limits.length; int[b + NEXT]!++) {
    const limit = limits[int[b + NEXT]!]!
    if (c.nodes.int[(node << NODE_INT) + HEALTH] === HEALTH_HUNG) return OK
    if (limit.judges[client] === 0) continue
    if (limit.store !== undefined) {
      if (int[b + PREVIOUS] === 0) {
        int[b + PREVIOUS] = 1
        const wait = draw(limit.store.latency, state.storeLatency)
        if (wait > 0) return holdBack(c, call, node, wait)
      }
      int[b + PREVIOUS] = 0
      if (isOut(limit.store, c.now)) {
        if (limit.store.failsOpen) continue
        return LIMITED
      }
    }
    const delay = judgeBy(c, call, node, limit, state)
    if (delay === REJECT) return LIMITED
    num[(call << 2) + WORK] = Math.max(num[(call << 2) + WORK]!, delay)
  }
  const delay = num[(call << 2) + WORK]!
  num[(call << 2) + WORK] = 0
  return delay > 0 ? holdBack(c, call, node, delay) : OK
}

/** A call leaves its node: limits on what goes on at the same time count it no more. */
export function endLimits(c: Cluster, call: number, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const { counted, zones } = c.tiers[tier.index]!.limits!
  const bits = counted[call] ?? 0
  if (bits === 0) return
  counted[call] = 0
  const request = c.calls.int[(call << 3) + REQUEST]!
  for (const [i, limit] of tier.limits!.entries()) {
    if ((bits & (1 << i)) === 0) continue
    ended(limit.limiter, limit.params, zones[placeOf(tier, i, node)]!, keyOf(c, request, limit.key))
  }
}

/** Takes a call that is held back off its timer. */
export function stopHolding(c: Cluster, call: number): void {
  cancel(c.queue, c.calls.num[(call << 2) + TIMER]!)
  c.calls.num[(call << 2) + TIMER] = NO_TIMER
}

/** In place of an outcome: it is held back. */
export const HELD = -1

function judgeBy(c: Cluster, call: number, node: number, limit: FixedLimit, state: LimitState): number {
  const tier = c.fixed.tierOf[node]!
  const { limiter, params } = limit
  const request = c.calls.int[(call << 3) + REQUEST]!
  const i = c.calls.int[(call << 3) + NEXT]!
  const memory = state.zones[placeOf(tier, i, node)]!
  const key = keyOf(c, request, limit.key)
  const verdict = judge(limiter, params, memory, key, c.now)
  if (verdict === REJECT) {
    if (limit.tellsWhen) tellWhen(c, request, retryAfter(limiter, params, memory, key, c.now))
  } else if (limiter.ended !== undefined) countCall(state, call, 1 << i)
  return verdict
}

/** A client that honours it comes again no sooner. */
function tellWhen(c: Cluster, request: number, seconds: number): void {
  if (c.tries === undefined) return
  c.tries.num[tryRow(originOf(c.tries, request)) + RETRY_AFTER] = seconds * 1e9
}

function countCall(state: LimitState, call: number, bit: number): void {
  if (call >= state.counted.length) {
    const wide = new Int32Array(Math.max(256, 2 * call))
    wide.set(state.counted)
    state.counted = wide
  }
  state.counted[call]! |= bit
}

function holdBack(c: Cluster, call: number, node: number, wait: number): number {
  const { int, num } = c.calls
  int[(call << 3) + PHASE] = PHASE_HELD
  const serial = c.requests.num[int[(call << 3) + REQUEST]! * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, HELD_BACK, node, serial, c.now + wait)
  num[(call << 2) + TIMER] = schedule(c.queue, c.now + wait, LIMIT_GOES_ON, call, 0)
  return HELD
}

function placeOf({ limits, count, first }: FixedTier, i: number, node: number): number {
  return i * count + (limits![i]!.isShared ? 0 : node - first)
}

function keyOf(c: Cluster, request: number, key: LimitKey): number {
  const r = request * c.requests.stride
  const { int, num } = c.requests
  switch (key) {
    case 'address':
      return num[r + ADDRESS]!
    case 'path':
      return num[r + KEY]!
    case 'session':
    case 'header':
      return num[r + BEARER]!
    case 'visitor':
      return visitorNumber(int[(request << 3) + CLIENT]!, int[(request << 3) + VISITOR]!)
    case 'global':
      return 0
  }
}

/** What a node counted was in its memory. */
function forgetAfterCrash(c: Cluster, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const state = c.tiers[tier.index]!.limits!
  const crashes = c.nodes.int[(node << NODE_INT) + CRASHES]!
  if (state.crashes[node - tier.first] === crashes) return
  state.crashes[node - tier.first] = crashes
  for (const [i, { limiter, params, most, isShared }] of tier.limits!.entries()) {
    if (!isShared) state.zones[placeOf(tier, i, node)] = zone(limiter, params, most)
  }
}

function isOut({ outages }: FixedStore, now: number): boolean {
  return outages.some(({ from, to }) => now >= from && now < to)
}
