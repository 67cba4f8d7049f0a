/**
 * HAProxy's http_req_rate(P) with a rule that denies above a limit: two buckets of length P, of which the
 * older counts for the part of it that is not yet P old. The first bucket begins with a key's first event.
 *
 * Exact: whole milliseconds, truncating division; an event counts before it is judged, and rejected ones
 * count too, so who keeps asking too fast is never let in again.
 *
 * Source: HAProxy 2.6.12, include/haproxy/freq_ctr.h and src/freq_ctr.c.
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import { type Instant, MILLISECOND } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { limit, window } from './common.ts'
import { type Limiter, PASS, REJECT, type Verdict } from './limit.ts'

const params = {
  limit: { ...limit, summary: 'The rate above which events are rejected, in events a window.' },
  window: { ...window, summary: "HAProxy's period: whole milliseconds." },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** A row: when the current bucket began (ms), what is in it, what is in the one before. */
const BEGAN = 0
const CURRENT = 1
const BEFORE = 2
const WIDTH = 3

function open(_params: P, rows: KeyedRows, row: number, now: Instant): void {
  rows.values[row * WIDTH + BEGAN] = Math.floor(now / MILLISECOND)
}

function judge({ limit, window }: P, rows: KeyedRows, row: number, now: Instant): Verdict {
  const { values } = rows
  const at = row * WIDTH
  const ms = Math.floor(now / MILLISECOND)
  const period = Math.floor(window / MILLISECOND)
  const elapsed = ms - values[at + BEGAN]!
  if (elapsed >= period) {
    const isLongAgo = elapsed >= 2 * period
    values[at + BEFORE] = isLongAgo ? 0 : values[at + CURRENT]!
    values[at + BEGAN] = isLongAgo ? ms : values[at + BEGAN]! + period
    values[at + CURRENT] = 0
  }
  values[at + CURRENT]!++
  return rateOf(rows, row, ms, period) > limit ? REJECT : PASS
}

/** The rate as HAProxy reads it right after an event, in events a period; times in ms. */
export function rateOf({ values }: KeyedRows, row: number, ms: number, period: number): number {
  const at = row * WIDTH
  const left = values[at + BEGAN]! + period - ms
  return Math.floor((values[at + BEFORE]! * left + values[at + CURRENT]! * period) / period)
}

export const slidingWindow: Limiter = {
  name: 'sliding-window',
  title: 'Sliding window (HAProxy)',
  summary: 'Rejects above a rate over the last window, counting the rejected: who keeps on stays out.',
  source: 'HAProxy 2.6.12, stick-table http_req_rate',
  params,
  amounts: ['limit'],
  countsRejected: true,
  width: () => WIDTH,
  open,
  judge,
  explain({ limit, window }: P, rows, row, now) {
    const [began = 0, current = 0, before = 0] = rows.values.subarray(row * WIDTH, (row + 1) * WIDTH)
    const age = Math.floor(now / MILLISECOND) - began
    const period = Math.floor(window / MILLISECOND)
    const older = age < period ? before : current
    const newer = age < period ? current : 0
    const left = Math.max(0, (age < period ? 1 : 2) * period - age)
    return `rate ${Math.floor((older * left) / period + newer)}, above ${limit} it rejects`
  },
}
