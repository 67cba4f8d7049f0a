/** What every limiter of the registry promises, with parameters that a scenario gets by default. */

import { describe, expect, test } from 'vitest'
import { findRow } from '../../../src/base/keyed-rows.ts'
import { below, stream } from '../../../src/base/stream.ts'
import { copyTree, restoreTree } from '../../../src/engine/tree.ts'
import { limiters } from '../../../src/policies/limits/index.ts'
import { type Limiter, PASS, REJECT } from '../../../src/policies/limits/limit.ts'
import { ended, explain, judge, retryAfter, wouldJudge, zone } from '../../../src/policies/limits/zone.ts'
import type { Param } from '../../../src/policies/policy.ts'
import { paramsOf } from './driver.ts'

/** Tight enough for most limiters to reject often at a mean distance of 10 ms. */
const GIVEN = { rate: 3, burst: 2, limit: 2 }

function live(limiter: Limiter, keys: number, atMost?: number) {
  const params = paramsOf(limiter, GIVEN)
  const state = { memory: zone(limiter, params, atMost), now: 0, chance: stream(1, limiter.name) }
  const going: number[] = []
  /** Judges one event of some key; some of those that go on end. */
  function happen(): number {
    state.now += below(state.chance, 20e6)
    const key = below(state.chance, keys)
    if (limiter.ended && going.length > 3 * keys) {
      for (const one of going.splice(0)) ended(limiter, params, state.memory, one)
    }
    const verdict = judge(limiter, params, state.memory, key, state.now)
    if (limiter.ended && verdict >= PASS) going.push(key)
    return verdict
  }
  return { params, state, happen, going }
}

describe.each(limiters.all.map((limiter) => [limiter.name, limiter] as const))('%s', (_name, limiter) => {
  test('lets some pass and rejects some', () => {
    const { happen } = live(limiter, 5)
    const told = Array.from({ length: 500 }, happen)
    expect(told.some((verdict) => verdict === REJECT)).toBe(true)
    expect(told.some((verdict) => verdict >= PASS)).toBe(true)
    for (const verdict of told) expect(Number.isInteger(verdict) && verdict >= REJECT).toBe(true)
  })

  test('judges a key alike whatever other keys do', () => {
    const params = paramsOf(limiter, GIVEN)
    const alone = zone(limiter, params)
    const crowded = zone(limiter, params)
    const chance = stream(2, limiter.name)
    for (let n = 0, now = 0; n < 300; n++) {
      now += below(chance, 300e6)
      for (let other = 1; other < 4; other++) judge(limiter, params, crowded, other, now)
      const verdict = judge(limiter, params, alone, 0, now)
      expect(judge(limiter, params, crowded, 0, now)).toBe(verdict)
    }
  })

  test('judges alike from a copy and after going back', () => {
    const { state, happen, going } = live(limiter, 20)
    for (let n = 0; n < 200; n++) happen()
    const saved = copyTree({ state, going })
    const first = Array.from({ length: 300 }, happen)
    restoreTree(state, saved.state)
    going.splice(0, going.length, ...saved.going)
    expect(Array.from({ length: 300 }, happen)).toEqual(first)
  })

  test('says beforehand what it would decide, and changes nothing by it or by explaining', () => {
    const { params, state, happen } = live(limiter, 5)
    for (let n = 0; n < 300; n++) {
      happen()
      const key = below(state.chance, 7)
      const before = copyTree(state)
      const would = wouldJudge(limiter, params, state.memory, key, state.now)
      expect(explain(limiter, params, state.memory, key, state.now)).not.toBe('')
      expect(state).toEqual(before)
      expect(judge(limiter, params, copyTree(state.memory), key, state.now)).toBe(would)
    }
  })

  test('promises a time to come back at which it lets pass, and none a second earlier', () => {
    const { params, state, happen } = live(limiter, 3)
    for (let n = 0; n < 100; n++) {
      happen()
      const wait = retryAfter(limiter, params, state.memory, 0, state.now)
      const tell = (seconds: number) =>
        wouldJudge(limiter, params, state.memory, 0, state.now + seconds * 1e9)
      if (wait > 0) expect(tell(wait - 1)).toBe(REJECT)
      if (wait < 86400) expect(tell(wait)).toBeGreaterThanOrEqual(PASS)
      else expect(limiter.ended).toBeDefined()
    }
  })

  test('keeps at most as many keys as it may', () => {
    const { state, happen } = live(limiter, 50, 10)
    for (let n = 0; n < 500; n++) {
      happen()
      expect(state.memory.rows.size).toBeLessThanOrEqual(10)
    }
    expect(state.memory.rows.keys.length).toBe(10)
  })

  test('says in words what it is, where it is from and what can be set', () => {
    expect(limiter.name).toMatch(/^[a-z][a-z-]*$/)
    expect(limiter.title).toMatch(/^[A-Z]|^vs/)
    expect(limiter.summary).toMatch(/^[A-Z].*\.$/)
    expect(limiter.source.length).toBeGreaterThan(5)
    for (const param of Object.values<Param>(limiter.params)) {
      expect(param.title).toMatch(/^[A-Z]/)
      expect(param.summary).toMatch(/^[A-Z].*\.$/)
      const { min = -Infinity, max = Infinity, default: value = max } = param
      if (typeof value === 'number') expect(min <= value && value <= max).toBe(true)
    }
  })
})

describe('a full zone', () => {
  const rated = limiters.all.filter((limiter) => !limiter.ended)
  test.each(rated)('of $name forgets the key that was judged longest ago', (limiter) => {
    const params = paramsOf(limiter, GIVEN)
    const memory = zone(limiter, params, 3)
    for (const key of [1, 2, 3, 1, 4]) judge(limiter, params, memory, key, 0)
    expect([1, 2, 3, 4].map((key) => findRow(memory.rows, key) >= 0)).toEqual([true, false, true, true])
  })

  test('of concurrency forgets nobody and rejects the new key until another has ended', () => {
    const limiter = limiters.get('concurrency')
    const params = paramsOf(limiter)
    const memory = zone(limiter, params, 2)
    const told = [1, 2, 3].map((key) => judge(limiter, params, memory, key, 0))
    expect(told).toEqual([PASS, PASS, REJECT])
    ended(limiter, params, memory, 1)
    expect(judge(limiter, params, memory, 3, 0)).toBe(PASS)
    expect(() => ended(limiter, params, memory, 1)).toThrow('never began')
  })
})
