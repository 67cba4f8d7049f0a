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
  freeRequest,
  HOLDS,
  IS_SETTLED,
  NIL,
  newRequest,
  SERIAL,
  TIMEOUT,
  TOP_CALL,
  WAITED_FOR,
} from './tables.ts'

/**
 * Columns: the request it is a try of (itself), the row it was made for (NIL), its own tries as a list (the
 * latest first), the next in the list that it stands in, further tries of the request so far, when nobody
 * waits for it any more, 1 when it is not idempotent, the sending that it is a try of (NIL).
 */
const ORIGIN = 0
export const OWNER = 1
export const FIRST = 2
const NEXT = 3
const FURTHER = 4
export const DEADLINE = 5
export const WRITES = 6
export const SENDING = 7
/** Of a client's request: tries begun and under way, timer of the next, the pause before it, the last failure. */
export const BEGUN = 8
export const OPEN = 9
export const AGAIN = 10
export const PAUSE = 11
export const FAILED_AS = 12
/** Of a client's request: good answers so far. */
export const GOOD = 13
/** Of a client's try: when it set out, and 1 when it is a hedge. */
export const SET_OUT = 13
export const IS_HEDGE = 14
/** Of a client's request: for how long its last rejection asks it to wait, ns. */
export const RETRY_AFTER = 15

const SHIFT = 4

/** What the fractions of serial numbers are counted in. */
export const TRY_UNIT = 2 ** -20

export interface TryTable {
  /** Row r begins at r * 16. */
  num: Float64Array
  readonly sendings: Sendings
}

/** Undefined when nothing in a scenario needs it. */
export function tryTable({ clients, tiers }: Scenario): TryTable | undefined {
  const isNeeded =
    clients.some(({ retries, hedge, throttle, writes }) => retries || hedge || throttle || writes) ||
    tiers.some(({ retries, service }) => retries || service.shed || service.dropsLate)
  return isNeeded ? { num: new Float64Array(256 << SHIFT), sendings: sendings() } : undefined
}

/** Where a row begins. */
export function tryRow(request: number): number {
  return request << SHIFT
}

/** A request is born. @param share of requests that are not idempotent */
export function enrol(
  table: TryTable,
  request: number,
  deadline: number,
  share: number,
  random: Stream,
): void {
  const r = blank(table, request)
  table.num[r | ORIGIN] = request
  table.num[r | OWNER] = NIL
  table.num[r | DEADLINE] = deadline
  table.num[r | WRITES] = share > 0 && uniform(random) < share ? 1 : 0
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
  for (let k = 0; k < 8; k++) int[to | k] = int[from | k]!
  const out = owner * stride
  const into = row * stride
  for (let k = 0; k < stride; k++) num[into + k] = num[out + k]!
  int[to | HOLDS] = 0
  int[to | TOP_CALL] = NIL
  int[from | HOLDS]!++
  num[into + TIMEOUT] = NO_TIMER
  num[into + WAITED_FOR] = 0
  const r = roomFor(table, row)
  const o = tryRow(owner)
  const origin = table.num[o | ORIGIN]!
  if (!isFirst) {
    const further = ++table.num[tryRow(origin) | FURTHER]!
    num[into + SERIAL] = num[origin * stride + SERIAL]! + further * TRY_UNIT
  }
  table.num[r | ORIGIN] = origin
  table.num[r | OWNER] = owner
  table.num[r | NEXT] = table.num[o | FIRST]!
  table.num[o | FIRST] = row
  table.num[r | FIRST] = NIL
  table.num[r | FURTHER] = 0
  table.num[r | SENDING] = NIL
  table.num[r | DEADLINE] = table.num[o | DEADLINE]!
  table.num[r | WRITES] = table.num[o | WRITES]!
  return row
}

/** The row of the request that a row is a try of. */
export function originOf({ num }: TryTable, row: number): number {
  return num[tryRow(row) | ORIGIN]!
}

/** How many further tries a request has had. */
export function furtherTries(table: TryTable, row: number): number {
  return table.num[tryRow(originOf(table, row)) | FURTHER]!
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
  for (let one = table.num[tryRow(row) | FIRST]!; one !== NIL; one = table.num[tryRow(one) | NEXT]!) {
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
  for (let one = table.num[tryRow(row) | FIRST]!; one !== NIL; one = table.num[tryRow(one) | NEXT]!)
    all.push(one)
  return all
}

/** @returns whom it was made for, or NIL */
function leaveList({ num }: TryTable, row: number): number {
  const owner = num[tryRow(row) | OWNER]!
  if (owner === NIL) return NIL
  const next = num[tryRow(row) | NEXT]!
  if (num[tryRow(owner) | FIRST] === row) num[tryRow(owner) | FIRST] = next
  else {
    let before = num[tryRow(owner) | FIRST]!
    while (num[tryRow(before) | NEXT] !== row) before = num[tryRow(before) | NEXT]!
    num[tryRow(before) | NEXT] = next
  }
  return owner
}

function blank(table: TryTable, row: number): number {
  const r = roomFor(table, row)
  const { num } = table
  for (let k = r; k < r + (1 << SHIFT); k++) num[k] = 0
  num[r | FIRST] = NIL
  num[r | NEXT] = NIL
  num[r | SENDING] = NIL
  num[r | AGAIN] = NO_TIMER
  return r
}

/** @returns where a row begins; what it holds is left over from others */
function roomFor(table: TryTable, row: number): number {
  const r = tryRow(row)
  if (r >= table.num.length) {
    const wide = new Float64Array(Math.max(2 * table.num.length, r + (1 << SHIFT)))
    wide.set(table.num)
    table.num = wide
  }
  return r
}
