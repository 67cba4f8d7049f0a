/**
 * Sliding counter: what passed in the present window of the clock, plus what passed in the one before, in
 * proportion to how much of that still lies less than a window back. Only what passes counts.
 *
 * Source: Cloudflare, "How we built rate limiting capable of scaling to millions of domains" (2017).
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import type { Instant } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { figure, limit, window } from './common.ts'
import { type Limiter, PASS, REJECT, type Verdict } from './limit.ts'

const params = { limit, window } as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** A row: the window's number, what has passed in it, what passed in the one before. */
const WINDOW = 0
const PASSED = 1
const BEFORE = 2
const WIDTH = 3

/** Event-nanoseconds of the last window's length: a count times the window. */
function weighed({ window }: P, rows: KeyedRows, row: number, now: Instant): number {
  const at = row * WIDTH
  const passed = rows.values[at + PASSED]!
  const windows = Math.floor(now / window) - rows.values[at + WINDOW]!
  const left = window - (now % window)
  if (windows === 0) return rows.values[at + BEFORE]! * left + passed * window
  return windows === 1 ? passed * left : 0
}

function judge(params: P, rows: KeyedRows, row: number, now: Instant): Verdict {
  const { values } = rows
  const { limit, window } = params
  if (weighed(params, rows, row, now) + window > limit * window) return REJECT
  const at = row * WIDTH
  const number = Math.floor(now / window)
  if (number !== values[at + WINDOW]) {
    values[at + BEFORE] = number === values[at + WINDOW]! + 1 ? values[at + PASSED]! : 0
    values[at + PASSED] = 0
    values[at + WINDOW] = number
  }
  values[at + PASSED]!++
  return PASS
}

export const slidingCounter: Limiter = {
  name: 'sliding-counter',
  title: 'Sliding counter',
  summary: 'Counts what passed in this window and, in proportion, in the one before.',
  source: 'Cloudflare, How we built rate limiting capable of scaling to millions of domains (2017)',
  params,
  amounts: ['limit'],
  width: () => WIDTH,
  judge,
  explain: (params: P, rows, row, now) =>
    `${figure(weighed(params, rows, row, now) / params.window)} of ${params.limit} in the last window`,
}
