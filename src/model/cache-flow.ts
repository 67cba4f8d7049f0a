/**
 * The way of a call at a cache, in front of the next tier or beside its own service: it is answered from the
 * cache, waits for a fetch under way, or goes on; and what comes back is kept. What flow.ts does with calls is
 * handed over.
 *
 * A call that waits beside a service stands before its queue, in no slot. A fetch in the background beside a
 * service is work like any other there: it takes a slot, or waits for one, or is turned away.
 */

import { NO_ROW } from '../base/keyed-rows.ts'
import { NO_TIMER } from '../engine/event-queue.ts'
import { beginFetch, fetchOf } from '../policies/caching/cache-node.ts'
import { EXPIRED, isServed, MISS, STALE_AND_FETCH, WAIT } from '../policies/caching/verdicts.ts'
import {
  APART,
  awaitFetch,
  backgroundCall,
  endBackground,
  fetchIsOver,
  mindOf,
  stayInLine,
} from './cache-fetches.ts'
import { inPlaceOf, keepAnswer, lookUpFor, servedAs } from './cache-look-up.ts'
import { objectOf } from './cache-origin.ts'
import { goesPast, notePassing, wentPast } from './cache-past.ts'
import { askIfChanged } from './cache-revalidation.ts'
import type { FixedCache } from './cache-state.ts'
import { expectsNew } from './cache-versions.ts'
import type { Cluster } from './cluster.ts'
import {
  BROKEN,
  HEALTH_CRASHED,
  HEALTH_HUNG,
  OK,
  PHASE_DOOR,
  PHASE_DOWNSTREAM,
  PHASE_HANDSHAKE,
  REJECTED,
} from './facts.ts'
import { callsAt, HEALTH, NODE_INT } from './nodes.ts'
import { startNext } from './replica.ts'
import {
  BACKGROUND,
  isCheck,
  NEXT,
  NIL,
  NODE,
  PARENT,
  PHASE,
  PHASE_AWAITS,
  REQUEST,
  SINCE,
  TIMER,
  WORK,
} from './tables.ts'
import { comeBack, endAwaiting, endBackgroundBeside, goBelow, standAside, stepBack } from './withdraw.ts'

/** What flow.ts does with a call: sends its answer upstream, or asks for it what stands behind its cache. */
export interface Ways {
  readonly reply: (c: Cluster, call: number, node: number, outcome: number, phase: number) => void
  readonly fetch: (c: Cluster, call: number, node: number) => void
}

/** Whether a call at a tier is one that a cache in front of the next tier has to do with; health checks are none. */
export function isFetching(c: Cluster, call: number, cache: FixedCache | undefined): cache is FixedCache {
  if (cache === undefined || cache.isSidecar) return false
  return !isCheck(c.requests, c.calls.int[(call << 3) | REQUEST]!)
}

/** A call's service at a cache is done, or it comes to a service that has a cache beside it: what does that hold? */
export function askCache(c: Cluster, call: number, node: number, cache: FixedCache, ways: Ways): void {
  if (cache.isSidecar && isCheck(c.requests, c.calls.int[(call << 3) | REQUEST]!)) {
    ways.fetch(c, call, node)
    return
  }
  if (goesPast(c, call, cache)) {
    notePassing(c, call, node)
    if (!cache.isSidecar) goBelow(c, call, node)
    ways.fetch(c, call, node)
    return
  }
  const verdict = lookUpFor(c, call, node, cache)
  if (isServed(verdict)) {
    const outcome = servedAs(c, call, node, cache)
    if (verdict === STALE_AND_FETCH) fetchBehind(c, call, node, cache, ways)
    ways.reply(c, call, node, outcome, c.calls.int[(call << 3) | PHASE]!)
    return
  }
  if (!cache.isSidecar) goBelow(c, call, node)
  else if (verdict === WAIT) standAside(c, call, node)
  if (verdict === WAIT) awaitFetch(c, call, node, cache)
  else fetch(c, call, node, cache, verdict, ways)
}

/** A call that waits for a fetch looks again. @param failedAs how that fetch has failed, or `OK` */
export function lookAgain(c: Cluster, call: number, failedAs: number, ways: Ways): void {
  const node = c.calls.int[(call << 3) | NODE]!
  c.calls.num[(call << 2) | TIMER] = NO_TIMER
  if (c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_HUNG) {
    c.calls.num[(call << 2) | WORK] = failedAs
    return
  }
  const cache = c.fixed.tierOf[node]!.cache!
  if (failedAs !== OK) {
    endWait(c, call, node, inPlaceOf(c, call, node, cache, failedAs, false), ways)
    return
  }
  const waited = Math.max(1, c.now - c.calls.num[(call << 2) | SINCE]!)
  const verdict = lookUpFor(c, call, node, cache, waited)
  if (isServed(verdict)) {
    const outcome = servedAs(c, call, node, cache)
    if (verdict === STALE_AND_FETCH) fetchBehind(c, call, node, cache, ways)
    endWait(c, call, node, outcome, ways)
  } else if (verdict === WAIT) stayInLine(c, call, node, cache)
  else {
    if (cache.isSidecar) stepBack(c, call, node)
    else c.calls.int[(call << 3) | PHASE] = PHASE_DOWNSTREAM
    fetch(c, call, node, cache, verdict, ways)
  }
}

/** The next tier has answered a call of a cache. */
export function fetchIsBack(
  c: Cluster,
  call: number,
  node: number,
  cache: FixedCache,
  outcome: number,
  ways: Ways,
): void {
  const isBackground = c.calls.int[(call << 3) | PARENT] === BACKGROUND
  if (!isBackground && goesPast(c, call, cache)) {
    wentPast(c, call, node, cache, outcome)
    ways.reply(c, call, node, outcome, comeBack(c, node))
    startNext(c, node)
    return
  }
  const ends = keepAnswer(c, call, node, cache, outcome, isBackground)
  const isShared = cache.settings.rule === 'standard' && !isBackground
  fetchIsOver(c, call, node, cache, isShared ? outcome : OK)
  if (isBackground) endBackground(c, call)
  else {
    ways.reply(c, call, node, ends, comeBack(c, node))
    startNext(c, node)
  }
}

/**
 * A call leaves a service that has a cache beside it, which keeps the answer.
 * @param phase where it was
 * @returns how it ends for whoever asked; `NIL`: nobody has
 */
export function leavesBeside(
  c: Cluster,
  call: number,
  node: number,
  cache: FixedCache,
  outcome: number,
  phase: number,
): number {
  const { int } = c.calls
  const b = call << 3
  if (int[b | PHASE] === PHASE_AWAITS || isCheck(c.requests, int[b | REQUEST]!)) return outcome
  const isBackground = int[b | PARENT] === BACKGROUND
  if (!isBackground && goesPast(c, call, cache)) {
    wentPast(c, call, node, cache, outcome)
    return outcome
  }
  const hasAsked = phase === PHASE_DOOR ? outcome === REJECTED : phase !== PHASE_HANDSHAKE
  const isLost = outcome === BROKEN && c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_CRASHED
  const ends = hasAsked && !isLost ? keepAnswer(c, call, node, cache, outcome, isBackground) : outcome
  const isShared = cache.settings.rule === 'standard' && !isBackground
  fetchIsOver(c, call, node, cache, isShared ? outcome : OK)
  if (!isBackground) return ends
  endBackgroundBeside(c, call, node, phase)
  return NIL
}

/** A cache that hung is back: those who waited and were told so meanwhile look again. */
export function lookAgainAfterHang(c: Cluster, node: number, ways: Ways): void {
  for (const call of callsAt(c.calls, node, PHASE_AWAITS)) {
    const isStill =
      c.calls.int[(call << 3) | PHASE] === PHASE_AWAITS && c.calls.int[(call << 3) | NODE] === node
    if (isStill && isToldOf(c, call)) lookAgain(c, call, c.calls.num[(call << 2) | WORK]!, ways)
  }
}

function isToldOf(c: Cluster, call: number): boolean {
  return c.calls.num[(call << 2) | TIMER] === NO_TIMER && c.calls.int[(call << 3) | NEXT] === APART
}

function endWait(c: Cluster, call: number, node: number, outcome: number, ways: Ways): void {
  ways.reply(c, call, node, outcome, endAwaiting(c, node))
  startNext(c, node)
}

function fetch(c: Cluster, call: number, node: number, cache: FixedCache, verdict: number, ways: Ways): void {
  const mind = mindOf(c, node)
  const object = objectOf(c, call, cache)
  const isFirst = verdict === MISS || (verdict === EXPIRED && fetchOf(mind, object) === NO_ROW)
  if (isFirst && (cache.settings.coalesces || cache.life.grace > 0)) beginFetch(mind, object, call, c.now)
  askIfChanged(c, call, node, cache)
  expectsNew(c, c.calls.int[(call << 3) | REQUEST]!)
  ways.fetch(c, call, node)
}

function fetchBehind(c: Cluster, because: number, node: number, cache: FixedCache, ways: Ways): void {
  const call = backgroundCall(c, because, node)
  if (cache.isSidecar) c.calls.int[(call << 3) | PHASE] = PHASE_DOOR
  beginFetch(mindOf(c, node), objectOf(c, call, cache), call, c.now)
  askIfChanged(c, call, node, cache)
  expectsNew(c, c.calls.int[(call << 3) | REQUEST]!)
  ways.fetch(c, call, node)
}
