/**
 * nginx's limit_conn: at most `limit` requests of one key at the same time; more are rejected. A request
 * counts from when it is judged until it ends. Exact.
 *
 * Source: nginx 1.22.1, ngx_http_limit_conn_module.
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { type Limiter, PASS, REJECT, type Verdict } from './limit.ts'

const params = {
  limit: {
    kind: 'integer',
    title: 'Limit',
    summary: 'How many requests of one key may go on at the same time.',
    default: 10,
    min: 1,
    max: 1e6,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** A row: how many go on. */
const WIDTH = 1

function judge({ limit }: P, rows: KeyedRows, row: number): Verdict {
  if (rows.values[row]! >= limit) return REJECT
  rows.values[row]!++
  return PASS
}

function ended(_params: P, rows: KeyedRows, row: number): boolean {
  return --rows.values[row]! === 0
}

export const concurrency: Limiter = {
  name: 'concurrency',
  title: 'Concurrency',
  summary: 'At most so many requests of one key at the same time; the length of requests decides the rate.',
  source: 'nginx 1.22.1, limit_conn',
  params,
  amounts: ['limit'],
  width: () => WIDTH,
  judge,
  ended,
  explain: ({ limit }: P, rows, row) => `${rows.values[row]} of ${limit} going on`,
}
