/**
 * A zone: the keys that one limiter remembers, at most so many. When a new key comes to a full zone, the key
 * that was judged longest ago is forgotten, as nginx (limit_req_zone) and HAProxy (stick-table) do; a limit
 * on what goes on at the same time forgets no key, but rejects the new one, as nginx (limit_conn_zone) does.
 *
 * Real ones forget idle keys earlier: nginx those whose excess has drained and that were idle for a minute,
 * Varnish those with a full bucket, HAProxy those past `expire`. That changes no decision, as a key that is
 * forgotten so would have passed; but for an `expire` that is shorter than the period, which is not modelled.
 */

import {
  addRow,
  findRow,
  type KeyedRows,
  keyedRows,
  NO_ROW,
  ownRows,
  removeRow,
} from '../../base/keyed-rows.ts'
import { firstOf, type Lists, lists, makeRoom, putLast, takeOut } from '../../base/lists.ts'
import { type Instant, SECOND } from '../../base/time.ts'
import type { Params } from '../policy.ts'
import { type Limiter, PASS, REJECT, type Verdict } from './limit.ts'

/** State of a zone: plain data. */
export interface Zone {
  readonly rows: KeyedRows
  /** One list of the rows, the one judged longest ago first; none where nobody is ever forgotten. */
  readonly order: Lists | undefined
}

const ORDER = 0

/**
 * An empty zone for at most `atMost` keys; as many as there are when left out.
 * @param bound keys are whole numbers below this; 0: they may be any
 */
export function zone(limiter: Limiter, params: Params, atMost?: number, bound = 0): Zone {
  const width = limiter.width(params)
  if (atMost === undefined && bound > 0) return { rows: ownRows(width, bound), order: undefined }
  const forgets = atMost !== undefined && limiter.ended === undefined
  return { rows: keyedRows(width, atMost), order: forgets ? lists(1) : undefined }
}

/** Judges an event of a key. An event without a key is not limited: do not ask for it. O(1). */
export function judge(limiter: Limiter, params: Params, memory: Zone, key: number, now: Instant): Verdict {
  const { rows, order } = memory
  let row = findRow(rows, key)
  if (limiter.ended !== undefined) {
    if (row === NO_ROW) {
      if (rows.size === rows.atMost) return REJECT
      row = opened(limiter, params, rows, key, now)
    }
    return limiter.judge(params, rows, row, now)
  }
  if (order === undefined) {
    if (row === NO_ROW) row = opened(limiter, params, rows, key, now)
    return limiter.judge(params, rows, row, now)
  }
  if (row !== NO_ROW) {
    takeOut(order, row)
  } else {
    if (rows.size === rows.atMost) forgetOldest(rows, order)
    row = opened(limiter, params, rows, key, now)
    makeRoom(order, row, rows.atMost)
  }
  putLast(order, ORDER, row)
  return limiter.judge(params, rows, row, now)
}

/** What one counter knew of a key before it judged an event: enough to take that back at the same instant. */
export interface Counted {
  readonly limiter: Limiter
  readonly params: Params
  readonly memory: Zone
  readonly key: number
  readonly before: Float64Array
}

/** Judges as `judge` does; what passes can be taken back with what is put at the end of `counted`. */
export function judgeForNow(
  limiter: Limiter,
  params: Params,
  memory: Zone,
  key: number,
  now: Instant,
  counted: Counted[],
): Verdict {
  const { rows } = memory
  const { width } = rows
  const row = findRow(rows, key)
  const before = new Float64Array(width)
  if (row !== NO_ROW) before.set(rows.values.subarray(row * width, (row + 1) * width))
  else limiter.open?.(params, { ...rows, values: before }, 0, now)
  const verdict = judge(limiter, params, memory, key, now)
  if (verdict !== REJECT) counted.push({ limiter, params, memory, key, before })
  return verdict
}

/** An event that a counter has let pass at this instant does not take place after all. */
export function takeBack({ limiter, params, memory, key, before }: Counted): void {
  const { rows } = memory
  if (limiter.ended !== undefined) ended(limiter, params, memory, key)
  else if (!limiter.countsRejected) rows.values.set(before, findRow(rows, key) * rows.width)
}

/** Tells that an event of a key, which was let pass, has ended. */
export function ended(limiter: Limiter, params: Params, memory: Zone, key: number): void {
  if (limiter.ended === undefined) return
  const row = findRow(memory.rows, key)
  if (row === NO_ROW) throw new Error(`an event of key ${key} ended that never began`)
  if (limiter.ended(params, memory.rows, row)) removeRow(memory.rows, row)
}

/** What the limiter would say to an event of a key now; changes nothing that can be seen. */
export function wouldJudge(
  limiter: Limiter,
  params: Params,
  memory: Zone,
  key: number,
  now: Instant,
): Verdict {
  const row = findRow(memory.rows, key)
  const { width } = memory.rows
  const trial = keyedRows(width, 1)
  addRow(trial, key)
  if (row === NO_ROW) limiter.open?.(params, trial, 0, now)
  else trial.values.set(memory.rows.values.subarray(row * width, (row + 1) * width))
  return limiter.judge(params, trial, 0, now)
}

/** The longest Retry-After that is looked for: a day. */
export const LONGEST_WAIT = 86400

/**
 * After how many whole seconds an event of a key would pass if none came before it: what a Retry-After header
 * should say. 0 when it passes now; a day when it would be longer or the clock does not decide.
 */
export function retryAfter(
  limiter: Limiter,
  params: Params,
  memory: Zone,
  key: number,
  now: Instant,
): number {
  const passesAfter = (seconds: number) =>
    wouldJudge(limiter, params, memory, key, now + seconds * SECOND) >= PASS
  if (passesAfter(0)) return 0
  let late = 1
  while (!passesAfter(late)) {
    if (late === LONGEST_WAIT) return LONGEST_WAIT
    late = Math.min(2 * late, LONGEST_WAIT)
  }
  let early = Math.floor(late / 2)
  while (late - early > 1) {
    const middle = (early + late) >> 1
    if (passesAfter(middle)) late = middle
    else early = middle
  }
  return late
}

/** How a key stands, in words. */
export function explain(limiter: Limiter, params: Params, memory: Zone, key: number, now: Instant): string {
  const row = findRow(memory.rows, key)
  return row === NO_ROW ? 'not seen yet' : limiter.explain(params, memory.rows, row, now)
}

function opened(limiter: Limiter, params: Params, rows: KeyedRows, key: number, now: Instant): number {
  const row = addRow(rows, key)
  limiter.open?.(params, rows, row, now)
  return row
}

function forgetOldest(rows: KeyedRows, order: Lists): void {
  const oldest = firstOf(order, ORDER)
  takeOut(order, oldest)
  removeRow(rows, oldest)
}
