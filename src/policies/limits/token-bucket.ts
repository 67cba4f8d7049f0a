/**
 * Token bucket: tokens flow in continuously at the rate up to the burst, an event takes one, and without a
 * whole token it is rejected. A new key's bucket is full.
 *
 * Counted in 10^-9 tokens, so a nanosecond brings `rate` of them: exact for whole rates per second.
 *
 * Source: ITU-T I.371 (2004), annex A, in its token form; A. Tanenbaum, "Computer Networks", 5.4.
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import type { Instant } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { burst, figure, rate } from './common.ts'
import { type Limiter, PASS, REJECT, type Verdict } from './limit.ts'

const params = { rate, burst } as const satisfies ParamSpec

type P = ParamsOf<typeof params>

const TOKEN = 1e9

/** A row: the tokens (10^-9) as of an instant, and that instant. */
const TOKENS = 0
const AS_OF = 1
const WIDTH = 2

function tokensAt({ rate, burst }: P, rows: KeyedRows, row: number, now: Instant): number {
  const at = row * WIDTH
  return Math.min(burst * TOKEN, rows.values[at + TOKENS]! + (now - rows.values[at + AS_OF]!) * rate)
}

function open({ burst }: P, rows: KeyedRows, row: number, now: Instant): void {
  rows.values[row * WIDTH + TOKENS] = burst * TOKEN
  rows.values[row * WIDTH + AS_OF] = now
}

function judge(params: P, rows: KeyedRows, row: number, now: Instant): Verdict {
  const at = row * WIDTH
  const tokens = tokensAt(params, rows, row, now)
  const isEnough = tokens >= TOKEN
  rows.values[at + TOKENS] = isEnough ? tokens - TOKEN : tokens
  rows.values[at + AS_OF] = now
  return isEnough ? PASS : REJECT
}

export const tokenBucket: Limiter = {
  name: 'token-bucket',
  title: 'Token bucket',
  summary: 'Tokens flow in at the rate up to the burst; an event takes one or is rejected.',
  source: 'ITU-T I.371 (2004), annex A; Tanenbaum, Computer Networks, 5.4',
  params,
  amounts: ['rate', 'burst'],
  width: () => WIDTH,
  open,
  judge,
  explain: (params: P, rows, row, now) =>
    `${figure(tokensAt(params, rows, row, now) / TOKEN)} of ${params.burst} tokens left`,
}
