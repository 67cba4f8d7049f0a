/**
 * The two tables that everything moves through: requests (what a client asked for) and calls (one try of a
 * request at one replica). Rows of numbers in typed arrays with a free list; a row's number is its name.
 *
 * A request's row lives until it is settled and its last call has ended, because an abandoned call still
 * has to know how much work it is. All times are whole nanoseconds.
 */

/** No row. */
export const NIL = -1

/** Request, doubles: born at, key, address, size in bytes, total time waited, serial number, timeout's timer. */
export const BORN = 0
export const KEY = 1
export const ADDRESS = 2
export const SIZE = 3
export const WAITED_FOR = 4
export const SERIAL = 5
export const TIMEOUT = 6
/** Request, integers: population, user (closed loops), what still needs the row, 1 when settled, its call to the first tier. */
export const CLIENT = 0
export const USER = 1
export const HOLDS = 2
export const IS_SETTLED = 3
export const TOP_CALL = 4

/** Call, doubles: sent at, arrives at its replica, began its service, work left (ns at rate 1), pending timer. */
export const SENT_AT = 0
export const ARRIVES = 1
export const BEGAN = 2
export const WORK = 3
export const TIMER = 4
/** Since when `WORK` is what is left; before service: since when it waits. */
export const SINCE = 5
/** Call, integers: request, node, pool it was sent from, call it serves, call that serves it, phase, list links. */
export const REQUEST = 0
export const NODE = 1
export const POOL = 2
export const PARENT = 3
export const CHILD = 4
export const PHASE = 5
export const NEXT = 6
export const PREVIOUS = 7

/** Phases beyond those of model/facts.ts: on its way to the replica, on its way back. */
export const PHASE_IN = 4
export const PHASE_OUT = 5

/** In the place of a parent: the call it served has ended, nobody waits for the answer. */
export const ORPHAN = -2

export interface Requests {
  num: Float64Array
  int: Int32Array
  /** Work in each tier: demand[row * tiers + tier], ns at speed 1. */
  demand: Float64Array
  readonly tiers: number
  free: number
  used: number
  /** Requests born so far; the next serial number. */
  born: number
  /** Requests born and not settled. */
  open: number
}

export interface Calls {
  num: Float64Array
  int: Int32Array
  free: number
  used: number
}

const FIRST_ROWS = 256

export function requestTable(tiers: number): Requests {
  return {
    num: new Float64Array(FIRST_ROWS << 3),
    int: new Int32Array(FIRST_ROWS << 3),
    demand: new Float64Array(FIRST_ROWS * tiers),
    tiers,
    free: NIL,
    used: 0,
    born: 0,
    open: 0,
  }
}

export function callTable(): Calls {
  return {
    num: new Float64Array(FIRST_ROWS << 3),
    int: new Int32Array(FIRST_ROWS << 3),
    free: NIL,
    used: 0,
  }
}

/** A row for a new request; the caller fills it. */
export function newRequest(table: Requests): number {
  const row = table.free
  if (row !== NIL) {
    table.free = table.int[row << 3]!
    return row
  }
  if (table.used << 3 === table.int.length) {
    table.num = doubled(table.num)
    table.int = doubled(table.int)
    table.demand = doubled(table.demand)
  }
  return table.used++
}

export function freeRequest(table: Requests, row: number): void {
  table.int[row << 3] = table.free
  table.free = row
}

/** A row for a new call; the caller fills it. */
export function newCall(table: Calls): number {
  const row = table.free
  if (row !== NIL) {
    table.free = table.int[row << 3]!
    return row
  }
  if (table.used << 3 === table.int.length) {
    table.num = doubled(table.num)
    table.int = doubled(table.int)
  }
  return table.used++
}

export function freeCall(table: Calls, row: number): void {
  table.int[row << 3] = table.free
  table.int[(row << 3) + PHASE] = NIL
  table.free = row
}

function doubled<T extends Float64Array | Int32Array>(old: T): T {
  const wide = new (old.constructor as new (length: number) => T)(old.length * 2)
  wide.set(old)
  return wide
}
