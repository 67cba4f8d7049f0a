/**
 * Caches of clients: a visitor's request is answered from what the visitor holds, without any network, or
 * sets out; and what comes back is kept. A visitor's own write takes out what it holds of the object.
 *
 * Limit of realism: a connection that a population keeps counts such a request too.
 */

import { schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { variantOf } from '../policies/caching/cache-node.ts'
import { isAmong, nextChange } from '../policies/caching/origin.ts'
import {
  askPrivate,
  dropPrivate,
  keepPrivate,
  type PrivateSettings,
} from '../policies/caching/private-caches.ts'
import type { ClientPopulation, Scenario } from '../scenario/scenario.ts'
import { UNCACHEABLE } from './cache-look-up.ts'
import { changeAtOrigin, isWrite, lastWrite } from './cache-past.ts'
import { broughtAsOf, expectsNew } from './cache-versions.ts'
import type { Cluster } from './cluster.ts'
import { ANSWERED_AT_HOME } from './event-kinds.ts'
import { ASKED_AT_HOME, OK } from './facts.ts'
import { BEARER, HOLDS, KEY, SERIAL, SIZE, VISITOR } from './tables.ts'

/** Of a population; frozen. */
export interface FixedClientCache extends PrivateSettings {
  /** How long an answer from it takes, ns. */
  readonly latency: number
  /** Share of keys whose answers must not be kept; the same keys as in other caches. */
  readonly uncacheable: number
}

/** Undefined: its visitors keep nothing. */
export function fixedClientCache({ cache }: ClientPopulation): FixedClientCache | undefined {
  return cache && Object.freeze({ ...cache })
}

/** Whether something has to be done when a population's requests end: answers are kept, or writes have to be noted. */
export function endsMatter(client: ClientPopulation, { clients, tiers }: Scenario): boolean {
  if (client.cache !== undefined) return true
  const isOldNoticed = clients.some(({ cache }) => cache !== undefined)
  return isOldNoticed && Boolean(client.writes) && tiers.every(({ cache }) => cache === undefined)
}

/** @returns true when a request is answered by its visitor's own cache, soon */
export function isAtHome(c: Cluster, request: number, client: number, cache: FixedClientCache): boolean {
  const { int, num, stride } = c.requests
  const r = request * stride
  const own = c.clients[client]!.own!
  const visitor = int[(request << 3) | VISITOR]!
  const key = num[r + KEY]!
  if (isWrite(c, request)) {
    dropPrivate(own, visitor, key)
    return false
  }
  const asOf = askPrivate(own, cache, visitor, key, c.now)
  const isHit = asOf >= 0
  const old = isHit ? Math.max(0, c.now - changeSince(c, key, num[r + BEARER]!, asOf)) : 0
  record(c.fixed.log, c.now, ASKED_AT_HOME + (isHit ? 256 : 0), client, num[r + SERIAL]!, old)
  if (!isHit) {
    expectsNew(c, request)
    return false
  }
  int[(request << 3) | HOLDS]!++
  schedule(c.queue, c.now + cache.latency, ANSWERED_AT_HOME, request, 0)
  return true
}

/** A request has ended that went out. */
export function hasEnded(c: Cluster, request: number, client: number, outcome: number): void {
  if (outcome !== OK) return
  const { int, num, stride } = c.requests
  const r = request * stride
  const key = num[r + KEY]!
  if (isWrite(c, request)) {
    if (c.caches!.innermost < 0) changeAtOrigin(c, key)
    return
  }
  const { cache } = c.fixed.clients[client]!
  if (cache === undefined || isAmong(key, cache.uncacheable, UNCACHEABLE)) return
  const visitor = int[(request << 3) | VISITOR]!
  const asOf = broughtAsOf(c, request)
  keepPrivate(c.clients[client]!.own!, cache, visitor, key, num[r + SIZE]!, c.now, asOf)
}

/** The first change of an object at its origin after an instant, as the first tier with a cache knows it. */
function changeSince(c: Cluster, key: number, bearer: number, since: number): number {
  const { written, updates } = c.caches!
  const write = lastWrite(written, key)
  let first = write > since ? write : Infinity
  const tier = c.fixed.tiers.find(({ cache }) => cache !== undefined)
  if (tier === undefined) return first
  const { updates: period, variants } = tier.cache!
  if (period !== undefined)
    first = Math.min(first, nextChange(variantOf(key, variants, bearer), period, since))
  for (const at of updates[tier.index]!) if (at > since) first = Math.min(first, at)
  return first
}
