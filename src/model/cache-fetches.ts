/**
 * Fetches of cache nodes: those who wait for one, and those that are made in the background, for nobody.
 *
 * A fetch in the background has a request's row of its own, a copy of the one that caused it, and a call that
 * stands at the node and comes from nowhere. In facts it goes by that request's serial number with a fraction
 * added, of which each tier has its own. It is no arrival, and takes no slot at its node.
 */

import { NO_ROW } from '../base/keyed-rows.ts'
import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import {
  type CacheNode,
  cacheNode,
  endFetch,
  FIRST,
  fetchColumns,
  fetchOf,
  LAST,
  LEADER,
} from '../policies/caching/cache-node.ts'
import { POLL } from '../policies/caching/settings.ts'
import { objectOf } from './cache-origin.ts'
import type { FixedCache } from './cache-state.ts'
import { freeIfDone } from './clients.ts'
import type { Cluster } from './cluster.ts'
import { FETCH_IS_OVER } from './event-kinds.ts'
import { OK, PHASE_DOWNSTREAM } from './facts.ts'
import {
  BACKGROUND,
  CHILD,
  freeCall,
  HOLDS,
  IS_SETTLED,
  NEXT,
  NIL,
  NODE,
  newCall,
  newRequest,
  PARENT,
  PHASE,
  PHASE_AWAITS,
  POOL,
  PREVIOUS,
  REQUEST,
  SENT_AT,
  SERIAL,
  SESSION,
  SINCE,
  TIMEOUT,
  TIMER,
  TOP_CALL,
  WAITED_FOR,
} from './tables.ts'
import { enrol } from './tries-table.ts'

/** In the place of the next in a line: it stands in none. */
export const APART = -2

/** A call that has gone below waits for the fetch of its object. */
export function awaitFetch(c: Cluster, call: number, node: number, cache: FixedCache): void {
  const { int, num } = c.calls
  const b = call << 3
  int[b | PHASE] = PHASE_AWAITS
  num[(call << 2) | SINCE] = c.now
  stayInLine(c, call, node, cache)
}

/** It goes on waiting. */
export function stayInLine(c: Cluster, call: number, node: number, cache: FixedCache): void {
  const { int, num } = c.calls
  const b = call << 3
  if (cache.settings.rule === 'nginx') {
    int[b | NEXT] = APART
    num[(call << 2) | TIMER] = schedule(c.queue, c.now + POLL, FETCH_IS_OVER, call, OK)
    return
  }
  const mind = c.caches!.nodes[node]!
  const { values } = mind.fetches
  const f = fetchColumns(fetchOf(mind, objectOf(c, call, cache)))
  const last = values[f + LAST]!
  num[(call << 2) | TIMER] = NO_TIMER
  int[b | NEXT] = NIL
  int[b | PREVIOUS] = last
  if (last === NIL) values[f + FIRST] = call
  else int[(last << 3) | NEXT] = call
  values[f + LAST] = call
}

/** A call waits no more. */
export function leaveFetch(c: Cluster, call: number, node: number): void {
  const { int, num } = c.calls
  const b = call << 3
  cancel(c.queue, num[(call << 2) | TIMER]!)
  num[(call << 2) | TIMER] = NO_TIMER
  if (int[b | NEXT] === APART) return
  const mind = c.caches!.nodes[node]!
  const row = fetchOf(mind, objectOf(c, call, c.fixed.tierOf[node]!.cache!))
  // The cache has crashed, and with it whatever was waited for.
  if (row === NO_ROW) return
  const f = fetchColumns(row)
  const next = int[b | NEXT]!
  const previous = int[b | PREVIOUS]!
  if (previous === NIL) mind.fetches.values[f + FIRST] = next
  else int[(previous << 3) | NEXT] = next
  if (next === NIL) mind.fetches.values[f + LAST] = previous
  else int[(next << 3) | PREVIOUS] = previous
}

/**
 * If a call makes the fetch of its object, that is over: those who wait look again, each in an event of its own.
 * @param failedAs the outcome that they share; `OK`: they ask the cache
 */
export function fetchIsOver(
  c: Cluster,
  call: number,
  node: number,
  cache: FixedCache,
  failedAs: number,
): void {
  const mind = c.caches!.nodes[node]!
  const row = fetchOf(mind, objectOf(c, call, cache))
  if (row === NO_ROW) return
  const f = fetchColumns(row)
  const { values } = mind.fetches
  if (values[f + LEADER] !== call) return
  const { int, num } = c.calls
  for (let one = values[f + FIRST]!; one !== NIL; ) {
    const next = int[(one << 3) | NEXT]!
    int[(one << 3) | NEXT] = APART
    num[(one << 2) | TIMER] = schedule(c.queue, c.now, FETCH_IS_OVER, one, failedAs)
    one = next
  }
  endFetch(mind, row)
}

/** A fetch for nobody, because of a call. @returns its call, still to be sent */
export function backgroundCall(c: Cluster, because: number, node: number): number {
  const { requests } = c
  const from = c.calls.int[(because << 3) | REQUEST]!
  const row = newRequest(requests)
  const { int, num, stride } = requests
  int.copyWithin(row << 3, from << 3, (from + 1) << 3)
  num.copyWithin(row * stride, from * stride, (from + 1) * stride)
  int[(row << 3) | HOLDS] = 1
  int[(row << 3) | IS_SETTLED] = 0
  int[(row << 3) | TOP_CALL] = NIL
  int[(row << 3) | SESSION] = NIL
  num[row * stride + TIMEOUT] = NO_TIMER
  num[row * stride + WAITED_FOR] = 0
  num[row * stride + SERIAL]! += c.fixed.tierOf[node]!.cache!.fraction
  if (c.tries !== undefined) enrol(c.tries, row, Infinity, 0, c.caches!.random[node]!)
  const call = newCall(c.calls)
  const b = call << 3
  c.calls.int[b | REQUEST] = row
  c.calls.int[b | NODE] = node
  c.calls.int[b | POOL] = c.calls.int[(because << 3) | POOL]!
  c.calls.int[b | PARENT] = BACKGROUND
  c.calls.int[b | CHILD] = NIL
  c.calls.int[b | PHASE] = PHASE_DOWNSTREAM
  c.calls.num[(call << 2) | TIMER] = NO_TIMER
  c.calls.num[(call << 2) | SENT_AT] = c.now
  return call
}

/** A fetch in the background has ended, one way or the other. */
export function endBackground(c: Cluster, call: number): void {
  const request = c.calls.int[(call << 3) | REQUEST]!
  freeCall(c.calls, call)
  c.requests.int[(request << 3) | IS_SETTLED] = 1
  c.requests.int[(request << 3) | HOLDS]!--
  freeIfDone(c, request)
}

/** A node has crashed: its cache is empty, and knows of no fetch. */
export function loseCache(c: Cluster, node: number, cache: FixedCache): void {
  c.caches!.nodes[node] = cacheNode(
    cache.settings,
    cache.writes !== undefined,
    c.caches!.versions !== undefined,
  )
}

/** The mind of a node's cache. */
export function mindOf(c: Cluster, node: number): CacheNode {
  return c.caches!.nodes[node]!
}
