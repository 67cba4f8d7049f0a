/** Columns of the table of replicas, and the queue of calls that each replica keeps. */

import type { Calls } from './tables.ts'
import { NEXT, NIL, NODE, PHASE, PREVIOUS } from './tables.ts'

/** Numbers a node has, as a shift. */
export const NODE_INT = 4
export const NODE_NUM = 3

/** Integers: tier; health (see facts); calls in service, waiting, at the next tier; slots; waiting room. */
export const TIER = 0
export const HEALTH = 1
export const BUSY = 2
export const WAITING = 3
export const BELOW = 4
export const SLOTS = 5
export const ROOM = 6
/** First and last call waiting. Calls in service or at the next tier stand in no list: see `callsAt`. */
export const FIRST_WAITING = 7
export const LAST_WAITING = 8
/** 1 while it sleeps (set-up times only), 2 while it wakes. */
export const SLEEP = 9
/** How often it has crashed. */
export const CRASHES = 10
/** From its start until it can serve: `HONEST` when cheap checks see that, `EARLY` when they do not. */
export const STARTING = 11

/** Doubles: work done per second of time; speed when all is well; share of requests that fail at once. */
export const RATE = 0
export const SPEED = 1
export const ERRORS = 2
/** Processor sharing: virtual time (work each call has had), since when, timer of the next end. */
export const VIRTUAL = 3
export const VIRTUAL_SINCE = 4
export const SHARE_TIMER = 5
/** Timer of the end of the set-up. */
export const SET_UP_TIMER = 6

/** What `STARTING` says. */
export const HONEST = 1
export const EARLY = 2

/** Puts a call at the end of the queue of the node whose integers begin at `node`. */
export function pushWaiting(int: Int32Array, node: number, calls: Calls, call: number): void {
  const last = int[node + LAST_WAITING]!
  const base = call << 3
  calls.int[base | NEXT] = NIL
  calls.int[base | PREVIOUS] = last
  if (last === NIL) int[node + FIRST_WAITING] = call
  else calls.int[(last << 3) | NEXT] = call
  int[node + LAST_WAITING] = call
  int[node + WAITING]!++
}

/** Takes a call out of the queue of the node whose integers begin at `node`. */
export function unlinkWaiting(int: Int32Array, node: number, calls: Calls, call: number): void {
  const base = call << 3
  const next = calls.int[base | NEXT]!
  const previous = calls.int[base | PREVIOUS]!
  if (previous === NIL) int[node + FIRST_WAITING] = next
  else calls.int[(previous << 3) | NEXT] = next
  if (next === NIL) int[node + LAST_WAITING] = previous
  else calls.int[(next << 3) | PREVIOUS] = previous
  int[node + WAITING]!--
}

/**
 * The calls at a node that are in a phase, by row number. It looks through the whole table: crashes and
 * changes of speed are rare, and keeping lists would cost every request.
 */
export function callsAt(calls: Calls, node: number, phase: number): number[] {
  const found: number[] = []
  for (let call = 0; call < calls.used; call++) {
    const base = call << 3
    if (calls.int[base | PHASE] === phase && calls.int[base | NODE] === node) found.push(call)
  }
  return found
}
