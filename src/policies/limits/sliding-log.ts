/**
 * Sliding log: of the events that passed, at most `limit` lie in the last window, exactly. It remembers the
 * instants of the last `limit` of them, in a ring.
 *
 * Source: definition; e.g. Redis manual, sorted sets as a rate limiter's log.
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import type { Instant } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { limit, window } from './common.ts'
import { type Limiter, PASS, REJECT, type Verdict } from './limit.ts'

const params = {
  limit: { ...limit, min: 1, max: 10_000 },
  window: { ...window, summary: 'How far back it looks; what is exactly that old no longer counts.' },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** A row: the place of the oldest in the ring, then the ring of instants. */
const OLDEST = 0
const RING = 1

function width({ limit }: P): number {
  return RING + limit
}

function open(params: P, rows: KeyedRows, row: number): void {
  const at = row * width(params)
  rows.values.fill(-Infinity, at + RING, at + width(params))
}

function judge(params: P, rows: KeyedRows, row: number, now: Instant): Verdict {
  const { values } = rows
  const at = row * width(params)
  const oldest = values[at + OLDEST]!
  if (values[at + RING + oldest]! > now - params.window) return REJECT
  values[at + RING + oldest] = now
  values[at + OLDEST] = oldest + 1 === params.limit ? 0 : oldest + 1
  return PASS
}

function explain(params: P, rows: KeyedRows, row: number, now: Instant): string {
  const at = row * width(params)
  const ring = rows.values.subarray(at + RING, at + width(params))
  const passed = ring.filter((instant) => instant > now - params.window).length
  return `${passed} of ${params.limit} passed in the last window`
}

export const slidingLog: Limiter = {
  name: 'sliding-log',
  title: 'Sliding log',
  summary: 'At most so many in any window, exactly; remembers the instant of each.',
  source: 'Redis manual, sorted sets as a log of events',
  params,
  amounts: ['limit'],
  width,
  open,
  judge,
  explain,
}
