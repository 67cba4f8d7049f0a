/** Reference counts for schedules of arrivals, and rejected shares of Poisson arrivals. */

import { describe, expect, test } from 'vitest'
import { exponential } from '../../../src/base/exponential.ts'
import { stream } from '../../../src/base/stream.ts'
import { fixedWindow } from '../../../src/policies/limits/fixed-window.ts'
import { gcra } from '../../../src/policies/limits/gcra.ts'
import { leakyBucket } from '../../../src/policies/limits/leaky-bucket.ts'
import type { Limiter } from '../../../src/policies/limits/limit.ts'
import { slidingCounter } from '../../../src/policies/limits/sliding-counter.ts'
import { slidingLog } from '../../../src/policies/limits/sliding-log.ts'
import { tokenBucket } from '../../../src/policies/limits/token-bucket.ts'
import type { Params } from '../../../src/policies/policy.ts'
import { theoryRows } from '../theory-rows.ts'
import { passed, verdicts } from './driver.ts'

interface Row {
  readonly id: string
  readonly model: string
  readonly parameters: any
  readonly value: number
  readonly tolerance_hint: { readonly abs: number; readonly sigma_per_sqrt_n: number }
  readonly max_delay_s?: number
}

const rowsLike = theoryRows<Row>('limits')

const ns = (seconds: number) => Math.round(seconds * 1e9)

function schedule({ arrivals: a, limit, window_s }: any): number[] {
  if (typeof a === 'string') {
    const window = ns(window_s)
    const near = Array.from({ length: limit }, (_, i) => Math.floor((i * 0.1e9) / limit))
    return [...near.map((at) => window - 0.1e9 + at), ...near.map((at) => window + at)]
  }
  const volleys = a.bursts ?? 1
  return Array.from({ length: volleys }, (_, b) =>
    Array.from({ length: a.burst_size ?? a.requests }, (_, i) =>
      ns(a.first + b * (a.burst_interval ?? 0) + i * (a.inside_burst_interval ?? a.interval)),
    ),
  ).flat()
}

/** The limiters that a row is about, with its parameters. */
function limitersOf({ id, parameters: p }: Row): (readonly [Limiter, Params])[] {
  const windowed = { limit: p.limit, window: ns(p.window_s ?? 1) }
  if (/^tokenbucket/.test(id)) {
    const bucket = { rate: p.rate_per_s, burst: p.burst }
    return [tokenBucket, gcra].map((limiter) => [limiter, bucket])
  }
  if (/^leakyqueue/.test(id)) {
    return [
      [gcra, { rate: p.rate_per_s, burst: p.capacity, shape: true }],
      [leakyBucket, { rate: p.rate_per_s, burst: p.capacity - 1 }],
    ]
  }
  if (/^fixedwindow|-fixed-/.test(id)) return [[fixedWindow, windowed]]
  if (/^slidinglog|-log-/.test(id)) return [[slidingLog, windowed]]
  return [[slidingCounter, windowed]]
}

const cases = (of: readonly Row[]) =>
  of.flatMap((row) =>
    limitersOf(row).map(([limiter, params]) => ({ id: row.id, name: limiter.name, row, limiter, params })),
  )

describe('a schedule', () => {
  const counted = cases(rowsLike(/-(steady|bursts)-|^edgeburst/))
  test('is in so many rows', () => expect(counted).toHaveLength(34 + 9 + 3))
  test.each(counted)('$id: $name lets as many pass', ({ row, limiter, params }) => {
    const instants = schedule(row.parameters)
    const off = Math.abs(passed(limiter, params, instants) - row.value)
    expect(off).toBeLessThanOrEqual(Math.max(row.tolerance_hint.abs, 0))
    if (row.max_delay_s !== undefined) {
      const longest = Math.max(...verdicts(limiter, params, instants))
      const tick = limiter === leakyBucket ? 1e6 : 1
      expect(Math.abs(longest - ns(row.max_delay_s))).toBeLessThanOrEqual(tick)
    }
  })
})

describe('the cap', () => {
  test.each(cases(rowsLike(/^tokenbucket-cap/)))('$id: $name never lets more pass', (it) => {
    const { duration_s, rate_per_s } = it.row.parameters
    const flood = Array.from({ length: 100 * rate_per_s * duration_s }, (_, i) => ns(i / (100 * rate_per_s)))
    const count = passed(it.limiter, it.params, flood)
    expect(count).toBeLessThanOrEqual(it.row.value)
    expect(count).toBeGreaterThanOrEqual(it.row.value - 1)
  })
})

describe('Poisson arrivals', () => {
  const N = 400_000
  test.each(cases(rowsLike(/-poisson-/)))('$id: $name rejects the share', ({ id, row, limiter, params }) => {
    const random = stream(1, id)
    const mean = 1e9 / row.parameters.arrival_rate
    let now = 0
    const instants = Array.from({ length: N }, () => {
      now += mean * exponential(random)
      return Math.round(now)
    })
    const share = 1 - passed(limiter, params, instants) / N
    const allowed = (4 * row.tolerance_hint.sigma_per_sqrt_n) / Math.sqrt(N)
    expect(Math.abs(share - row.value), `${share} for ${row.value}`).toBeLessThanOrEqual(allowed)
  })
})
