/**
 * How a replica protects itself: it turns requests away at its door (load shedding, an adaptive limit, a
 * deadline that has passed), or drops them from the head of its queue (CoDel, a deadline).
 *
 * Limits of realism: turning away costs no work, and a replica that hangs turns nobody away.
 */

import { type Stream, stream } from '../base/stream.ts'
import type { Params } from '../policies/policy.ts'
import { type Codel, drops, emptied, openCodel } from '../policies/resilience/codel.ts'
import { adaptiveLimits } from '../policies/resilience/limits/index.ts'
import { type AdaptiveLimit, LIMIT } from '../policies/resilience/limits/limit.ts'
import { sheddings } from '../policies/resilience/shedding/index.ts'
import type { Door, Shedding } from '../policies/resilience/shedding/shedding.ts'
import type { Scenario, Service } from '../scenario/scenario.ts'
import type { Cluster } from './cluster.ts'
import { ERROR, HEALTH_UP, LATE, OK, PHASE_DOOR, PHASE_HANDSHAKE, SHED } from './facts.ts'
import { BELOW, BUSY, HEALTH, NODE_INT, SLOTS, WAITING } from './nodes.ts'
import { CLIENT, REQUEST, SENT_AT, SINCE } from './tables.ts'
import { DEADLINE, tryTimes } from './tries-table.ts'

/** Of a tier; frozen. */
export interface FixedGuard {
  readonly shed: Shedding | undefined
  readonly shedParams: Params
  readonly limit: AdaptiveLimit | undefined
  readonly limitParams: Params
  readonly dropsLate: boolean
  readonly codel: Codel | undefined
  readonly lifoAfter: number | undefined
}

/** What one replica remembers. */
export interface Guard {
  readonly shed: Float64Array
  readonly limit: Float64Array
  readonly codel: Float64Array
  readonly random: Stream
  /** Since when its queue has not been empty, ns. */
  queueSince: number
}

const NO_PARAMS: Params = Object.freeze({})
const STANDARD_CODEL: Codel = Object.freeze({ target: 5e6, interval: 1e8 })
const STANDARD_LIFO = 1e8

/** Undefined when a tier's replicas take whatever comes. */
export function fixedGuard(service: Service): FixedGuard | undefined {
  const { shed, limit, dropsLate = false, discipline } = service
  const codel = discipline === 'codel' ? (service.codel ?? STANDARD_CODEL) : undefined
  const lifoAfter = discipline === 'adaptive-lifo' ? (service.lifoAfter ?? STANDARD_LIFO) : undefined
  if (!shed && !limit && !dropsLate && !codel && lifoAfter === undefined) return undefined
  return Object.freeze({
    shed: shed && sheddings.get(shed.policy),
    shedParams: shed?.params ?? NO_PARAMS,
    limit: limit && adaptiveLimits.get(limit.policy),
    limitParams: limit?.params ?? NO_PARAMS,
    dropsLate,
    codel,
    lifoAfter,
  })
}

/** By node. */
export function guards({ tiers, seed }: Scenario): (Guard | undefined)[] {
  return tiers.flatMap(({ service, replicas }) => {
    const fixed = fixedGuard(service)
    return replicas.map(({ id }): Guard | undefined => {
      if (fixed === undefined) return undefined
      return {
        shed: fixed.shed?.remember(fixed.shedParams) ?? new Float64Array(0),
        limit: fixed.limit?.remember(fixed.limitParams) ?? new Float64Array(0),
        codel: openCodel(),
        random: stream(seed, `limit/${id}`),
        queueSince: 0,
      }
    })
  })
}

/** Scratch: what a rule is asked about. */
const door: Door = { busy: 0, waiting: 0, slots: 0, priority: 0, timeLeft: Infinity }

/** A call is at the door. @returns `OK`, or why it is turned away */
export function atDoor(c: Cluster, call: number, node: number, fixed: FixedGuard): number {
  const { int } = c.nodes
  const n = node << NODE_INT
  if (int[n | HEALTH] !== HEALTH_UP) return OK
  const request = c.calls.int[(call << 3) | REQUEST]!
  if (fixed.dropsLate && isLate(c, request)) return LATE
  const guard = c.nodes.guards[node]!
  if (fixed.limit !== undefined && underWay(c, node) >= Math.floor(guard.limit[LIMIT]!)) return SHED
  if (fixed.shed === undefined) return OK
  door.busy = int[n | BUSY]!
  door.waiting = int[n | WAITING]!
  door.slots = int[n | SLOTS]!
  // Checks of health are nobody's, and as important as can be.
  door.priority = c.fixed.clients[c.requests.int[(request << 3) | CLIENT]!]?.priority ?? 0
  door.timeLeft = c.tries!.num[tryTimes(request) | DEADLINE]! - c.now
  return fixed.shed.admits(fixed.shedParams, guard.shed, door) ? OK : SHED
}

/** A call is next in the queue. @returns `OK`, or why it is dropped */
export function atHead(c: Cluster, call: number, node: number, fixed: FixedGuard): number {
  const n = node << NODE_INT
  if (c.nodes.int[n | HEALTH] !== HEALTH_UP) return OK
  if (fixed.dropsLate && isLate(c, c.calls.int[(call << 3) | REQUEST]!)) return LATE
  if (fixed.codel === undefined) return OK
  const waited = c.now - c.calls.num[(call << 2) | SINCE]!
  const isLast = c.nodes.int[n | WAITING] === 1
  return drops(fixed.codel, c.nodes.guards[node]!.codel, waited, isLast, c.now) ? SHED : OK
}

/** The first one waits. */
export function queueBegins(c: Cluster, node: number): void {
  c.nodes.guards[node]!.queueSince = c.now
}

/** Nobody waits any more. */
export function queueEnds(c: Cluster, node: number): void {
  emptied(c.nodes.guards[node]!.codel)
}

/** True while the queue has not been empty for so long that who came last is served first. */
export function isTurned(c: Cluster, node: number, { lifoAfter }: FixedGuard): boolean {
  return lifoAfter !== undefined && c.now - c.nodes.guards[node]!.queueSince >= lifoAfter
}

/** A service is over. */
export function learnService(c: Cluster, call: number, node: number, { shed, shedParams }: FixedGuard): void {
  shed?.served(shedParams, c.nodes.guards[node]!.shed, c.now - c.calls.num[(call << 2) | SINCE]!)
}

/** A call leaves; it is counted as under way no more. */
export function learnEnd(
  c: Cluster,
  call: number,
  node: number,
  { limit, limitParams }: FixedGuard,
  outcome: number,
  phase: number,
): void {
  if (limit === undefined || phase === PHASE_DOOR || phase === PHASE_HANDSHAKE) return
  const took = c.now - c.calls.num[(call << 2) | SENT_AT]!
  const isDropped = outcome !== OK && outcome !== ERROR
  const { limit: memory, random } = c.nodes.guards[node]!
  limit.ended(limitParams, memory, took, underWay(c, node) + 1, isDropped, random)
}

function isLate(c: Cluster, request: number): boolean {
  return c.now >= c.tries!.num[tryTimes(request) | DEADLINE]!
}

function underWay({ nodes, fixed }: Cluster, node: number): number {
  const { int } = nodes
  const n = node << NODE_INT
  const here = int[n | BUSY]! + int[n | WAITING]!
  return fixed.tierOf[node]!.blocking ? here : here + int[n | BELOW]!
}
