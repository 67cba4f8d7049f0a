/**
 * Fixed windows: time is cut into windows that begin at multiples of their length, and in each a key may
 * pass `limit` events. Twice the limit passes around a boundary.
 *
 * Source: definition; e.g. Redis manual, INCR, "Pattern: rate limiter".
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import type { Instant } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { limit, window } from './common.ts'
import { type Limiter, PASS, REJECT, type Verdict } from './limit.ts'

const params = { limit, window } as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** A row: the window's number and what has passed in it. */
const WINDOW = 0
const PASSED = 1
const WIDTH = 2

function passedIn({ window }: P, rows: KeyedRows, row: number, now: Instant): number {
  const at = row * WIDTH
  return rows.values[at + WINDOW] === Math.floor(now / window) ? rows.values[at + PASSED]! : 0
}

function judge(params: P, rows: KeyedRows, row: number, now: Instant): Verdict {
  const passed = passedIn(params, rows, row, now)
  if (passed >= params.limit) return REJECT
  rows.values[row * WIDTH + WINDOW] = Math.floor(now / params.window)
  rows.values[row * WIDTH + PASSED] = passed + 1
  return PASS
}

export const fixedWindow: Limiter = {
  name: 'fixed-window',
  title: 'Fixed window',
  summary: 'So many events in each window of the clock; around a boundary twice as many pass.',
  source: 'Redis manual, INCR, rate limiter pattern',
  params,
  amounts: ['limit'],
  width: () => WIDTH,
  judge,
  explain: (params: P, rows, row, now) =>
    `${passedIn(params, rows, row, now)} of ${params.limit} passed in this window`,
}
