/** Each limiter against the plainest way to write its rule down: all events kept, whole numbers, no state. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixedWindow } from '../../../src/policies/limits/fixed-window.ts'
import { gcra } from '../../../src/policies/limits/gcra.ts'
import { leakyBucket } from '../../../src/policies/limits/leaky-bucket.ts'
import type { Limiter } from '../../../src/policies/limits/limit.ts'
import { slidingCounter } from '../../../src/policies/limits/sliding-counter.ts'
import { slidingLog } from '../../../src/policies/limits/sliding-log.ts'
import { slidingWindow } from '../../../src/policies/limits/sliding-window.ts'
import { tokenBucket } from '../../../src/policies/limits/token-bucket.ts'
import { vsthrottle } from '../../../src/policies/limits/vsthrottle.ts'
import type { Params } from '../../../src/policies/policy.ts'
import { verdicts } from './driver.ts'

/** Decides an event, given the instants that passed and all that came before it. */
type Rule = (now: number, passed: readonly number[], before: readonly number[]) => number

function naive(rule: Rule, instants: readonly number[]): number[] {
  const passed: number[] = []
  return instants.map((now, i) => {
    const verdict = rule(now, passed, instants.slice(0, i))
    if (verdict >= 0) passed.push(now)
    return verdict
  })
}

/** Instants in ns: volleys, odd distances, exact milliseconds and tenths of a second, long pauses. */
const instants = fc
  .array(
    fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 400 }).map((n) => n * 1e6),
      fc.integer({ min: 0, max: 20 }).map((n) => n * 1e8),
      fc.integer({ min: 0, max: 1e9 }),
      fc.integer({ min: 0, max: 1e10 }),
    ),
    { maxLength: 60 },
  )
  .map((gaps) => {
    let now = 0
    return gaps.map((gap) => {
      now += gap
      return now
    })
  })

const small = fc.integer({ min: 1, max: 6 })
const span = fc.constantFrom(100e6, 500e6, 1e9, 1.7e9)

function agree(limiter: Limiter, params: fc.Arbitrary<Params>, rule: (given: any) => Rule) {
  fc.assert(
    fc.property(params, instants, (given, at) => {
      expect(verdicts(limiter, given, at)).toEqual(naive(rule(given), at))
    }),
    { numRuns: 300 },
  )
}

test('leaky bucket: thousandths, milliseconds and truncation, in whole numbers', () => {
  const params = fc.record({
    rate: fc.constantFrom(1, 5, 10, 0.5, 7 / 60, 30 / 60, 333),
    burst: fc.integer({ min: 0, max: 6 }),
    delay: fc.integer({ min: 0, max: 3 }),
    nodelay: fc.boolean(),
  })
  agree(leakyBucket, params, ({ rate, burst, delay, nodelay }) => {
    const perMinute = BigInt(Math.round(rate * 60))
    const thousandths = (perMinute * 1000n) / 60n
    return (now, passed) => {
      const ms = (at: number) => BigInt(Math.floor(at / 1e6))
      let excess = 0n
      for (const [i, at] of [...passed, now].entries()) {
        if (i === 0) continue
        excess += 1000n - (thousandths * (ms(at) - ms(passed[i - 1]!))) / 1000n
        if (excess < 0n) excess = 0n
      }
      if (excess > BigInt(burst) * 1000n) return -1
      const held = excess - BigInt(delay) * 1000n
      return nodelay || held <= 0n ? 0 : Number((held * 1000n) / thousandths) * 1e6
    }
  })
})

const tokens = fc.record({ rate: fc.constantFrom(1, 3, 7, 10, 333), burst: small })

test('token bucket: whole tokens of an exact rational', () => {
  agree(tokenBucket, tokens, ({ rate, burst }) => (now, _passed, before) => {
    const full = BigInt(burst) * 1_000_000_000n
    let left = full
    const all = [...before, now]
    for (const [i, at] of all.entries()) {
      if (i > 0) left += BigInt(at - all[i - 1]!) * BigInt(rate)
      if (left > full) left = full
      if (i === all.length - 1) break
      if (left >= 1_000_000_000n) left -= 1_000_000_000n
    }
    return left >= 1_000_000_000n ? 0 : -1
  })
})

test('GCRA decides as the token bucket does', () => {
  fc.assert(
    fc.property(tokens, instants, (given, at) => {
      expect(verdicts(gcra, { ...given, shape: false }, at)).toEqual(verdicts(tokenBucket, given, at))
    }),
  )
})

test('GCRA that shapes is a queue served at the rate', () => {
  const params = fc.record({ rate: fc.constantFrom(1, 2, 5, 10), burst: small, shape: fc.constant(true) })
  agree(gcra, params, ({ rate, burst }) => (now, passed) => {
    const service = 1e9 / rate
    let freeAt = 0
    for (const at of passed) freeAt = Math.max(at, freeAt) + service
    const wait = Math.max(0, freeAt - now)
    return wait > (burst - 1) * service ? -1 : wait
  })
})

const windows = fc.record({ limit: small, window: span })

test('fixed window: what passed in the same window of the clock', () => {
  agree(fixedWindow, windows, ({ limit, window }) => (now, passed) => {
    const same = passed.filter((at) => Math.floor(at / window) === Math.floor(now / window))
    return same.length < limit ? 0 : -1
  })
})

test('sliding log: what passed less than a window ago', () => {
  agree(slidingLog, windows, ({ limit, window }) => (now, passed) => {
    return passed.filter((at) => now - at < window).length < limit ? 0 : -1
  })
})

test('sliding counter: this window, and the one before in proportion', () => {
  agree(slidingCounter, windows, ({ limit, window }) => (now, passed) => {
    const number = Math.floor(now / window)
    const inWindow = (n: number) => BigInt(passed.filter((at) => Math.floor(at / window) === n).length)
    const left = BigInt((number + 1) * window - now)
    const weighed = inWindow(number - 1) * left + (inWindow(number) + 1n) * BigInt(window)
    return weighed <= BigInt(limit) * BigInt(window) ? 0 : -1
  })
})

test('sliding window: the buckets follow from the instants of all events', () => {
  agree(slidingWindow, windows, ({ limit, window }) => (now, _passed, before) => {
    const ms = (at: number) => Math.floor(at / 1e6)
    const period = window / 1e6
    const all = [...before, now].map(ms)
    let start = all[0]!
    for (const at of all) {
      if (at - start >= 2 * period) start = at
      else if (at - start >= period) start += period
    }
    const current = all.filter((at) => at >= start).length
    const restarted =
      all.find((at) => at >= start) === start && !all.some((at) => at >= start - period && at < start)
    const older = restarted ? 0 : all.filter((at) => at >= start - period && at < start).length
    const rate = (older * (start + period - ms(now)) + current * period) / period
    return Math.floor(rate) > limit ? -1 : 0
  })
})

test('vsthrottle without block: whole tokens since the last accepted call', () => {
  const params = fc.record({ limit: small, period: span, block: fc.constant(0) })
  agree(vsthrottle, params, ({ limit, period }) => (now, passed) => {
    let left = limit
    for (const [i, at] of [...passed, now].entries()) {
      if (i > 0) left = Math.min(limit, left - 1 + Math.floor(((at - passed[i - 1]!) / period) * limit))
    }
    return left > 0 ? 0 : -1
  })
})

test('vsthrottle with block: closed for as long, and open after a silence that fills the bucket', () => {
  const given = { limit: 2, period: 1e9, block: 2e9 }
  const told = verdicts(vsthrottle, given, [0, 0, 0, 1.9e9, 2e9, 2.1e9, 2.6e9].map(Math.round))
  // Tokens came in until 1.9 s; the blocked call took one and left one for the call at 2 s.
  expect(told).toEqual([0, 0, -1, -1, 0, -1, -1])
  const calling = Array.from({ length: 100 }, (_, i) => i * 0.1e9)
  expect(verdicts(vsthrottle, given, calling).filter((verdict) => verdict === 0)).toHaveLength(2)
})
