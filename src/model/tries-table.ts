/**
 * Tries: a request that may be tried more than once has a row of its own for every try, made from the row of
 * the request (or of the try) that it is made for. So a try has its own clock, its own calls and its own end,
 * and what it does after that is wasted, as with any request.
 *
 * In facts a request's first try goes by the request's serial number; each further one has a fraction added,
 * so that facts of different tries can be told apart, and the whole part still names the request.
 *
 * The table runs beside that of requests, row by row, and is there only when a scenario needs it.
 */

import { type Stream, uniform } from '../base/stream.ts'
import { cancel, NO_TIMER } from '../engine/event-queue.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Cluster } from './cluster.ts'
import { type Sendings, sendings } from './sendings.ts'
import {
  ADDRESS,
  ANSWERED_AT,
  BEARER,
  BORN,
  CLIENT,
  DEMAND,
  DOOR,
  doubled,
  freeRequest,
  HOLDS,
  IS_SETTLED,
  KEY,
  NIL,
  newRequest,
  SERIAL,
  SESSION,
  SIZE,
  TIMEOUT,
  TOP_CALL,
  USER,
  VISITOR,
  WAITED_FOR,
} from './tables.ts'

/**
 * Integers: the request it is a try of (itself), the row it was made for (NIL), its own tries as a list (the
 * latest first), the next in the list that it stands in, further tries of the request so far, 1 when it is not
 * idempotent, the sending that it is a try of (NIL).
 */
const ORIGIN = 0
export const OWNER = 1
export const FIRST = 2
const NEXT = 3
const FURTHER = 4
export const WRITES = 5
export const SENDING = 6
/** Of a client's request: tries begun and under way, timer of the next, the last failure, good answers so far. */
export const BEGUN = 7
export const OPEN = 8
export const AGAIN = 9
export const FAILED_AS = 10
export const GOOD = 11
/** Of a try: 1 when it is a hedge. */
export const IS_HEDGE = 12
/** Doubles: when nobody waits for it any more. */
export const DEADLINE = 0
/** Of a client's request: the pause before the next try, and for how long its last rejection asks it to wait, ns. */
export const PAUSE = 1
export const RETRY_AFTER = 2
/** Of a try: when it set out. */
export const SET_OUT = 3

/** The width of a row of integers, and of one of doubles, as shifts. */
const INT_SHIFT = 4
const NUM_SHIFT = 2

/** What the fractions of serial numbers are counted in. */
export const TRY_UNIT = 2 ** -20

export interface TryTable {
  /** Row r begins at r * 16 in the integers, at r * 4 in the doubles. */
  int: Int32Array
  num: Float64Array
  readonly sendings: Sendings
}

/** Undefined when nothing in a scenario needs it. */
export function tryTable({ clients, tiers }: Scenario): TryTable | undefined {
  const isNeeded =
    clients.some(({ retries, hedge, throttle, writes }) => retries || hedge || throttle || writes) ||
    tiers.some(({ retries, service }) => retries || service.shed || service.dropsLate)
  if (!isNeeded) return undefined
  return {
    int: new Int32Array(256 << INT_SHIFT),
    num: new Float64Array(256 << NUM_SHIFT),
    sendings: sendings(),
  }
}

/** Where a row's integers begin. */
export function tryRow(request: number): number {
  return request << INT_SHIFT
}

/** Where its doubles begin. */
export function tryTimes(request: number): number {
  return request << NUM_SHIFT
}

/** A request is born. @param share of requests that are not idempotent */
export function enrol(
  table: TryTable,
  request: number,
  deadline: number,
  share: number,
  random: Stream,
): void {
  const r = blank(table, request, deadline)
  table.int[r | ORIGIN] = request
  table.int[r | OWNER] = NIL
  table.int[r | WRITES] = share > 0 && uniform(random) < share ? 1 : 0
}

/**
 * A try of a request, or of a try of it; nobody waits for it when nobody waits for that.
 * @returns its row; the owner's lives for as long
 */
export function openTry(c: Cluster, table: TryTable, owner: number, isFirst: boolean): number {
  const row = newRequest(c.requests)
  const { int, num, stride } = c.requests
  const from = owner << 3
  const to = row << 3
  // Column by column: a loop over so few costs more than they do.
  int[to | CLIENT] = int[from | CLIENT]!
  int[to | USER] = int[from | USER]!
  int[to | HOLDS] = 0
  int[to | IS_SETTLED] = int[from | IS_SETTLED]!
  int[to | TOP_CALL] = NIL
  int[to | DOOR] = int[from | DOOR]!
  int[to | VISITOR] = int[from | VISITOR]!
  int[to | SESSION] = int[from | SESSION]!
  const out = owner * stride
  const into = row * stride
  num[into + BORN] = num[out + BORN]!
  num[into + KEY] = num[out + KEY]!
  num[into + ADDRESS] = num[out + ADDRESS]!
  num[into + SIZE] = num[out + SIZE]!
  num[into + WAITED_FOR] = 0
  num[into + SERIAL] = num[out + SERIAL]!
  num[into + TIMEOUT] = NO_TIMER
  num[into + ANSWERED_AT] = num[out + ANSWERED_AT]!
  num[into + BEARER] = num[out + BEARER]!
  for (let k = DEMAND; k < stride; k++) num[into + k] = num[out + k]!
  int[from | HOLDS]!++
  const r = roomFor(table, row)
  const o = tryRow(owner)
  const origin = table.int[o | ORIGIN]!
  if (!isFirst) {
    const further = ++table.int[tryRow(origin) | FURTHER]!
    num[into + SERIAL] = num[origin * stride + SERIAL]! + further * TRY_UNIT
  }
  table.int[r | ORIGIN] = origin
  table.int[r | OWNER] = owner
  table.int[r | NEXT] = table.int[o | FIRST]!
  table.int[o | FIRST] = row
  table.int[r | FIRST] = NIL
  table.int[r | FURTHER] = 0
  table.int[r | SENDING] = NIL
  table.int[r | WRITES] = table.int[o | WRITES]!
  table.int[r | IS_HEDGE] = 0
  table.num[tryTimes(row) | DEADLINE] = table.num[tryTimes(owner) | DEADLINE]!
  table.num[tryTimes(row) | SET_OUT] = c.now
  return row
}

/** The row of the request that a row is a try of. */
export function originOf({ int }: TryTable, row: number): number {
  return int[tryRow(row) | ORIGIN]!
}

/** How many further tries a request has had. */
export function furtherTries(table: TryTable, row: number): number {
  return table.int[tryRow(originOf(table, row)) | FURTHER]!
}

/** A row is free when the request or try is over and nothing refers to it; its owner's may be then, too. */
export function freeIfOver(c: Cluster, request: number): void {
  const { int } = c.requests
  for (let row = request; row !== NIL; ) {
    if (int[(row << 3) | HOLDS] !== 0 || int[(row << 3) | IS_SETTLED] !== 1) return
    const owner = c.tries === undefined ? NIL : leaveList(c.tries, row)
    freeRequest(c.requests, row)
    if (owner !== NIL) int[(owner << 3) | HOLDS]!--
    row = owner
  }
}

/** Nobody waits any more for the tries of a row, nor for theirs. */
export function abandonTries(c: Cluster, table: TryTable, row: number): void {
  const { int, num, stride } = c.requests
  for (let one = table.int[tryRow(row) | FIRST]!; one !== NIL; one = table.int[tryRow(one) | NEXT]!) {
    if (int[(one << 3) | IS_SETTLED] === 1) continue
    int[(one << 3) | IS_SETTLED] = 1
    cancel(c.queue, num[one * stride + TIMEOUT]!)
    num[one * stride + TIMEOUT] = NO_TIMER
    abandonTries(c, table, one)
  }
}

/** The tries of a row that still have a row. */
export function triesOf(table: TryTable, row: number): number[] {
  const all: number[] = []
  for (let one = table.int[tryRow(row) | FIRST]!; one !== NIL; one = table.int[tryRow(one) | NEXT]!)
    all.push(one)
  return all
}

/** @returns whom it was made for, or NIL */
function leaveList({ int }: TryTable, row: number): number {
  const owner = int[tryRow(row) | OWNER]!
  if (owner === NIL) return NIL
  const next = int[tryRow(row) | NEXT]!
  if (int[tryRow(owner) | FIRST] === row) int[tryRow(owner) | FIRST] = next
  else {
    let before = int[tryRow(owner) | FIRST]!
    while (int[tryRow(before) | NEXT] !== row) before = int[tryRow(before) | NEXT]!
    int[tryRow(before) | NEXT] = next
  }
  return owner
}

function blank(table: TryTable, row: number, deadline: number): number {
  const r = roomFor(table, row)
  const t = tryTimes(row)
  const { int, num } = table
  int[r | FIRST] = NIL
  int[r | NEXT] = NIL
  int[r | FURTHER] = 0
  int[r | SENDING] = NIL
  int[r | BEGUN] = 0
  int[r | OPEN] = 0
  int[r | AGAIN] = NO_TIMER
  int[r | FAILED_AS] = 0
  int[r | GOOD] = 0
  int[r | IS_HEDGE] = 0
  num[t | DEADLINE] = deadline
  num[t | PAUSE] = 0
  num[t | RETRY_AFTER] = 0
  num[t | SET_OUT] = 0
  return r
}

/** @returns where a row's integers begin; what it holds is left over from others */
function roomFor(table: TryTable, row: number): number {
  const r = tryRow(row)
  while (r >= table.int.length) {
    table.int = doubled(table.int)
    table.num = doubled(table.num)
  }
  return r
}
