/**
 * Varnish's vsthrottle.is_denied: a token bucket in whole tokens. At each call the whole tokens that have
 * come since the last accepted call are added, and an accepted call sets that clock back: fractions are lost,
 * so fewer than limit / period pass in the long run. With `block`, a call that finds the bucket empty closes
 * the key for that long; a call to a closed key is denied, sets the clock back and takes a token if there is
 * one, so who keeps calling finds an empty bucket, and the door closed again, when the block is over.
 *
 * Exact in its decisions; the real one counts seconds in a double, whose last digits are worth less than a
 * nanosecond for months after the machine's start. Not modelled: its garbage collector, which every thousand
 * calls drops keys that were idle for a period; it may end a block early.
 *
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import type { Instant } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { limit, window } from './common.ts'
import { type Limiter, PASS, REJECT, type Verdict } from './limit.ts'

const params = {
  limit: { ...limit, summary: 'How many tokens a full bucket has.', min: 1 },
  period: { ...window, title: 'Period', summary: 'How long a bucket takes to fill.' },
  block: {
    kind: 'duration',
    title: 'Block',
    summary: 'For how long a key that found its bucket empty is denied; 0 is off.',
    default: 0,
    min: 0,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** A row: whole tokens, since when tokens come in, and until when the key is blocked. */
const TOKENS = 0
const SINCE = 1
const BLOCKED = 2
const WIDTH = 3

function tokensAt({ limit, period }: P, rows: KeyedRows, row: number, now: Instant): number {
  const at = row * WIDTH
  const come = Math.floor(((now - rows.values[at + SINCE]!) / period) * limit)
  return Math.min(limit, rows.values[at + TOKENS]! + come)
}

function open({ limit }: P, rows: KeyedRows, row: number, now: Instant): void {
  rows.values[row * WIDTH + TOKENS] = limit
  rows.values[row * WIDTH + SINCE] = now
}

function judge(params: P, rows: KeyedRows, row: number, now: Instant): Verdict {
  const { values } = rows
  const { block } = params
  const at = row * WIDTH
  const tokens = tokensAt(params, rows, row, now)
  const isBlocked = block > 0 && now < values[at + BLOCKED]!
  if (isBlocked || tokens > 0) values[at + SINCE] = now
  values[at + TOKENS] = Math.max(0, tokens - 1)
  if (tokens === 0 && block > 0 && !isBlocked) values[at + BLOCKED] = now + block
  return isBlocked || tokens === 0 ? REJECT : PASS
}

export const vsthrottle: Limiter = {
  name: 'vsthrottle',
  title: 'vsthrottle (Varnish)',
  summary: 'A bucket of whole tokens; the fractions between two calls are lost. May block who was denied.',
  source: 'varnish-modules 0.20.0, vsthrottle.is_denied',
  params,
  amounts: ['limit'],
  width: () => WIDTH,
  open,
  judge,
  explain(params: P, rows, row, now) {
    const left = `${tokensAt(params, rows, row, now)} of ${params.limit} tokens left`
    return now < rows.values[row * WIDTH + BLOCKED]! ? `blocked; ${left}` : left
  },
}
