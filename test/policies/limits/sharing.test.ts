/** Shares of a limit, and taking back what was counted. */

import { describe, expect, test } from 'vitest'
import { limiters, sharings } from '../../../src/policies/limits/index.ts'
import { PASS } from '../../../src/policies/limits/limit.ts'
import { shareOf } from '../../../src/policies/limits/sharing.ts'
import { type Counted, judge, judgeForNow, takeBack, zone } from '../../../src/policies/limits/zone.ts'
import { paramsOf } from './driver.ts'

describe.each(limiters.all.map((limiter) => [limiter.name, limiter] as const))('%s', (_name, limiter) => {
  const whole = paramsOf(limiter, { rate: 100, burst: 50, limit: 50, delay: 10, nodelay: false })

  test('of which a fifth lets a fifth pass of a volley, and less than a whole one stays one', () => {
    const passes = (share: number) => {
      const params = shareOf(limiter, whole, share)
      const memory = zone(limiter, params)
      const verdicts = Array.from({ length: 200 }, () => judge(limiter, params, memory, 1, 0))
      return verdicts.filter((verdict) => verdict >= PASS).length
    }
    expect(passes(1)).toBeGreaterThanOrEqual(50)
    // nginx lets one more pass than its burst.
    expect(Math.abs(passes(0.2) - passes(1) / 5)).toBeLessThan(1)
    expect(passes(0.001)).toBeGreaterThanOrEqual(1)
    expect(shareOf(limiter, whole, 1)).toBe(whole)
  })

  test('judges on as if what was taken back had never been, unless it counts the rejected', () => {
    const run = (isTried: boolean) => {
      const memory = zone(limiter, whole)
      const verdicts: number[] = []
      for (let n = 0; n < 120; n++) {
        const now = n * 1e6
        const counted: Counted[] = []
        if (isTried && judgeForNow(limiter, whole, memory, n % 3, now, counted) >= PASS) takeBack(counted[0]!)
        verdicts.push(judge(limiter, whole, memory, n % 3, now))
      }
      return verdicts
    }
    if (limiter.countsRejected) expect(run(true)).not.toEqual(run(false))
    else expect(run(true)).toEqual(run(false))
  })
})

test('ways to share a limit have words and a source', () => {
  expect(sharings.names).toEqual(['ceilings', 'quotas', 'reserves'])
  for (const { title, summary, source } of sharings.all)
    for (const text of [title, summary, source]) expect(text).not.toBe('')
})
