/**
 * A check that is a request: it waits at the replica behind others and is served like them. A deep one goes on
 * to the next tiers. It has a row among the requests, but no client, and a serial number below 0.
 *
 * One that is given up goes on at the replica, as the replica does not know.
 */

import { NO_TIMER, schedule } from '../../engine/event-queue.ts'
import { record } from '../../engine/fact-log.ts'
import type { Cluster } from '../cluster.ts'
import { CALL_ARRIVES, CHECK_TIMES_OUT } from '../event-kinds.ts'
import { CHECK_SENT } from '../facts.ts'
import { arrive } from '../replica.ts'
import {
  CHEAP_CHECK,
  CHECKER,
  CHILD,
  CLIENT,
  DEEP_CHECK,
  DEMAND,
  DOOR,
  HOLDS,
  IS_SETTLED,
  NIL,
  NODE,
  newCall,
  newRequest,
  PARENT,
  PHASE,
  PHASE_IN,
  POOL,
  REQUEST,
  SENT_AT,
  SERIAL,
  TIMEOUT,
  TIMER,
  TOP_CALL,
  USER,
} from '../tables.ts'
import { enrol } from '../tries-table.ts'

/** Sends a check of a replica on its way. @param delay ns to the replica @param timeout ns it may take in all */
export function ask(c: Cluster, pool: number, replica: number, delay: number, timeout: number): void {
  const { tier, from } = c.pools[pool]!
  const request = newCheck(c, pool, replica, timeout)
  const call = newCall(c.calls)
  const { int, num } = c.calls
  const b = call << 3
  const node = tier.first + replica
  int[b | REQUEST] = request
  int[b | POOL] = pool
  int[b | PARENT] = CHECKER
  int[b | CHILD] = NIL
  int[b | NODE] = node
  int[b | PHASE] = PHASE_IN
  num[(call << 2) | SENT_AT] = c.now
  num[(call << 2) | TIMER] = NO_TIMER
  c.requests.int[(request << 3) | TOP_CALL] = call
  const serial = c.requests.num[request * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, CHECK_SENT + (from << 8), node, serial, c.now + delay)
  if (delay === 0) arrive(c, call)
  else num[(call << 2) | TIMER] = schedule(c.queue, c.now + delay, CALL_ARRIVES, call, 0)
}

function newCheck(c: Cluster, pool: number, replica: number, timeout: number): number {
  const { tier, health, checkLatency } = c.pools[pool]!
  const { cost, path } = tier.health!.checks!
  const request = newRequest(c.requests)
  const { int, num, stride } = c.requests
  const i = request << 3
  const r = request * stride
  int.fill(NIL, i, i + 8)
  num.fill(0, r, r + stride)
  int[i | CLIENT] = path === 'cheap' ? CHEAP_CHECK : DEEP_CHECK
  int[i | USER] = replica
  int[i | DOOR] = pool
  int[i | HOLDS] = 1
  int[i | IS_SETTLED] = 0
  num[r + SERIAL] = -1 - c.checksSent++
  num.fill(cost, r + DEMAND, r + stride)
  num[r + TIMEOUT] = schedule(c.queue, c.now + timeout, CHECK_TIMES_OUT, pool, replica)
  health.asking[replica] = request
  if (c.tries !== undefined) enrol(c.tries, request, Infinity, 0, checkLatency)
  return request
}
