/**
 * The table of connections that balancers keep to the replicas of one tier. A pair is a balancer and a
 * replica: balancer * replicas + replica. Everything costs O(1).
 */

import { firstOf, type Lists, lists, makeRoom, NOBODY, putLast, takeOut } from '../base/lists.ts'
import { NO_TIMER } from '../engine/event-queue.ts'

/** Plain data. */
export interface KeptTable {
  /** By pair: idle connections, those with room for one more request, and all others; behind them rows that are free. */
  readonly lists: Lists
  /** A row is a connection: pair, requests on it now, requests since it was opened, 1 when it is lost. */
  rows: Int32Array
  /** By row: idle since. */
  since: Float64Array
  /** How many rows have ever been given out. */
  used: number
  /** By pair. */
  readonly open: Int32Array
  readonly idle: Int32Array
  readonly timers: Float64Array
  /** By call: its connection plus 1, or 0. */
  carriers: Int32Array
}

/** Lists of a pair. */
export const IDLE = 0
export const ROOM = 1
export const FULL = 2
export const LISTS = 3

/** Columns of a row, as a shift and by place. */
export const WIDTH = 2
export const PAIR = 0
export const ACTIVE = 1
export const USED = 2
export const IS_LOST = 3

/** No connection is open. */
export function keptTable(pairs: number): KeptTable {
  return {
    lists: lists(LISTS * pairs + 1),
    rows: new Int32Array(0),
    since: new Float64Array(0),
    used: 0,
    open: new Int32Array(pairs),
    idle: new Int32Array(pairs),
    timers: new Float64Array(pairs).fill(NO_TIMER),
    carriers: new Int32Array(0),
  }
}

/** Puts a connection that is in no list into that of its kind. */
export function list(s: KeptTable, row: number, streams: number, mostRequests: number): void {
  const at = row << WIDTH
  const active = s.rows[at | ACTIVE]!
  const isFull = active === streams || s.rows[at | USED]! >= mostRequests
  putLast(s.lists, LISTS * s.rows[at | PAIR]! + (active === 0 ? IDLE : isFull ? FULL : ROOM), row)
}

/** An idle connection is closed. */
export function shut(s: KeptTable, row: number): void {
  const pair = s.rows[(row << WIDTH) | PAIR]!
  s.open[pair]!--
  s.idle[pair]!--
  takeOut(s.lists, row)
  freeRow(s, row)
}

/** A connection is opened: its row, in no list yet. */
export function newRow(s: KeptTable, pair: number): number {
  const free = s.lists.count - 1
  let row = firstOf(s.lists, free)
  if (row === NOBODY) {
    row = s.used++
    makeRoom(s.lists, row)
    if (row === s.since.length) {
      s.rows = grown(s.rows, Math.max(64, 2 * row) << WIDTH)
      const since = new Float64Array(Math.max(64, 2 * row))
      since.set(s.since)
      s.since = since
    }
  } else takeOut(s.lists, row)
  s.rows.fill(0, row << WIDTH, (row + 1) << WIDTH)
  s.rows[(row << WIDTH) | PAIR] = pair
  return row
}

/** A row that is in no list is given out again. */
export function freeRow(s: KeptTable, row: number): void {
  putLast(s.lists, s.lists.count - 1, row)
}

/** A call uses a connection from now on. */
export function carry(s: KeptTable, call: number, row: number): void {
  if (call >= s.carriers.length) s.carriers = grown(s.carriers, Math.max(256, 2 * call))
  s.carriers[call] = row + 1
}

function grown(old: Int32Array, length: number): Int32Array {
  const wide = new Int32Array(length)
  wide.set(old)
  return wide
}
