/**
 * Which replicas can be picked now: reasons come and go (see standing.ts), a group may be in panic, and
 * weights change. Strategies are told of every replica whose readiness or weight has really changed.
 */

import { setReady } from '../balancing/pool.ts'
import { share } from './levels.ts'
import { slowLimit, slowShare } from './slow-start.ts'
import { CLOSED, FULL, HEALTH, MAINTENANCE, MOMENTARY, OUTSIDE, STANDBY, UNKNOWN } from './standing.ts'
import type { Group, Upstream } from './upstream.ts'

/** Adds a reason why a replica cannot be picked. @returns false when it was there already */
export function takeOut(u: Upstream, replica: number, reason: number): boolean {
  const out = u.out[replica]!
  if ((out & reason) === reason) return false
  settle(u, replica, out | reason)
  return true
}

/** Takes a reason away; a replica that health has kept out begins its slow start. @returns false when it was not there */
export function letIn(u: Upstream, replica: number, reason: number, now: number): boolean {
  const out = u.out[replica]!
  if ((out & reason) === 0) return false
  if ((reason & (HEALTH | UNKNOWN | MAINTENANCE)) !== 0) u.upSince[replica] = now
  settle(u, replica, out & ~reason)
  if (u.fixed.settings.slowStart !== undefined) weigh(u, replica, now)
  return true
}

/** The runtime's word on a replica's weight: a share of what is configured, above 0. */
export function setRuntimeWeight(u: Upstream, replica: number, runtime: number, now: number): void {
  u.runtime[replica] = runtime
  weigh(u, replica, now)
}

/**
 * Brings a replica's weight up to date.
 * @returns when to do it again, ns; Infinity when its slow start is over
 */
export function weigh(u: Upstream, replica: number, now: number): number {
  const { groupOf, placeOf, strategy, settings } = u.fixed
  const { pool, memory } = u.groups[groupOf[replica]!]!
  const place = placeOf[replica]!
  const { weight: configured, maxConnections } = settings.members[replica]!
  const since = now - u.upSince[replica]!
  const grown = slowShare(settings.slowStart, configured, since)
  const weight = configured * u.runtime[replica]! * grown.share
  if (maxConnections > 0) {
    u.limit[replica] = slowLimit(settings.slowStart, maxConnections, since)
    const isFull = u.inFlight[replica]! >= u.limit[replica]!
    settle(u, replica, isFull ? u.out[replica]! | FULL : u.out[replica]! & ~FULL)
  }
  if (weight !== pool.weight[place]) {
    pool.weight[place] = weight
    pool.now = now
    strategy.changed?.(pool, memory, place)
  }
  return now + grown.again
}

/** Puts down all reasons against a replica and draws the consequences. */
export function settle(u: Upstream, replica: number, out: number): void {
  const { groupOf, skipsFull } = u.fixed
  const before = u.out[replica]!
  if (before === out) return
  const group = u.groups[groupOf[replica]!]!
  u.out[replica] = out
  if (before === FULL) u.fullCount--
  if (out === FULL) u.fullCount++
  u.keptOut += Number(isKeptOut(out)) - Number(isKeptOut(before))
  if (((before ^ out) & FULL) !== 0 && !skipsFull)
    group.pool.isFull[u.fixed.placeOf[replica]!] = out & FULL ? 1 : 0
  if (((before ^ out) & ~MOMENTARY) === 0) {
    admit(u, group, replica)
    return
  }
  group.known += Number(isKnown(out)) - Number(isKnown(before))
  group.healthy += Number(isHealthy(out)) - Number(isHealthy(before))
  admit(u, group, replica)
  watchPanic(u, group, groupOf[replica]!)
  share(u)
  standBy(u)
}

/** Tells the strategy when a replica can be picked from now on, or no more. */
function admit(u: Upstream, group: Group, replica: number): void {
  const { strategy, placeOf } = u.fixed
  const place = placeOf[replica]!
  const isReady = (u.out[replica]! & mask(u, group)) === 0
  if ((group.pool.isReady[place] === 1) === isReady) return
  setReady(group.pool, place, isReady)
  strategy.changed?.(group.pool, group.memory, place)
}

/** True when nothing that counts at present is held against a replica. */
export function isReadyNow(u: Upstream, replica: number): boolean {
  return (u.out[replica]! & mask(u, u.groups[u.fixed.groupOf[replica]!]!)) === 0
}

/** The reasons that count at present. */
function mask(u: Upstream, group: Group): number {
  const ignored = (group.panics ? HEALTH : 0) | (u.fixed.skipsFull ? 0 : FULL)
  return ~ignored
}

function watchPanic(u: Upstream, group: Group, g: number): void {
  const { panic } = u.fixed.settings
  if (panic === 0) return
  const panics = group.known > 0 && group.healthy < panic * group.known
  if (panics === group.panics) return
  group.panics = panics
  for (const replica of u.fixed.members[g]!) admit(u, group, replica)
}

/** HAProxy without `allbackups`: of the backups that could be used only the first is. */
function standBy(u: Upstream): void {
  if (u.fixed.settings.levels.rule !== 'first-backup') return
  for (let g = 1; g < u.groups.length; g++) {
    let isFirst = true
    for (const replica of u.fixed.members[g]!) {
      const out = u.out[replica]!
      const stands = !isFirst && (out & ~MOMENTARY) === 0
      if ((out & ~MOMENTARY) === 0) isFirst = false
      u.out[replica] = stands ? out | STANDBY : out & ~STANDBY
      u.keptOut += Number(isKeptOut(u.out[replica]!)) - Number(isKeptOut(out))
      admit(u, u.groups[g]!, replica)
    }
  }
}

/** Full ones and closed ones may come back while a request is tried. */
function isKeptOut(out: number): boolean {
  return (out & ~(FULL | CLOSED)) !== 0
}

function isKnown(out: number): boolean {
  return (out & (UNKNOWN | OUTSIDE)) === 0
}

function isHealthy(out: number): boolean {
  return (out & ~MOMENTARY) === 0
}
