/**
 * Balancers that try again: a call that has failed is placed anew by the same balancer, at once or after a
 * pause, as the rule of its tier says (policies/upstream/tries.ts).
 *
 * Limits of realism: a replica that hangs tries nothing again, and passes on what it has once it is back; a
 * try that waits in a balancer's line may be sent to a replica that was tried before.
 */

import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { pauseBefore } from '../policies/resilience/back-off.ts'
import { NOT_SENT } from '../policies/resilience/conditions.ts'
import { LINE_FULL, NOBODY } from '../policies/upstream/choose.ts'
import { CLOSED, FULL } from '../policies/upstream/standing.ts'
import { firstTry, redispatches } from '../policies/upstream/tries.ts'
import { dispatch, follow, turnedAway } from './balancer.ts'
import { causeOf } from './causes.ts'
import type { Cluster } from './cluster.ts'
import { RESUMES, TRY_IS_LATE } from './event-kinds.ts'
import { BY_BALANCER, CANCELLED, NO_ANSWER, OK, RETRIED, TRY_ENDED, UNAVAILABLE } from './facts.ts'
import {
  CHILD,
  freeCall,
  HOLDS,
  IS_SETTLED,
  NIL,
  newCall,
  ORPHAN,
  PARENT,
  POOL,
  REQUEST,
  SERIAL,
  TOP_CALL,
} from './tables.ts'
import { chooseAgain, goesOn, isHung } from './tries-choice.ts'
import {
  abandonTries,
  DEADLINE,
  furtherTries,
  openTry,
  SENDING,
  type Sending,
  tryRow,
} from './tries-table.ts'

/** In the place of a call: nothing is under way, a sending pauses; this and minus its number. */
const PAUSED = -8

/** The sending that stands in the place of a call; NIL when it is a call, or nothing. */
export function pausedIn(place: number): number {
  return place <= PAUSED ? PAUSED - place : NIL
}

/**
 * Sends a request on its way, to be tried again if need be.
 * @returns `OK`, or the outcome when it is turned away and not tried again
 */
function sendWithTries(c: Cluster, pool: number, owner: number, parent: number): number {
  const { upstream, tier, budget } = c.pools[pool]!
  const rules = tier.tries!
  const usable = rules.rules.rule === 'nginx' ? usableOf(upstream.out) : 1
  const s: Sending = {
    pool,
    owner,
    parent,
    row: NIL,
    call: NIL,
    timer: NO_TIMER,
    tries: firstTry(rules.rules, Math.max(1, usable), c.now),
    begun: 0,
    pause: 0,
    same: NIL,
    avoid: NIL,
    since: c.now,
    isSpent: false,
    failedAs: OK,
  }
  rules.budget?.begun(rules.budgetParams, budget!, c.now)
  c.requests.int[(owner << 3) + HOLDS]!++
  const at = openSending(c, s)
  const outcome = attempt(c, at)
  if (outcome !== OK) {
    close(c, at)
    c.requests.int[(owner << 3) + HOLDS]!--
  }
  return outcome
}

/** How many replicas are not out for good: full ones and closed ones may come back while a request is tried. */
function usableOf(outs: Int32Array): number {
  let usable = 0
  for (const out of outs) if ((out & ~(FULL | CLOSED)) === 0) usable++
  return usable
}

/** Sends a request on its way, by a balancer that tries again or one that does not. */
export function sendOn(c: Cluster, pool: number, request: number, parent: number): number {
  const hasTries = c.pools[pool]!.tier.tries !== undefined
  return hasTries ? sendWithTries(c, pool, request, parent) : dispatch(c, pool, request, parent)
}

/** The sending that a call is a try of; NIL when it is none, or nobody waits for it. */
export function sendingOf(c: Cluster, call: number): number {
  if (c.tries === undefined) return NIL
  const at = c.tries.num[tryRow(c.calls.int[(call << 3) + REQUEST]!) + SENDING]!
  // The calls that a try makes in the next tiers have the same row.
  return at !== NIL && c.tries.sendings[at]!.call === call ? at : NIL
}

/** Notes that a row is a try of a sending, or (NIL) that nobody waits for it. */
function setSending(c: Cluster, row: number, at: number): void {
  c.tries!.num[tryRow(row) + SENDING] = at
}

/** A sending by its number. */
export function sendingAt(c: Cluster, at: number): Sending {
  return c.tries!.sendings[at]!
}

/** A balancer waits for a try no longer. */
export function giveUpTry(c: Cluster, at: number): void {
  endTry(c, c.tries!.sendings[at]!, NO_ANSWER)
}

/**
 * A try is over; its call is freed already.
 * @param replica where it was, or NIL
 * @returns `NIL` when another try follows; else the outcome that counts, and the sending is closed
 */
export function tryIsOver(c: Cluster, at: number, parent: number, replica: number, outcome: number): number {
  const s = c.tries!.sendings[at]!
  if (s.row !== NIL) endTry(c, s, outcome)
  s.failedAs = outcome
  if (outcome === OK || parent === ORPHAN || !goesOn(c, s, outcome)) {
    close(c, at)
    return outcome
  }
  if (replica !== NIL && !s.tries.tried.includes(replica)) s.tries.tried.push(replica)
  return tryNext(c, at, replica, outcome)
}

/** The pause of a sending is over. @returns NIL, or the outcome that counts, and the sending is closed */
export function resume(c: Cluster, at: number): number {
  const s = c.tries!.sendings[at]!
  s.timer = NO_TIMER
  const outcome = isHung(c, s.parent) ? s.failedAs : attempt(c, at)
  if (outcome === OK) return NIL
  close(c, at)
  return outcome
}

/** Nobody waits for a sending any more: no further try. */
export function dropSending(c: Cluster, at: number): void {
  const s = c.tries!.sendings[at]!
  if (s.row !== NIL) endTry(c, s, CANCELLED)
  close(c, at)
  c.requests.int[(s.owner << 3) + HOLDS]!--
}

/** One more try. @returns `OK` when it is on its way, or waits; else why there was none */
function attempt(c: Cluster, at: number): number {
  const table = c.tries!
  const s = table.sendings[at]!
  const { tier } = c.pools[s.pool]!
  const call = newCall(c.calls)
  const b = call << 3
  const { int } = c.calls
  int[b + REQUEST] = s.owner
  int[b + POOL] = s.pool
  int[b + PARENT] = s.parent
  int[b + CHILD] = NIL
  const answer = chooseAgain(c, s, call)
  if (answer === NOBODY || answer === LINE_FULL) {
    const outcome = answer === NOBODY ? UNAVAILABLE : turnedAway(c, call)
    freeCall(c.calls, call)
    setPlace(c, s, NIL)
    return outcome
  }
  const row = openTry(c, table, s.owner, s.begun === 0)
  int[b + REQUEST] = row
  s.begun++
  s.since = c.now
  s.row = row
  s.call = call
  setPlace(c, s, call)
  c.requests.int[(row << 3) + HOLDS]!++
  setSending(c, row, at)
  const { timeout } = tier.tries!
  if (timeout !== undefined) {
    const r = tryRow(row) + DEADLINE
    table.num[r] = Math.min(table.num[r]!, c.now + timeout)
    s.timer = schedule(c.queue, c.now + timeout, TRY_IS_LATE, at, 0)
  }
  if (s.begun > 1) {
    const serial = c.requests.num[row * c.requests.stride + SERIAL]!
    record(c.fixed.log, c.now, RETRIED + (BY_BALANCER << 8), s.pool, serial, furtherTries(table, row))
  }
  follow(c, call, answer)
  return OK
}

/** @returns NIL when it is tried again, now or later; else the outcome that counts, and the sending is closed */
function tryNext(c: Cluster, at: number, replica: number, outcome: number): number {
  const s = c.tries!.sendings[at]!
  const { upstream, tier, tryPauses } = c.pools[s.pool]!
  const { rules, backOff, pause } = tier.tries!
  s.same = NIL
  s.avoid = NIL
  let wait = 0
  if (rules.rule === 'haproxy') {
    const active = upstream.out.reduce((n, out) => n + ((out & CLOSED) === 0 ? 1 : 0), 0)
    const moves = redispatches(rules, s.tries, tier.rotates, tier.affinity !== undefined, active)
    const isConnecting = (causeOf(outcome) & NOT_SENT) !== 0
    if (moves) s.avoid = replica
    else s.same = replica
    if (isConnecting && !(moves && tier.rotates && active > 1)) wait = pause
  } else if (backOff !== undefined) {
    wait = pauseBefore(backOff, s.begun, s.pause, tryPauses!)
    s.pause = wait
  }
  if (wait > 0) {
    setPlace(c, s, PAUSED - at)
    s.timer = schedule(c.queue, c.now + wait, RESUMES, at, 0)
    return NIL
  }
  const made = attempt(c, at)
  if (made === OK) return NIL
  close(c, at)
  return made
}

function endTry(c: Cluster, s: Sending, outcome: number): void {
  const { tier, budget } = c.pools[s.pool]!
  const rules = tier.tries!
  const { row } = s
  cancel(c.queue, s.timer)
  s.timer = NO_TIMER
  s.row = NIL
  s.call = NIL
  setSending(c, row, NIL)
  c.requests.int[(row << 3) + IS_SETTLED] = 1
  abandonTries(c, c.tries!, row)
  const result = outcome === OK ? 1 : (causeOf(outcome) & rules.on) !== 0 ? -1 : 0
  rules.budget?.tried(rules.budgetParams, budget!, s.isSpent, result)
  s.isSpent = false
  const serial = c.requests.num[row * c.requests.stride + SERIAL]!
  const detail = outcome + 16 * BY_BALANCER
  record(c.fixed.log, c.now, TRY_ENDED + (detail << 8), s.pool, serial, c.now - s.since)
}

/** No further try; the caller tells whoever waits, and then holds the row that it was for no longer. */
function close(c: Cluster, at: number): void {
  const table = c.tries!
  const s = table.sendings[at]!
  const { tier, budget } = c.pools[s.pool]!
  const rules = tier.tries!
  cancel(c.queue, s.timer)
  // It was allowed, and did not come about.
  if (s.isSpent) rules.budget?.tried(rules.budgetParams, budget!, true, 0)
  rules.budget?.ended(rules.budgetParams, budget!)
  table.sendings[at] = undefined
  table.free.push(at)
}

function openSending(c: Cluster, s: Sending): number {
  const { sendings, free } = c.tries!
  const at = free.pop() ?? sendings.length
  sendings[at] = s
  return at
}

/** Notes at whoever is served what is under way for it. */
function setPlace(c: Cluster, { parent, owner }: Sending, place: number): void {
  if (parent === NIL) c.requests.int[(owner << 3) + TOP_CALL] = place
  else if (parent !== ORPHAN) c.calls.int[(parent << 3) + CHILD] = place
}
