/**
 * Clients that try again: after a failure and a pause, or with a copy when the answer is late. A request is
 * what the user wants; its tries go to the cluster one by one, and the first that succeeds settles it.
 *
 * A try that fails while another one is under way is not followed by a new one: the other may succeed.
 */

import { type Stream, uniform } from '../base/stream.ts'
import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { pauseBefore } from '../policies/resilience/back-off.ts'
import { NOT_BEGUN } from '../policies/resilience/conditions.ts'
import { type Hedge, hedgeDelay, learnLatency } from '../policies/resilience/hedging.ts'
import { dropShareNow, noteAccept, noteRequest } from '../policies/resilience/throttle.ts'
import { causeOf } from './causes.ts'
import { type Cluster, draw } from './cluster.ts'
import { CLIENT_TRIES, CLIENT_TRY_LATE, HEDGES } from './event-kinds.ts'
import { BY_CLIENT, BY_HEDGE, ERROR, LIMITED, OK, RETRIED, THROTTLED, TRY_ENDED } from './facts.ts'
import { CLIENT, DEMAND, IS_SETTLED, NIL, SERIAL, TIMEOUT } from './tables.ts'
import {
  AGAIN,
  abandonTries,
  BEGUN,
  DEADLINE,
  FAILED_AS,
  FIRST,
  furtherTries,
  GOOD,
  IS_HEDGE,
  OPEN,
  OWNER,
  openTry,
  PAUSE,
  RETRY_AFTER,
  SET_OUT,
  tryRow,
  tryTimes,
  WRITES,
} from './tries-table.ts'

/** What a population remembers of its tries; of what it does not do, nothing. */
export interface ClientTries {
  readonly backOffs: Stream
  readonly throttles: Stream
  readonly works: Stream
  readonly budget: Float64Array
  readonly hedge: Float64Array
  readonly throttle: Float64Array
}

/**
 * One more try of a request, unless its client drops it.
 * @returns the row of the try, to be sent; NIL when it was dropped
 */
export function setOut(c: Cluster, request: number, client: number, isHedge: boolean): number {
  const table = c.tries!
  const fixed = c.fixed.clients[client]!.tries!
  const { throttle, budget, throttles } = c.clients[client]!.tries!
  const r = tryRow(request)
  table.int[r | AGAIN] = NO_TIMER
  if (fixed.throttle !== undefined) {
    const share = dropShareNow(fixed.throttle, throttle, c.now)
    noteRequest(fixed.throttle, throttle, c.now)
    if (share > 0 && uniform(throttles) < share) return NIL
  }
  const nth = ++table.int[r | BEGUN]!
  table.int[r | OPEN]!++
  if (nth === 1) fixed.budget?.begun(fixed.budgetParams, budget, c.now)
  const row = openTry(c, table, request, nth === 1)
  const t = tryTimes(row)
  table.num[t | SET_OUT] = c.now
  table.int[tryRow(row) | IS_HEDGE] = isHedge ? 1 : 0
  const timeout = fixed.retries?.timeout
  if (timeout !== undefined) {
    table.num[t | DEADLINE] = Math.min(table.num[t | DEADLINE]!, c.now + timeout)
    c.requests.num[row * c.requests.stride + TIMEOUT] = schedule(
      c.queue,
      c.now + timeout,
      CLIENT_TRY_LATE,
      row,
      0,
    )
  }
  if (nth > 1) {
    const serial = c.requests.num[row * c.requests.stride + SERIAL]!
    const who = isHedge ? BY_HEDGE : BY_CLIENT
    record(c.fixed.log, c.now, RETRIED + (who << 8), client, serial, furtherTries(table, row))
  }
  if (isHedge && fixed.hedge!.fresh) drawWork(c, row, client)
  planHedge(c, request, client)
  return row
}

/** From a stream of its own: what belongs to the requests is the same without any copies. */
function drawWork(c: Cluster, row: number, client: number): void {
  const { demand } = c.fixed.clients[client]!
  const { works } = c.clients[client]!.tries!
  const { num, stride } = c.requests
  const first = row * stride + DEMAND
  for (const [tier, what] of demand.entries()) num[first + tier] = draw(what, works)
  // Where it is kept as it was at birth.
  if (stride > DEMAND + demand.length) num.copyWithin(first + demand.length, first, first + demand.length)
}

/** The request that a row is a client's try of; NIL when it is none. */
export function wantedBy(c: Cluster, row: number): number {
  return c.tries === undefined ? NIL : c.tries.int[tryRow(row) | OWNER]!
}

/**
 * A try is over for its client.
 * @returns NIL when the request goes on, else the outcome that settles it
 */
export function clientTryEnds(c: Cluster, row: number, outcome: number): number {
  const table = c.tries!
  const { int, num, stride } = c.requests
  const client = int[(row << 3) | CLIENT]!
  const fixed = c.fixed.clients[client]!.tries!
  const state = c.clients[client]!.tries!
  const request = table.int[tryRow(row) | OWNER]!
  const r = tryRow(request)
  const isHedge = table.int[tryRow(row) | IS_HEDGE]!
  const took = c.now - table.num[tryTimes(row) | SET_OUT]!
  int[(row << 3) | IS_SETTLED] = 1
  cancel(c.queue, num[row * stride + TIMEOUT]!)
  num[row * stride + TIMEOUT] = NO_TIMER
  abandonTries(c, table, row)
  table.int[r | OPEN]!--
  const who = isHedge === 1 ? BY_HEDGE : BY_CLIENT
  record(
    c.fixed.log,
    c.now,
    TRY_ENDED + ((outcome + 16 * who) << 8),
    client,
    num[row * stride + SERIAL]!,
    took,
  )
  const isListed = (causeOf(outcome) & fixed.on) !== 0
  const isFurther = num[row * stride + SERIAL]! % 1 > 0 && isHedge === 0
  fixed.budget?.tried(fixed.budgetParams, state.budget, isFurther, outcome === OK ? 1 : isListed ? -1 : 0)
  if (fixed.throttle !== undefined && (outcome === OK || outcome === ERROR)) {
    noteAccept(fixed.throttle, state.throttle, c.now)
  }
  if (outcome === OK) {
    if (fixed.hedge === undefined) return OK
    learnLatency(fixed.hedge, state.hedge, took)
    return isEnough(c, request, fixed.hedge) ? OK : wantsMore(c, request, client, fixed.hedge)
  }
  table.int[r | FAILED_AS] = outcome
  if (table.int[r | OPEN]! > 0) return NIL
  // The other calls of a fan-out are still to be sent.
  if (fixed.hedge?.needed !== undefined && table.int[r | AGAIN] !== NO_TIMER) return NIL
  return planRetry(c, request, client, outcome) ? NIL : outcome
}

/** One more good answer is there. @returns whether no more are needed */
function isEnough(c: Cluster, request: number, { needed = 1 }: Hedge): boolean {
  if (needed === 1) return true
  return ++c.tries!.int[tryRow(request) | GOOD]! >= needed
}

/** A good answer is there, but more are needed. @returns NIL when some may come, else how the request ends */
function wantsMore(c: Cluster, request: number, client: number, { copies }: Hedge): number {
  const { int } = c.tries!
  const r = tryRow(request)
  if (int[r | OPEN]! > 0 || int[r | AGAIN] !== NO_TIMER) return NIL
  if (int[r | BEGUN]! <= copies) {
    int[r | AGAIN] = schedule(c.queue, c.now, HEDGES, request, 0)
    return NIL
  }
  const outcome = int[r | FAILED_AS]! || THROTTLED
  return planRetry(c, request, client, outcome) ? NIL : outcome
}

/** A try was dropped by its own client. @returns as `clientTryEnds` */
export function clientDrops(c: Cluster, request: number): number {
  const r = tryRow(request)
  const { int } = c.tries!
  if (int[r | OPEN]! > 0) return NIL
  return int[r | FAILED_AS]! || THROTTLED
}

/** A request is settled: nothing more is tried. */
export function endTries(c: Cluster, request: number): void {
  const table = c.tries!
  const r = tryRow(request)
  const client = c.requests.int[(request << 3) | CLIENT]!
  const fixed = c.fixed.clients[client]!.tries
  if (fixed === undefined && table.int[r | FIRST] === NIL) return
  cancel(c.queue, table.int[r | AGAIN]!)
  table.int[r | AGAIN] = NO_TIMER
  abandonTries(c, table, request)
  if (fixed !== undefined && table.int[r | BEGUN]! > 0) {
    fixed.budget?.ended(fixed.budgetParams, c.clients[client]!.tries!.budget)
  }
}

function planRetry(c: Cluster, request: number, client: number, outcome: number): boolean {
  const { retries, budget, budgetParams, on } = c.fixed.clients[client]!.tries!
  const state = c.clients[client]!.tries!
  const { int, num } = c.tries!
  const r = tryRow(request)
  if (retries === undefined || int[r | BEGUN]! >= retries.tries) return false
  const cause = causeOf(outcome)
  if ((cause & on) === 0) return false
  if (int[r | WRITES] === 1 && !retries.nonIdempotent && (cause & NOT_BEGUN) === 0) return false
  if (budget !== undefined && !budget.spend(budgetParams, state.budget, c.now)) return false
  const pause = pauseBefore(retries.backOff, int[r | BEGUN]!, num[tryTimes(request) | PAUSE]!, state.backOffs)
  num[tryTimes(request) | PAUSE] = pause
  const asked =
    outcome === LIMITED && retries.retryAfter === 'honoured' ? num[tryTimes(request) | RETRY_AFTER]! : 0
  cancel(c.queue, int[r | AGAIN]!)
  int[r | AGAIN] = schedule(c.queue, c.now + Math.max(pause, asked), CLIENT_TRIES, request, 0)
  return true
}

/** A copy is sent when the answer is late, as long as more may be sent. */
function planHedge(c: Cluster, request: number, client: number): void {
  const { hedge } = c.fixed.clients[client]!.tries!
  const { int } = c.tries!
  const r = tryRow(request)
  if (hedge === undefined || int[r | BEGUN]! > hedge.copies) return
  if (int[r | WRITES] === 1 && hedge.needed === undefined) return
  const delay = hedgeDelay(hedge, c.clients[client]!.tries!.hedge)
  if (delay < Infinity) int[r | AGAIN] = schedule(c.queue, c.now + delay, HEDGES, request, 0)
}
