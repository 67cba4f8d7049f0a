/**
 * Sendings: a balancer's tries of one request, for one call or for the client. A row of doubles each, so that a
 * request costs no object; which replicas it has tried is a list that is there only once a try has failed.
 */

import { NO_TIMER } from '../engine/event-queue.ts'
import type { Tries } from '../policies/upstream/tries.ts'
import { OK } from './facts.ts'
import { doubled, NIL } from './tables.ts'

/** Columns. For whom: the balancer, the row that it sends for, the call that it serves (NIL: the client's). */
export const POOL = 0
export const OWNER = 1
export const PARENT = 2
/** The try and the call under way; NIL while it pauses. */
export const ROW = 3
export const CALL = 4
/** Of the try's timeout, or of the pause. */
export const TIMER = 5
/** Tries that may still begin, when the first did, and how many have. */
export const LEFT = 6
export const BEGAN = 7
export const BEGUN = 8
/** The pause before the try under way. */
export const PAUSE = 9
/** The replica that is to be tried again, or to be avoided; NIL. */
export const SAME = 10
export const AVOID = 11
/** When the try under way set out. */
export const SINCE = 12
/** 1: the budget has allowed the try under way, or the one to come. */
export const IS_SPENT = 13
/** How the last try has failed. */
export const FAILED_AS = 14
/** Of a free row: the next free one. */
const NEXT = 15

const SHIFT = 4

/** Plain data. */
export interface Sendings {
  /** Sending i begins at i * 16. */
  num: Float64Array
  free: number
  used: number
  /** How many are under way. */
  open: number
  /** By sending: replicas where a try has failed, in order; undefined: none. */
  readonly tried: (number[] | undefined)[]
}

export function sendings(): Sendings {
  return { num: new Float64Array(64 << SHIFT), free: NIL, used: 0, open: 0, tried: [] }
}

/** Where a sending begins. */
export function sendingRow(at: number): number {
  return at << SHIFT
}

/**
 * A balancer begins to send.
 * @param left tries that it may make
 * @returns its number
 */
export function openSending(
  table: Sendings,
  pool: number,
  owner: number,
  parent: number,
  left: number,
  now: number,
): number {
  let at = table.free
  if (at !== NIL) table.free = table.num[sendingRow(at) | NEXT]!
  else {
    at = table.used++
    if (sendingRow(at) === table.num.length) table.num = doubled(table.num)
  }
  table.open++
  const { num } = table
  const s = sendingRow(at)
  num[s | POOL] = pool
  num[s | OWNER] = owner
  num[s | PARENT] = parent
  num[s | ROW] = NIL
  num[s | CALL] = NIL
  num[s | TIMER] = NO_TIMER
  num[s | LEFT] = left
  num[s | BEGAN] = now
  num[s | BEGUN] = 0
  num[s | PAUSE] = 0
  num[s | SAME] = NIL
  num[s | AVOID] = NIL
  num[s | SINCE] = now
  num[s | IS_SPENT] = 0
  num[s | FAILED_AS] = OK
  return at
}

/** It is over; its number is given out again. */
export function closeSending(table: Sendings, at: number): void {
  if (at < table.tried.length) table.tried[at] = undefined
  table.num[sendingRow(at) | CALL] = NIL
  table.num[sendingRow(at) | NEXT] = table.free
  table.free = at
  table.open--
}

/** A try at a replica has failed. */
export function noteTried(table: Sendings, at: number, replica: number): void {
  while (table.tried.length <= at) table.tried.push(undefined)
  const tried = table.tried[at]
  if (tried === undefined) table.tried[at] = [replica]
  else if (!tried.includes(replica)) tried.push(replica)
}

/** As the rules of trying again see it. */
export function triesOfSending({ num, tried }: Sendings, at: number): Tries {
  const s = sendingRow(at)
  return { left: num[s | LEFT]!, began: num[s | BEGAN]!, tried: tried[at] ?? [] }
}
