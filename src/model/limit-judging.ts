/**
 * What one limit says of a call: by its one counter, or by those of the classes that it tells apart.
 */

import { record } from '../engine/fact-log.ts'
import { REJECT } from '../policies/limits/limit.ts'
import {
  type Counted,
  judge,
  judgeForNow,
  LONGEST_WAIT,
  retryAfter,
  takeBack,
} from '../policies/limits/zone.ts'
import type { LimitKey } from '../scenario/rate-limit.ts'
import type { Cluster } from './cluster.ts'
import { JUDGED } from './facts.ts'
import { classOf } from './limit-classes.ts'
import { type FixedLimit, type LimitState, placeOf } from './limit-state.ts'
import { ADDRESS, BEARER, CLIENT, KEY, NEXT, NIL, REQUEST, SERIAL, VISITOR } from './tables.ts'
import { originOf, RETRY_AFTER, tryTimes } from './tries-table.ts'
import { visitorNumber } from './visitors.ts'

/** Scratch: what has been counted at this instant and may have to be taken back. */
const counted: Counted[] = []

/** Before the limits of a call are judged at an instant. */
export function countAnew(): void {
  // Cutting an array that is empty already would still leave the fast path.
  if (counted.length > 0) counted.length = 0
}

/** A limit of its kind has rejected what others of it have counted at this instant. */
export function takeBackTogether(): void {
  for (const one of counted) if (one.limiter.countsTogether) takeBack(one)
}

/** What a limit says of a call, as a limiter does; who is rejected is told when to come again. */
export function judgeBy(
  c: Cluster,
  call: number,
  node: number,
  limit: FixedLimit,
  state: LimitState,
): number {
  const { classes } = limit
  const request = c.calls.int[(call << 3) | REQUEST]!
  const one = classes === undefined ? NIL : classOf(c, request, classes)
  if (one === NIL) {
    const verdict = judgeAt(c, call, node, limit, state, 0)
    if (verdict === REJECT) refuse(c, request, node, limit, state, 0)
    return verdict
  }
  const verdict = judgeInClass(c, call, node, limit, state, one + 1)
  const serial = c.requests.num[request * c.requests.stride + SERIAL]!
  record(c.fixed.log, c.now, JUDGED + (verdict === REJECT ? 256 : 0), node, serial, classes!.first + one)
  return verdict
}

function judgeInClass(
  c: Cluster,
  call: number,
  node: number,
  limit: FixedLimit,
  state: LimitState,
  own: number,
): number {
  const { passes } = limit.classes!
  const request = c.calls.int[(call << 3) | REQUEST]!
  const verdict = judgeAt(c, call, node, limit, state, own)
  if (passes === 'own' || (verdict === REJECT) === (passes === 'both')) {
    if (verdict === REJECT) refuse(c, request, node, limit, state, own)
    return verdict
  }
  const common = judgeAt(c, call, node, limit, state, 0)
  if (common !== REJECT) return Math.max(verdict, common)
  if (passes === 'both') {
    takeBack(counted.pop()!)
    if (limit.limiter.ended !== undefined)
      state.counted[call]! &= ~bitOf(c.calls.int[(call << 3) | NEXT]!, true)
  }
  refuse(c, request, node, limit, state, 0)
  return REJECT
}

/** @param counter 0: the common one */
function judgeAt(
  c: Cluster,
  call: number,
  node: number,
  limit: FixedLimit,
  state: LimitState,
  counter: number,
): number {
  const { limiter, counters, isForNow } = limit
  const params = counters[counter]
  if (params === undefined) return REJECT
  const memory = state.zones[placeOf(c.fixed.tierOf[node]!, limit, counter, node)]!
  const key = limitedKey(c, c.calls.int[(call << 3) | REQUEST]!, limit.key)
  const verdict = isForNow
    ? judgeForNow(limiter, params, memory, key, c.now, counted)
    : judge(limiter, params, memory, key, c.now)
  if (verdict !== REJECT && limiter.ended !== undefined) {
    countCall(state, call, bitOf(c.calls.int[(call << 3) | NEXT]!, counter > 0))
  }
  return verdict
}

/** Where a limit notes that it counts a call, in common or in its class. */
export function bitOf(limit: number, isOwn: boolean): number {
  return 1 << (2 * limit + (isOwn ? 1 : 0))
}

/** A client that honours Retry-After comes again no sooner. @param counter that has rejected it */
function refuse(
  c: Cluster,
  request: number,
  node: number,
  limit: FixedLimit,
  state: LimitState,
  counter: number,
): void {
  if (!limit.tellsWhen || c.tries === undefined) return
  const params = limit.counters[counter]
  const memory = state.zones[placeOf(c.fixed.tierOf[node]!, limit, counter, node)]!
  const seconds =
    params === undefined
      ? LONGEST_WAIT
      : retryAfter(limit.limiter, params, memory, limitedKey(c, request, limit.key), c.now)
  c.tries.num[tryTimes(originOf(c.tries, request)) | RETRY_AFTER] = seconds * 1e9
}

function countCall(state: LimitState, call: number, bit: number): void {
  if (call >= state.counted.length) {
    const wide = new Int32Array(Math.max(256, 2 * call))
    wide.set(state.counted)
    state.counted = wide
  }
  state.counted[call]! |= bit
}

/** What a limit counts a request by. */
export function limitedKey(c: Cluster, request: number, key: LimitKey): number {
  const r = request * c.requests.stride
  const { int, num } = c.requests
  switch (key) {
    case 'address':
      return num[r + ADDRESS]!
    case 'path':
      return num[r + KEY]!
    case 'session':
    case 'header':
      return num[r + BEARER]!
    case 'visitor':
      return visitorNumber(int[(request << 3) | CLIENT]!, int[(request << 3) | VISITOR]!)
    case 'global':
      return 0
  }
}
