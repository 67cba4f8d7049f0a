/**
 * Sendings: a balancer's tries of one request, for one call or for the client. A row of numbers each, so that a
 * request costs no object; which replicas it has tried is a list that is there only once a try has failed.
 */

import { NO_TIMER } from '../engine/event-queue.ts'
import type { Tries } from '../policies/upstream/tries.ts'
import { OK } from './facts.ts'
import { doubled, NIL } from './tables.ts'

/** Integers. For whom: the balancer, the row that it sends for, the call that it serves (NIL: the client's). */
export const POOL = 0
export const OWNER = 1
export const PARENT = 2
/** The try and the call under way; NIL while it pauses. */
export const ROW = 3
export const CALL = 4
/** Of the try's timeout, or of the pause. */
export const TIMER = 5
/** How many tries have begun. */
export const BEGUN = 6
/** The replica that is to be tried again, or to be avoided; NIL. */
export const SAME = 7
export const AVOID = 8
/** 1: the budget has allowed the try under way, or the one to come. */
export const IS_SPENT = 9
/** How the last try has failed. */
export const FAILED_AS = 10
/** Of a free row: the next free one. */
const NEXT = 11
/** Doubles. Tries that may still begin, and when the first did. */
export const LEFT = 0
export const BEGAN = 1
/** The pause before the try under way. */
export const PAUSE = 2
/** When the try under way set out. */
export const SINCE = 3

/** The width of a row of integers, and of one of doubles, as shifts. */
const INT_SHIFT = 4
const NUM_SHIFT = 2

/** Plain data. */
export interface Sendings {
  /** Sending i begins at i * 16 in the integers, at i * 4 in the doubles. */
  int: Int32Array
  num: Float64Array
  free: number
  used: number
  /** How many are under way. */
  open: number
  /** By sending: replicas where a try has failed, in order; undefined: none. */
  readonly tried: (number[] | undefined)[]
}

export function sendings(): Sendings {
  const int = new Int32Array(64 << INT_SHIFT)
  return { int, num: new Float64Array(64 << NUM_SHIFT), free: NIL, used: 0, open: 0, tried: [] }
}

/** Where a sending's integers begin. */
export function sendingRow(at: number): number {
  return at << INT_SHIFT
}

/** Where its doubles begin. */
export function sendingTimes(at: number): number {
  return at << NUM_SHIFT
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
  if (at !== NIL) table.free = table.int[sendingRow(at) | NEXT]!
  else {
    at = table.used++
    if (sendingRow(at) === table.int.length) {
      table.int = doubled(table.int)
      table.num = doubled(table.num)
    }
  }
  table.open++
  const { int, num } = table
  const s = sendingRow(at)
  const t = sendingTimes(at)
  int[s | POOL] = pool
  int[s | OWNER] = owner
  int[s | PARENT] = parent
  int[s | ROW] = NIL
  int[s | CALL] = NIL
  int[s | TIMER] = NO_TIMER
  int[s | BEGUN] = 0
  int[s | SAME] = NIL
  int[s | AVOID] = NIL
  int[s | IS_SPENT] = 0
  int[s | FAILED_AS] = OK
  num[t | LEFT] = left
  num[t | BEGAN] = now
  num[t | PAUSE] = 0
  num[t | SINCE] = now
  return at
}

/** It is over; its number is given out again. */
export function closeSending(table: Sendings, at: number): void {
  if (at < table.tried.length) table.tried[at] = undefined
  table.int[sendingRow(at) | CALL] = NIL
  table.int[sendingRow(at) | NEXT] = table.free
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
  const t = sendingTimes(at)
  return { left: num[t | LEFT]!, began: num[t | BEGAN]!, tried: tried[at] ?? [] }
}
