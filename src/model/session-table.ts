/**
 * Sessions that are under way: rows of numbers with a free list, as requests are. A session has a random
 * stream of its own, named after its number in its population: the j-th request of the k-th session is the
 * same whatever the cluster does, only its instant depends on the answers before it.
 */

import { type Stream, stream } from '../base/stream.ts'
import { NIL } from './tables.ts'

/** Doubles of a row: its stream's state, then its number (see visitors.ts). */
const NUMBER = 4
/** Integers of a row: visitor, user (closed loops) or NIL, requests still to come. */
const VISITOR = 0
const USER = 1
const LEFT = 2

export interface SessionTable {
  /** Row r begins at r << 3. */
  num: Float64Array
  /** Row r begins at r << 2. */
  int: Int32Array
  free: number
  used: number
  /** Sessions under way. */
  open: number
  /** By population: sessions begun so far. */
  readonly begun: Float64Array
}

const FIRST_ROWS = 64

export function sessionTable(populations: number): SessionTable {
  return {
    num: new Float64Array(0),
    int: new Int32Array(0),
    free: NIL,
    used: 0,
    open: 0,
    begun: new Float64Array(populations),
  }
}

/** A session begins. @returns its row; how many requests it makes is still to be said */
export function openSession(
  table: SessionTable,
  seed: string | number,
  population: string,
  nth: number,
  number: number,
  visitor: number,
  user: number,
): number {
  let row = table.free
  if (row !== NIL) table.free = table.int[row << 2]!
  else {
    if (table.used << 2 === table.int.length) grow(table)
    row = table.used++
  }
  table.num.set(stream(seed, `session/${population}/${nth}`), row << 3)
  table.num[(row << 3) | NUMBER] = number
  table.int[(row << 2) | VISITOR] = visitor
  table.int[(row << 2) | USER] = user
  table.open++
  return row
}

export function closeSession(table: SessionTable, row: number): void {
  table.int[row << 2] = table.free
  table.free = row
  table.open--
}

/** Lends the session's stream: what is drawn from `own` is to be given back with `giveBack`. */
export function lend(table: SessionTable, row: number, own: Stream): void {
  for (let i = 0; i < NUMBER; i++) own[i] = table.num[(row << 3) + i]!
}

export function giveBack(table: SessionTable, row: number, own: Stream): void {
  table.num.set(own, row << 3)
}

export function numberOf(table: SessionTable, row: number): number {
  return table.num[(row << 3) | NUMBER]!
}

export function visitorOf(table: SessionTable, row: number): number {
  return table.int[(row << 2) | VISITOR]!
}

export function userOf(table: SessionTable, row: number): number {
  return table.int[(row << 2) | USER]!
}

export function setLeft(table: SessionTable, row: number, requests: number): void {
  table.int[(row << 2) | LEFT] = requests
}

/** One request less to come. @returns how many are left */
export function countDown(table: SessionTable, row: number): number {
  return --table.int[(row << 2) | LEFT]!
}

function grow(table: SessionTable): void {
  const rows = Math.max(FIRST_ROWS, 2 * (table.int.length >> 2))
  const { num, int } = table
  table.num = new Float64Array(rows << 3)
  table.num.set(num)
  table.int = new Int32Array(rows << 2)
  table.int.set(int)
}
