/** Choosing a replica for a request, and keeping count of what was sent and answered. */

import { type Asked, NONE } from '../balancing/strategy.ts'
import { GOES, goes, isOver, judge, mayGo, WAITS } from './cluster-limits.ts'
import { groupFor } from './levels.ts'
import { COMMON, join, NIL } from './line.ts'
import { letIn, takeOut } from './membership.ts'
import { CLOSED, FULL, HEALTH, TRIED } from './standing.ts'
import type { Upstream } from './upstream.ts'

/** In the place of a replica: no replica can be used. */
export const NOBODY = -1
/** The request has to wait until a place is free: `enter` the line. */
export const WAIT = -2
/** It would have to wait, but as many wait already as may; or the cluster's limits turn it away. */
export const LINE_FULL = -3
/** Minus this and minus the replica's number: it has to wait for this replica. */
export const WAIT_FOR = -4

/**
 * The replica for a request, or one of the answers above. Nothing is counted: call `sent` when it is sent.
 * @param stuckTo the replica that the client sticks to, or NIL
 */
export function choose(u: Upstream, asked: Asked, now: number, stuckTo = NIL): number {
  if (stuckTo !== NIL) {
    const out = u.out[stuckTo]!
    if ((out & CLOSED) === 0) return (out & FULL) === 0 ? allowed(u, stuckTo) : waitFor(u, stuckTo)
  }
  const { strategy, hasLimits, hasLine, settings, isPlain } = u.fixed
  if (isPlain) {
    const { pool, memory } = u.groups[0]!
    if (pool.readyCount === 0) return NOBODY
    pool.now = now
    return strategy.pick(pool, asked, memory, u.random)
  }
  let g = groupFor(u)
  // nginx's backups: where nobody waits, a level that is full, or tried, leaves the request to the next.
  const passesOn = !hasLine && settings.levels.rule === 'strict'
  while (passesOn && u.groups[g]!.pool.readyCount === 0 && g + 1 < u.groups.length) g++
  const { pool, memory } = u.groups[g]!
  if (pool.readyCount === 0) return fullOrNobody(u)
  pool.now = now
  const place = strategy.pick(pool, asked, memory, u.random)
  if (place === NONE) return fullOrNobody(u)
  const replica = u.groups.length === 1 ? place : u.fixed.members[g]![place]!
  if (hasLimits && (u.out[replica]! & FULL) !== 0) return waitFor(u, replica)
  return settings.cluster === undefined ? replica : allowed(u, replica)
}

/** The replica, or what the limits of the cluster say instead. */
export function allowed(u: Upstream, replica: number): number {
  const verdict = u.cluster === undefined ? GOES : judge(u, replica)
  if (verdict === GOES) return replica
  return verdict === WAITS ? WAIT_FOR - replica : LINE_FULL
}

/** A request goes to a replica. */
export function sent(u: Upstream, replica: number): void {
  const { strategy, settings, groupOf, placeOf, hasLimits, isPlain } = u.fixed
  if (isPlain) {
    const { pool, memory } = u.groups[0]!
    pool.inFlight[replica]!++
    if (strategy.sent !== undefined) strategy.sent(pool, memory, replica)
    return
  }
  const count = ++u.inFlight[replica]!
  if (u.cluster !== undefined) goes(u, replica, count)
  if (settings.refresh === undefined) {
    const { pool, memory } = u.groups[groupOf[replica]!]!
    const place = placeOf[replica]!
    pool.inFlight[place] = count
    if (strategy.sent !== undefined) strategy.sent(pool, memory, place)
  }
  if (hasLimits && u.limit[replica]! > 0 && count >= u.limit[replica]!) takeOut(u, replica, FULL)
}

/**
 * An answer is back, or a request was given up.
 * @param latency ns since it was sent
 */
export function replied(u: Upstream, replica: number, latency: number, failed: boolean, now: number): void {
  const { strategy, settings, groupOf, placeOf, hasLimits, isPlain } = u.fixed
  if (isPlain) {
    const { pool, memory } = u.groups[0]!
    pool.inFlight[replica]!--
    if (strategy.replied === undefined) return
    pool.now = now
    strategy.replied(pool, memory, replica, latency, failed)
    return
  }
  const count = --u.inFlight[replica]!
  if (u.cluster !== undefined) isOver(u)
  if (settings.refresh === undefined) {
    const { pool, memory } = u.groups[groupOf[replica]!]!
    const place = placeOf[replica]!
    pool.inFlight[place] = count
    if (strategy.replied !== undefined) {
      pool.now = now
      strategy.replied(pool, memory, place, latency, failed)
    }
  }
  if (hasLimits && count < u.limit[replica]!) letIn(u, replica, FULL, now)
}

/** By replica: requests sent and not answered. */
export function countsOf({ fixed, groups, inFlight }: Upstream): Int32Array {
  return fixed.isPlain ? groups[0]!.pool.inFlight : inFlight
}

/** The strategy sees new counts, all at once: what it had seen before was old. */
export function refresh(u: Upstream, counts: Int32Array, now: number): void {
  const { strategy, members } = u.fixed
  for (const [g, { pool, memory }] of u.groups.entries()) {
    pool.now = now
    for (const [place, replica] of members[g]!.entries()) {
      if (pool.inFlight[place] === counts[replica]) continue
      pool.inFlight[place] = counts[replica]!
      strategy.changed?.(pool, memory, place)
    }
  }
}

/** Lets a request wait. @param answer what `choose` gave: `WAIT`, or for one replica. @returns its place in the line */
export function enter(u: Upstream, ticket: number, answer: number): number {
  return join(u.line, ticket, answer === WAIT ? COMMON : COMMON + 1 + (WAIT_FOR - answer))
}

/** True when a replica can take one that waits. */
export function hasRoom(u: Upstream, replica: number): boolean {
  // Who waits for a connection gets it, whatever is held of the replica by then.
  if (u.cluster !== undefined) return mayGo(u, replica)
  return (u.out[replica]! & (CLOSED | FULL)) === 0
}

/** While one request is placed again: the replicas that it has tried are out, and then as they were. */
export function without<T>(u: Upstream, tried: readonly number[], now: number, chosen: () => T): T {
  for (const replica of tried) takeOut(u, replica, TRIED)
  const result = chosen()
  for (const replica of tried) letIn(u, replica, TRIED, now)
  return result
}

function waitFor(u: Upstream, replica: number): number {
  return mayWait(u) ? WAIT_FOR - replica : LINE_FULL
}

function fullOrNobody(u: Upstream): number {
  if (!u.fixed.hasLine || !isAnyFull(u)) return NOBODY
  return mayWait(u) ? WAIT : LINE_FULL
}

/** True when a replica could be picked if it were not full; where a group is in panic, whatever its health. */
function isAnyFull({ fixed, fullCount, groups, out }: Upstream): boolean {
  if (fullCount > 0) return true
  return groups.some(
    ({ panics }, g) => panics && fixed.members[g]!.some((replica) => (out[replica]! & ~HEALTH) === FULL),
  )
}

function mayWait(u: Upstream): boolean {
  return u.fixed.hasLine && u.line.waiting < u.fixed.settings.line
}
