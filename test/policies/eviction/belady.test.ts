/** Belady's optimum against all that a cache could do, and as a bound on every policy. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/base/stream.ts'
import { belady } from '../../../src/policies/eviction/belady.ts'
import { evictions } from '../../../src/policies/eviction/index.ts'
import { keySamplerOf } from '../../../src/policies/keys/index.ts'
import { missesOf } from './driver.ts'

/** The most hits of any way to choose, by trying them all. */
function most(trace: readonly number[], capacity: number, mayBypass: boolean): number {
  const known = new Map<string, number>()
  function from(i: number, held: readonly number[]): number {
    if (i === trace.length) return 0
    const name = `${i}:${held.join()}`
    const before = known.get(name)
    if (before !== undefined) return before
    const key = trace[i]!
    const choices: number[] = []
    if (held.includes(key)) choices.push(1 + from(i + 1, held))
    else if (held.length < capacity) choices.push(from(i + 1, [...held, key].toSorted()))
    else
      for (const other of held)
        choices.push(
          from(
            i + 1,
            held
              .filter((one) => one !== other)
              .concat(key)
              .toSorted(),
          ),
        )
    if (mayBypass && !held.includes(key)) choices.push(from(i + 1, held))
    const best = Math.max(...choices)
    known.set(name, best)
    return best
  }
  return from(0, [])
}

const hitsOf = (hits: Uint8Array) => hits.reduce((sum, hit) => sum + hit, 0)

describe("Belady's optimum", () => {
  test.each([false, true])('is the best of all choices (newcomer may be passed by: %s)', (mayBypass) => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(6), { maxLength: 24 }),
        fc.integer({ min: 1, max: 4 }),
        (keys, capacity) => {
          expect(hitsOf(belady({ keys }, capacity, mayBypass))).toBe(most(keys, capacity, mayBypass))
        },
      ),
    )
  })

  test('bounds every policy on Zipf with scans', () => {
    const draw = keySamplerOf({ policy: 'zipf', params: { count: 2000, exponent: 0.9 } })
    const random = stream(1, 'belady')
    const keys: number[] = []
    for (let n = 0; keys.length < 60_000; n++) {
      if (n % 3000 === 0) for (let i = 0; i < 400; i++) keys.push(2000 + i)
      keys.push(draw(random, 0))
    }
    const best = keys.length - hitsOf(belady({ keys }, 200, true))
    const forced = keys.length - hitsOf(belady({ keys }, 200))
    expect(forced).toBeGreaterThan(best)
    for (const eviction of evictions.all) expect(missesOf(eviction, 200, keys)).toBeGreaterThan(forced)
    const missed = (name: string) => missesOf(evictions.get(name), 200, keys)
    // What the papers promise: scans hurt LRU, and those made against scans do better.
    for (const name of ['arc', 's3-fifo', 'sieve', '2q', 'slru', 'w-tinylfu', 'lfu']) {
      expect(missed(name), name).toBeLessThan(missed('lru'))
    }
  })

  test('with sizes never holds more than fits', () => {
    const keys = [1, 2, 3, 1, 2, 3, 4, 1]
    const sizes = keys.map((key) => (key === 4 ? 200 : 40))
    expect([...belady({ keys, sizes }, 120)]).toEqual([0, 0, 0, 1, 1, 1, 0, 1])
    expect([...belady({ keys, sizes }, 80)]).toEqual([0, 0, 0, 1, 0, 1, 0, 0])
  })
})
