/**
 * Generic cell rate algorithm: events have to keep a distance of 1 / rate on average and may be early by up
 * to burst - 1 distances, or are rejected; with `shape` they are let through when their time comes, up to
 * burst of them at once, as a queue that is served at the rate.
 *
 * The lead (how far the next event's due time lies ahead) is counted in 10^-9 of a distance, so a nanosecond
 * takes `rate` from it: exact for whole rates per second. Decides as the token bucket of the same rate and
 * burst does.
 *
 * Source: ITU-T I.371 (2004), annex A, continuous-state leaky bucket algorithm.
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import type { Instant } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { burst, figure, rate } from './common.ts'
import { type Limiter, PASS, REJECT, type Verdict } from './limit.ts'

const params = {
  rate,
  burst,
  shape: {
    kind: 'boolean',
    title: 'Shape',
    summary: 'Early events are held back until they are due instead of let through at once.',
    default: false,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

const DISTANCE = 1e9

/** A row: the lead (10^-9 distances) as of an instant, and that instant. */
const LEAD = 0
const AS_OF = 1
const WIDTH = 2

function leadAt(rate: number, rows: KeyedRows, row: number, now: Instant): number {
  const at = row * WIDTH
  return Math.max(0, rows.values[at + LEAD]! - (now - rows.values[at + AS_OF]!) * rate)
}

function judge({ rate, burst, shape }: P, rows: KeyedRows, row: number, now: Instant): Verdict {
  const at = row * WIDTH
  const lead = leadAt(rate, rows, row, now)
  if (lead > (burst - 1) * DISTANCE) return REJECT
  rows.values[at + LEAD] = lead + DISTANCE
  rows.values[at + AS_OF] = now
  return shape ? Math.ceil(lead / rate) : PASS
}

export const gcra: Limiter = {
  name: 'gcra',
  title: 'GCRA',
  summary: 'Events keep their distance on average and may be early by the burst; shapes or rejects.',
  source: 'ITU-T I.371 (2004), annex A',
  params,
  amounts: ['rate', 'burst'],
  width: () => WIDTH,
  judge,
  explain({ rate, burst }: P, rows, row, now) {
    const lead = leadAt(rate, rows, row, now) / DISTANCE
    return `early by ${figure(lead)} of at most ${burst - 1} distances`
  },
}
