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
import { CLOSED } from '../policies/upstream/standing.ts'
import { redispatches, triesAllowed } from '../policies/upstream/tries.ts'
import { dispatch, follow, turnedAway } from './balancer.ts'
import { causeOf } from './causes.ts'
import type { Cluster } from './cluster.ts'
import { RESUMES, TRY_IS_LATE } from './event-kinds.ts'
import { BY_BALANCER, CANCELLED, NO_ANSWER, OK, RETRIED, TRY_ENDED, UNAVAILABLE } from './facts.ts'
import {
  AVOID,
  BEGUN,
  CALL,
  closeSending,
  FAILED_AS,
  IS_SPENT,
  noteTried,
  OWNER,
  openSending,
  PARENT,
  PAUSE,
  POOL,
  ROW,
  SAME,
  SINCE,
  sendingRow,
  sendingTimes,
  TIMER,
  triesOfSending,
} from './sendings.ts'
import {
  PARENT as CALL_PARENT,
  POOL as CALL_POOL,
  CHILD,
  freeCall,
  HOLDS,
  IS_SETTLED,
  NIL,
  newCall,
  ORPHAN,
  REQUEST,
  SERIAL,
  TOP_CALL,
} from './tables.ts'
import { chooseAgain, goesOn, isHung } from './tries-choice.ts'
import { abandonTries, DEADLINE, furtherTries, openTry, SENDING, tryRow, tryTimes } from './tries-table.ts'

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
  const usable = upstream.out.length - upstream.keptOut
  const left = triesAllowed(rules.rules, Math.max(1, usable))
  rules.budget?.begun(rules.budgetParams, budget!, c.now)
  c.requests.int[(owner << 3) | HOLDS]!++
  const at = openSending(c.tries!.sendings, pool, owner, parent, left, c.now)
  const outcome = attempt(c, at)
  if (outcome !== OK) {
    close(c, at)
    c.requests.int[(owner << 3) | HOLDS]!--
  }
  return outcome
}

/** Sends a request on its way, by a balancer that tries again or one that does not. */
export function sendOn(c: Cluster, pool: number, request: number, parent: number): number {
  const hasTries = c.pools[pool]!.tier.tries !== undefined
  return hasTries ? sendWithTries(c, pool, request, parent) : dispatch(c, pool, request, parent)
}

/** The sending that a call is a try of; NIL when it is none, or nobody waits for it. */
export function sendingOf(c: Cluster, call: number): number {
  if (c.tries === undefined) return NIL
  const at = c.tries.int[tryRow(c.calls.int[(call << 3) | REQUEST]!) | SENDING]!
  // The calls that a try makes in the next tiers have the same row.
  return at !== NIL && c.tries.sendings.int[sendingRow(at) | CALL] === call ? at : NIL
}

/** Notes that a row is a try of a sending, or (NIL) that nobody waits for it. */
function setSending(c: Cluster, row: number, at: number): void {
  c.tries!.int[tryRow(row) | SENDING] = at
}

/** What a sending knows, by column of its integers (see sendings.ts). */
export function ofSending(c: Cluster, at: number, column: number): number {
  return c.tries!.sendings.int[sendingRow(at) | column]!
}

/** A balancer waits for a try no longer. */
export function giveUpTry(c: Cluster, at: number): void {
  endTry(c, at, NO_ANSWER)
}

/**
 * A try is over; its call is freed already.
 * @param replica where it was, or NIL
 * @returns `NIL` when another try follows; else the outcome that counts, and the sending is closed
 */
export function tryIsOver(c: Cluster, at: number, parent: number, replica: number, outcome: number): number {
  const { sendings } = c.tries!
  const s = sendingRow(at)
  if (sendings.int[s | ROW] !== NIL) endTry(c, at, outcome)
  sendings.int[s | FAILED_AS] = outcome
  if (outcome === OK || parent === ORPHAN || !goesOn(c, at, outcome)) {
    close(c, at)
    return outcome
  }
  if (replica !== NIL) noteTried(sendings, at, replica)
  return tryNext(c, at, replica, outcome)
}

/** The pause of a sending is over. @returns NIL, or the outcome that counts, and the sending is closed */
export function resume(c: Cluster, at: number): number {
  const { int } = c.tries!.sendings
  const s = sendingRow(at)
  int[s | TIMER] = NO_TIMER
  const outcome = isHung(c, int[s | PARENT]!) ? int[s | FAILED_AS]! : attempt(c, at)
  if (outcome === OK) return NIL
  close(c, at)
  return outcome
}

/** Nobody waits for a sending any more: no further try. @returns the row that it was for */
export function dropSending(c: Cluster, at: number): number {
  if (ofSending(c, at, ROW) !== NIL) endTry(c, at, CANCELLED)
  const owner = ofSending(c, at, OWNER)
  close(c, at)
  c.requests.int[(owner << 3) | HOLDS]!--
  return owner
}

/** One more try. @returns `OK` when it is on its way, or waits; else why there was none */
function attempt(c: Cluster, at: number): number {
  const table = c.tries!
  const s = sendingRow(at)
  const { int: sends, num: times } = table.sendings
  const pool = sends[s | POOL]!
  const owner = sends[s | OWNER]!
  const begun = sends[s | BEGUN]!
  const call = newCall(c.calls)
  const b = call << 3
  const { int } = c.calls
  int[b | REQUEST] = owner
  int[b | CALL_POOL] = pool
  int[b | CALL_PARENT] = sends[s | PARENT]!
  int[b | CHILD] = NIL
  const answer = chooseAgain(c, at, call)
  if (answer === NOBODY || answer === LINE_FULL) {
    const outcome = answer === NOBODY ? UNAVAILABLE : turnedAway(c, call)
    freeCall(c.calls, call)
    setPlace(c, at, NIL)
    return outcome
  }
  const row = openTry(c, table, owner, begun === 0)
  int[b | REQUEST] = row
  sends[s | BEGUN] = begun + 1
  times[sendingTimes(at) | SINCE] = c.now
  sends[s | ROW] = row
  sends[s | CALL] = call
  setPlace(c, at, call)
  c.requests.int[(row << 3) | HOLDS]!++
  setSending(c, row, at)
  const { timeout } = c.pools[pool]!.tier.tries!
  if (timeout !== undefined) {
    const r = tryTimes(row) | DEADLINE
    table.num[r] = Math.min(table.num[r]!, c.now + timeout)
    sends[s | TIMER] = schedule(c.queue, c.now + timeout, TRY_IS_LATE, at, 0)
  }
  if (begun > 0) {
    const serial = c.requests.num[row * c.requests.stride + SERIAL]!
    record(c.fixed.log, c.now, RETRIED + (BY_BALANCER << 8), pool, serial, furtherTries(table, row))
  }
  follow(c, call, answer)
  return OK
}

/** @returns NIL when it is tried again, now or later; else the outcome that counts, and the sending is closed */
function tryNext(c: Cluster, at: number, replica: number, outcome: number): number {
  const { sendings } = c.tries!
  const s = sendingRow(at)
  const { upstream, tier, tryPauses } = c.pools[sendings.int[s | POOL]!]!
  const { rules, backOff, pause } = tier.tries!
  let same = NIL
  let avoid = NIL
  let wait = 0
  if (rules.rule === 'haproxy') {
    const active = upstream.out.reduce((n, out) => n + ((out & CLOSED) === 0 ? 1 : 0), 0)
    const tries = triesOfSending(sendings, at)
    const moves = redispatches(rules, tries, tier.rotates, tier.affinity !== undefined, active)
    const isConnecting = (causeOf(outcome) & NOT_SENT) !== 0
    if (moves) avoid = replica
    else same = replica
    if (isConnecting && !(moves && tier.rotates && active > 1)) wait = pause
  } else if (backOff !== undefined) {
    wait = pauseBefore(backOff, sendings.int[s | BEGUN]!, sendings.num[sendingTimes(at) | PAUSE]!, tryPauses!)
    sendings.num[sendingTimes(at) | PAUSE] = wait
  }
  sendings.int[s | SAME] = same
  sendings.int[s | AVOID] = avoid
  if (wait > 0) {
    setPlace(c, at, PAUSED - at)
    sendings.int[s | TIMER] = schedule(c.queue, c.now + wait, RESUMES, at, 0)
    return NIL
  }
  const made = attempt(c, at)
  if (made === OK) return NIL
  close(c, at)
  return made
}

function endTry(c: Cluster, at: number, outcome: number): void {
  const { int, num } = c.tries!.sendings
  const s = sendingRow(at)
  const pool = int[s | POOL]!
  const { tier, budget } = c.pools[pool]!
  const rules = tier.tries!
  const row = int[s | ROW]!
  const timer = int[s | TIMER]!
  if (timer !== NO_TIMER) cancel(c.queue, timer)
  int[s | TIMER] = NO_TIMER
  int[s | ROW] = NIL
  int[s | CALL] = NIL
  setSending(c, row, NIL)
  c.requests.int[(row << 3) | IS_SETTLED] = 1
  abandonTries(c, c.tries!, row)
  if (rules.budget !== undefined) {
    const result = outcome === OK ? 1 : (causeOf(outcome) & rules.on) !== 0 ? -1 : 0
    rules.budget.tried(rules.budgetParams, budget!, int[s | IS_SPENT] === 1, result)
  }
  int[s | IS_SPENT] = 0
  const serial = c.requests.num[row * c.requests.stride + SERIAL]!
  const detail = outcome + 16 * BY_BALANCER
  record(c.fixed.log, c.now, TRY_ENDED + (detail << 8), pool, serial, c.now - num[sendingTimes(at) | SINCE]!)
}

/** No further try; the caller tells whoever waits, and then holds the row that it was for no longer. */
function close(c: Cluster, at: number): void {
  const { sendings } = c.tries!
  const s = sendingRow(at)
  const { tier, budget } = c.pools[sendings.int[s | POOL]!]!
  const rules = tier.tries!
  const timer = sendings.int[s | TIMER]!
  if (timer !== NO_TIMER) cancel(c.queue, timer)
  if (rules.budget !== undefined) {
    // It was allowed, and did not come about.
    if (sendings.int[s | IS_SPENT] === 1) rules.budget.tried(rules.budgetParams, budget!, true, 0)
    rules.budget.ended(rules.budgetParams, budget!)
  }
  closeSending(sendings, at)
}

/** Notes at whoever is served what is under way for it. */
function setPlace(c: Cluster, at: number, place: number): void {
  const parent = ofSending(c, at, PARENT)
  if (parent === NIL) c.requests.int[(ofSending(c, at, OWNER) << 3) + TOP_CALL] = place
  else if (parent !== ORPHAN) c.calls.int[(parent << 3) | CHILD] = place
}
