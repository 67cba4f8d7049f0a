/** What a balancer makes of the results of its checks. */

import { cancel, dueAt, NO_TIMER, schedule } from '../../engine/event-queue.ts'
import { record } from '../../engine/fact-log.ts'
import {
  type Blame,
  type CheckResult,
  ERRED,
  PASSED,
  REFUSED,
  UNANSWERED,
} from '../../policies/health/active/check-rule.ts'
import type { Cluster } from '../cluster.ts'
import { CHECK_STARTS } from '../event-kinds.ts'
import { BROKEN, CHECKED, REFUSED as NOTHING_LISTENED, OK } from '../facts.ts'
import { DOOR, IS_SETTLED, NIL, TIMEOUT, USER } from '../tables.ts'
import { believe } from './belief.ts'

/** A check has its result. */
export function conclude(c: Cluster, pool: number, replica: number, result: CheckResult): void {
  const { tier, health } = c.pools[pool]!
  const { rule, params } = health.checks!
  const at = replica * rule.figures
  health.began[replica] = NaN
  record(c.fixed.log, c.now, CHECKED + (result === PASSED ? 256 : 0), tier.first + replica, pool, 0)
  rule.conclude(params, health.figures, at, result)
  if (rule.countsFrom === 'end') planNext(c, pool, replica)
  believe(c, pool, replica, rule.isUp(params, health.figures, at))
}

/** A check that waits like a request was not answered in time; the replica may go on with it. */
export function checkTimesOut(c: Cluster, pool: number, replica: number): void {
  const { health } = c.pools[pool]!
  const request = health.asking[replica]!
  if (request !== NIL) {
    health.asking[replica] = NIL
    c.requests.int[(request << 3) | IS_SETTLED] = 1
    c.requests.num[request * c.requests.stride + TIMEOUT] = NO_TIMER
  }
  conclude(c, pool, replica, UNANSWERED)
}

/** A check that waited like a request is answered; one that had been given up is forgotten. */
export function checkAnswered(c: Cluster, request: number, outcome: number): void {
  const { int, num, stride } = c.requests
  if (int[(request << 3) | IS_SETTLED] === 1) return
  const pool = int[(request << 3) | DOOR]!
  const replica = int[(request << 3) | USER]!
  const isRefused = outcome === NOTHING_LISTENED || outcome === BROKEN
  int[(request << 3) | IS_SETTLED] = 1
  cancel(c.queue, num[request * stride + TIMEOUT]!)
  c.pools[pool]!.health.asking[replica] = NIL
  conclude(c, pool, replica, outcome === OK ? PASSED : isRefused ? REFUSED : ERRED)
}

/** Traffic has told of errors: held against the replica, and the next check may come sooner. */
export function blame(c: Cluster, pool: number, replica: number): void {
  const { tier, health } = c.pools[pool]!
  const { observe } = tier.health!
  const { rule, params } = health.checks!
  const at = replica * rule.figures
  rule.blame?.(params, health.figures, at, observe!.onError as Blame)
  believe(c, pool, replica, rule.isUp(params, health.figures, at))
  const soon = params.fastInterval
  if (soon === undefined || !Number.isNaN(health.began[replica])) return
  const due = c.now + Number(soon)
  if (dueAt(c.queue, health.timer[replica]!) <= due) return
  cancel(c.queue, health.timer[replica]!)
  health.timer[replica] = schedule(c.queue, due, CHECK_STARTS, pool, replica)
}

/** Plans the next check of a replica. */
export function planNext(c: Cluster, pool: number, replica: number): void {
  const { health } = c.pools[pool]!
  const { rule, params } = health.checks!
  const wait = rule.wait(params, health.figures, replica * rule.figures, health.hasTraffic === 1)
  health.timer[replica] = schedule(c.queue, c.now + wait, CHECK_STARTS, pool, replica)
}
