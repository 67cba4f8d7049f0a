/**
 * The two tables that everything moves through: requests (what a client asked for) and calls (one try of a
 * request at one replica). Rows of numbers in typed arrays with a free list; a row's number is its name.
 *
 * A request's row lives until it is settled and its last call has ended, because an abandoned call still
 * has to know how much work it is. All times are whole nanoseconds.
 */

/** No row. */
export const NIL = -1

/** Request, doubles: born at, key, address, size in bytes, total time waited, serial number, timeout's timer, when the answer left the front (while it is on its way), who it is for (see visitors.ts), work in each tier. */
export const BORN = 0
export const KEY = 1
export const ADDRESS = 2
export const SIZE = 3
export const WAITED_FOR = 4
export const SERIAL = 5
export const TIMEOUT = 6
export const ANSWERED_AT = 7
export const BEARER = 8
export const DEMAND = 9
/** Request, integers: population, user (closed loops), what still needs the row, 1 when settled, its call to the first tier, the balancer it comes to, visitor, session or NIL. */
export const CLIENT = 0
export const USER = 1
export const HOLDS = 2
export const IS_SETTLED = 3
export const TOP_CALL = 4
export const DOOR = 5
export const VISITOR = 6
export const SESSION = 7

/** Call, doubles: sent at, in its present phase since, pending timer, and WORK: work left (hung: ns), virtual finish (shared), or the next tier's outcome (hung below). */
export const SENT_AT = 0
export const SINCE = 1
export const TIMER = 2
export const WORK = 3
/** Call, integers: request, node, pool it was sent from, call it serves, call that serves it, phase, list links (in a balancer's line: NEXT is the place). */
export const REQUEST = 0
export const NODE = 1
export const POOL = 2
export const PARENT = 3
export const CHILD = 4
export const PHASE = 5
export const NEXT = 6
export const PREVIOUS = 7

/** Phases beyond those of model/facts.ts: on its way to the replica, on its way back, waiting at the balancer, held back by a limit. */
export const PHASE_IN = 4
export const PHASE_OUT = 5
export const PHASE_LINE = 6
export const PHASE_HELD = 7
/** It waits for the fetch of its object at a cache. */
export const PHASE_AWAITS = 8

/** In the place of a parent: the call it served has ended, nobody waits for the answer. */
export const ORPHAN = -2
/** The same, and whoever sent it waits no longer: for its balancer it is in flight no more. */
export const ABANDONED = -3
/** In the place of a parent: a health check, which its balancer waits for (see health/asking.ts). */
export const CHECKER = -4
/** A fetch that a cache makes for itself. */
export const BACKGROUND = -5
/** In the place of a population: a health check of either kind. */
export const DEEP_CHECK = -1
export const CHEAP_CHECK = -2

export interface Requests {
  /** Row r begins at r * stride. */
  num: Float64Array
  readonly stride: number
  /** Row r begins at r << 3. */
  int: Int32Array
  free: number
  used: number
  /** Requests born so far; the next serial number. */
  born: number
  /** Requests born and not settled. */
  open: number
}

export interface Calls {
  /** Row r begins at r << 2. */
  num: Float64Array
  /** Row r begins at r << 3. */
  int: Int32Array
  free: number
  used: number
}

const FIRST_ROWS = 256

/** @param keepsDemand true: behind the work in each tier stands what it was at birth, as sessions add to it */
export function requestTable(tiers: number, keepsDemand = false): Requests {
  const stride = DEMAND + (keepsDemand ? 2 * tiers : tiers)
  return {
    num: new Float64Array(FIRST_ROWS * stride),
    stride,
    int: new Int32Array(FIRST_ROWS << 3),
    free: NIL,
    used: 0,
    born: 0,
    open: 0,
  }
}

export function callTable(): Calls {
  return {
    num: new Float64Array(FIRST_ROWS << 2),
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
  }
  return table.used++
}

/** True of a health check that waits like a request: it has no client. */
export function isCheck(table: Requests, row: number): boolean {
  return table.int[(row << 3) | CLIENT]! < 0
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
  table.int[(row << 3) | PHASE] = NIL
  table.free = row
}

/** A table's rows in twice the room. */
export function doubled<T extends Float64Array | Int32Array>(old: T): T {
  const wide = new (old.constructor as new (length: number) => T)(old.length * 2)
  wide.set(old)
  return wide
}
