/**
 * nginx's limit_req: a leaky bucket. Each event adds one to a key's excess, which drains at the rate; above
 * `burst` an event is rejected and leaves no trace, not even of the time. What passes is held back until the
 * excess would have drained, but for the first `delay` of excess, or not at all with `nodelay`.
 *
 * Exact: the excess is a whole number of thousandths of a request, the rate a whole number of thousandths
 * per second, the clock whole milliseconds, and divisions truncate. A key's first event leaves an excess of
 * 0, so a volley of burst + 1 passes. Several limits at one place count an event only when all let it pass.
 *
 * Source: nginx 1.22.1, ngx_http_limit_req_module.
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import { type Instant, MILLISECOND } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { figure, rate } from './common.ts'
import { type Limiter, PASS, REJECT, type Verdict } from './limit.ts'

const params = {
  rate: { ...rate, summary: 'How fast the bucket drains; nginx keeps thousandths of a request.', min: 0.001 },
  burst: {
    kind: 'integer',
    title: 'Burst',
    summary: 'The excess above which events are rejected; 0 is nginx without burst.',
    default: 0,
    min: 0,
    max: 1e6,
  },
  nodelay: {
    kind: 'boolean',
    title: 'No delay',
    summary: 'What passes is not held back.',
    default: false,
  },
  delay: {
    kind: 'integer',
    title: 'Delay from',
    summary: 'The excess up to which events are not held back.',
    default: 0,
    min: 0,
    max: 1e6,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** A row: the last passed event (ms), the excess then (thousandths). */
const LAST = 0
const EXCESS = 1
const WIDTH = 2

/** Thousandths a second, as nginx holds a rate; the addend makes up for what "30/min" lost as a double. */
function thousandths(perSecond: number): number {
  return Math.floor(perSecond * 1000 + 1e-6)
}

/** The excess that an event would make, in thousandths of a request; the row is that of its key. */
export function excessAt(rate: number, rows: KeyedRows, row: number, ms: number): number {
  const at = row * WIDTH
  const drained = Math.floor((thousandths(rate) * (ms - rows.values[at + LAST]!)) / 1000)
  return Math.max(0, rows.values[at + EXCESS]! - drained + 1000)
}

function open(_params: P, rows: KeyedRows, row: number): void {
  rows.values[row * WIDTH + LAST] = -Infinity
}

function judge({ rate, burst, nodelay, delay }: P, rows: KeyedRows, row: number, now: Instant): Verdict {
  const ms = Math.floor(now / MILLISECOND)
  const excess = excessAt(rate, rows, row, ms)
  if (excess > burst * 1000) return REJECT
  rows.values[row * WIDTH + LAST] = ms
  rows.values[row * WIDTH + EXCESS] = excess
  if (nodelay || excess <= delay * 1000) return PASS
  return Math.floor(((excess - delay * 1000) * 1000) / thousandths(rate)) * MILLISECOND
}

export const leakyBucket: Limiter = {
  name: 'leaky-bucket',
  title: 'Leaky bucket (nginx)',
  summary: 'Lets through at a steady rate; a burst is held back or let through, what is above it rejected.',
  source: 'nginx 1.22.1, limit_req',
  params,
  amounts: ['rate', 'burst', 'delay'],
  countsTogether: true,
  width: () => WIDTH,
  open,
  judge,
  check: ({ nodelay, delay }: P) =>
    nodelay && delay > 0 ? ['nodelay holds nothing back, so delay has no effect: leave one of them out'] : [],
  explain({ rate, burst }: P, rows, row, now) {
    const excess = excessAt(rate, rows, row, Math.floor(now / MILLISECOND)) / 1000
    return `an event now would make an excess of ${figure(excess)}, ${burst} are allowed`
  },
}
