import { describe, expect, test } from 'vitest'
import { MILLISECOND, SECOND } from '../../../src/base/time.ts'
import { drops, emptied, openCodel } from '../../../src/policies/resilience/codel.ts'
import { hedgeDelay, learnLatency, openHedge } from '../../../src/policies/resilience/hedging.ts'
import { sheddings } from '../../../src/policies/resilience/shedding/index.ts'
import {
  dropShare,
  dropShareNow,
  noteAccept,
  noteRequest,
  openThrottle,
} from '../../../src/policies/resilience/throttle.ts'

describe('adaptive throttling', () => {
  test.each([
    [100, 100, 2, 0],
    [100, 50, 2, 0],
    [100, 40, 2, 0.198019802],
    [1000, 0, 2, 0.999000999],
    [1000, 400, 1.1, 0.5594405594],
    [0, 0, 2, 0],
  ])('%d requests, %d accepted, K %d: %d', (requests, accepts, k, share) => {
    expect(dropShare(requests, accepts, k)).toBeCloseTo(share, 9)
  })

  test('forgets what is older than its window', () => {
    const throttle = { k: 2, window: 120 * SECOND }
    const memory = openThrottle()
    for (let i = 0; i < 100; i++) noteRequest(throttle, memory, SECOND)
    for (let i = 0; i < 40; i++) noteAccept(throttle, memory, SECOND)
    expect(dropShareNow(throttle, memory, 120 * SECOND)).toBeCloseTo(20 / 101, 12)
    expect(dropShareNow(throttle, memory, 121 * SECOND)).toBe(0)
    noteRequest(throttle, memory, 500 * SECOND)
    expect(dropShareNow(throttle, memory, 500 * SECOND)).toBe(0.5)
  })

  test.each([
    [2, 800],
    [1.1, 440],
  ])('K %d: of 1000 a second, of which 400 are accepted, %d are sent', (k, expected) => {
    const throttle = { k, window: 120 * SECOND }
    const memory = openThrottle()
    let sent = 0
    let owed = 0
    for (let i = 0; i < 480_000; i++) {
      const now = i * MILLISECOND
      // What is sent is spread evenly, and the server accepts 0.4 of each millisecond.
      const share = dropShareNow(throttle, memory, now)
      noteRequest(throttle, memory, now)
      owed = Math.min(100, owed + 0.4)
      const isSent = (i * 0.6180339887) % 1 >= share
      if (!isSent) continue
      if (i >= 360_000) sent++
      if (owed >= 1 - 1e-9) {
        owed -= 1
        noteAccept(throttle, memory, now)
      }
    }
    expect(Math.abs(sent / 120 / expected - 1)).toBeLessThan(0.03)
  })
})

describe('CoDel', () => {
  const codel = { target: 5 * MILLISECOND, interval: 100 * MILLISECOND }

  test('drops at the instants of RFC 8289 while waits stay long', () => {
    const memory = openCodel()
    const at: number[] = []
    for (let now = 0; now < 600 * MILLISECOND; now += MILLISECOND / 100) {
      if (drops(codel, memory, 6 * MILLISECOND, false, now)) at.push(now / MILLISECOND)
    }
    const expected = [100, 200, 270.71, 328.45, 378.45, 423.17, 463.99, 501.79, 537.14, 570.48]
    expect(at).toHaveLength(expected.length)
    for (const [i, ms] of expected.entries()) expect(Math.abs(at[i]! - ms)).toBeLessThan(0.02)
  })

  test('drops nobody who has waited for less than the target, nor the last one', () => {
    const memory = openCodel()
    for (let now = 0; now < SECOND; now += MILLISECOND) {
      expect(drops(codel, memory, 4 * MILLISECOND, false, now)).toBe(false)
      expect(drops(codel, memory, 90 * MILLISECOND, true, now)).toBe(false)
    }
  })

  test('begins a new interval when the queue has been empty', () => {
    const memory = openCodel()
    expect(drops(codel, memory, 9 * MILLISECOND, false, 0)).toBe(false)
    emptied(memory)
    expect(drops(codel, memory, 9 * MILLISECOND, false, 150 * MILLISECOND)).toBe(false)
    expect(drops(codel, memory, 9 * MILLISECOND, false, 249 * MILLISECOND)).toBe(false)
    expect(drops(codel, memory, 9 * MILLISECOND, false, 250 * MILLISECOND)).toBe(true)
  })
})

describe('hedging', () => {
  const learned = { delay: undefined, quantile: 0.95, copies: 1, cancels: true, fresh: true }

  test('waits for a quantile of what it has seen, and for ever until it has seen enough', () => {
    const memory = openHedge(learned)
    for (let ms = 1; ms < 50; ms++) learnLatency(learned, memory, ms)
    expect(hedgeDelay(learned, memory)).toBe(Infinity)
    for (let ms = 50; ms <= 100; ms++) learnLatency(learned, memory, ms)
    expect(hedgeDelay(learned, memory)).toBe(95)
    for (let i = 0; i < 1000; i++) learnLatency(learned, memory, 7)
    expect(hedgeDelay(learned, memory)).toBe(7)
  })

  test('or for as long as it is told', () => {
    const fixed = { ...learned, delay: 30 }
    const memory = openHedge(fixed)
    learnLatency(fixed, memory, 5)
    expect(hedgeDelay(fixed, memory)).toBe(30)
  })
})

describe('load shedding', () => {
  const door = { busy: 4, waiting: 0, slots: 4, priority: 0, timeLeft: Infinity }

  test('by the length of the queue: the less important, the sooner', () => {
    const rule = sheddings.get('queue-length')
    const params = { most: 10, reserve: 0.25 }
    const admits = (waiting: number, priority: number) =>
      rule.admits(params, rule.remember(params), { ...door, waiting, priority })
    expect([9, 10].map((waiting) => admits(waiting, 0))).toEqual([true, false])
    expect([7, 8].map((waiting) => admits(waiting, 1))).toEqual([true, false])
    expect(admits(0, 4)).toBe(false)
    expect(
      rule.admits(params, rule.remember(params), { ...door, busy: 3, priority: 4 }),
      'a slot is free',
    ).toBe(true)
  })

  test('by the deadline: what would be done too late is turned away', () => {
    const rule = sheddings.get('deadline')
    const params = { weight: 0.5 }
    const memory = rule.remember(params)
    expect(rule.admits(params, memory, { ...door, waiting: 99, timeLeft: 1 }), 'nothing is known').toBe(true)
    rule.served(params, memory, 100)
    rule.served(params, memory, 300)
    // 200 on average: 4 servers, 7 wait before it, so two rounds and its own service.
    const at = (timeLeft: number) => rule.admits(params, memory, { ...door, waiting: 7, timeLeft })
    expect([at(599), at(600)]).toEqual([false, true])
  })
})
