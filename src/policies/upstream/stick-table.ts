/**
 * What a balancer remembers of who sticks to which replica: entries by a number, each forgotten some time
 * after its last use; when the table is full, the one unused for longest makes room. Every operation is O(1).
 *
 * Source: HAProxy 2.6.12, `stick-table` with `size` and `expire`: a look-up is a use.
 */

import { addRow, findRow, type KeyedRows, keyedRows, NO_ROW, removeRow } from '../../base/keyed-rows.ts'
import { firstOf, type Lists, lists, makeRoom, NOBODY, putLast, takeOut } from '../../base/lists.ts'
import type { Instant } from '../../base/time.ts'
import { NIL } from './line.ts'
import type { Affinity } from './settings.ts'

/** Plain data. */
export interface StickTable {
  /** By who sticks: the replica, and when the entry was last used, ns. */
  readonly rows: KeyedRows
  /** One list of the rows, the one unused for longest first. */
  readonly order: Lists
  /** ns; 0: entries live for ever. */
  readonly expiry: number
}

const WIDTH = 2
const USED = 1
const ORDER = 0

export function stickTable({ size, expiry }: Pick<Affinity, 'size' | 'expiry'>): StickTable {
  return { rows: keyedRows(WIDTH, size > 0 ? size : undefined), order: lists(1), expiry }
}

/** The replica that `key` sticks to, or NIL. Counts as a use. */
export function findStuck(table: StickTable, key: number, now: Instant): number {
  const { rows, order } = table
  forgetExpired(table, now)
  const row = findRow(rows, key)
  if (row === NO_ROW) return NIL
  takeOut(order, row)
  putLast(order, ORDER, row)
  rows.values[row * WIDTH + USED] = now
  return rows.values[row * WIDTH]!
}

/** Makes `key` stick to a replica from now on. */
export function stick(table: StickTable, key: number, replica: number, now: Instant): void {
  const { rows, order } = table
  forgetExpired(table, now)
  let row = findRow(rows, key)
  if (row !== NO_ROW) takeOut(order, row)
  else {
    if (rows.size === rows.atMost) forgetOldest(table)
    row = addRow(rows, key)
    makeRoom(order, row, rows.atMost)
  }
  putLast(order, ORDER, row)
  rows.values[row * WIDTH] = replica
  rows.values[row * WIDTH + USED] = now
}

function forgetExpired(table: StickTable, now: Instant): void {
  const { rows, order, expiry } = table
  if (expiry === 0) return
  for (;;) {
    const row = firstOf(order, ORDER)
    if (row === NOBODY || now - rows.values[row * WIDTH + USED]! < expiry) return
    forgetOldest(table)
  }
}

function forgetOldest({ rows, order }: StickTable): void {
  const row = firstOf(order, ORDER)
  takeOut(order, row)
  removeRow(rows, row)
}
