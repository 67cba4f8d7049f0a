import { describe, expect, test } from 'vitest'
import { placeOf, type Ring64, ring64 } from '../../../src/policies/hashing/ring64.ts'

/** The first point at or after a hash, looked for one by one. */
function plainly({ high, low }: Ring64, [h, l]: readonly number[]): number {
  const at = Array.from(high).findIndex((one, i) => one > h! || (one === h && low[i]! >= l!))
  return at === -1 ? 0 : at
}

/** Words that are well spread, or (few) often equal in their high half. */
function words(count: number, few: boolean): [Uint32Array, Uint32Array] {
  const high = Uint32Array.from({ length: count }, (_, i) => Math.imul(few ? i % 7 : i + 1, 0x9e3779b1))
  return [high, Uint32Array.from({ length: count }, (_, i) => Math.imul(i + 1, 0x85ebca6b))]
}

describe.each([
  ['spread', 1, false],
  ['spread', 160, false],
  ['in heaps', 160, true],
  ['spread', 3000, false],
])('a ring of points that are %s: %i', (_, count, few) => {
  const [high, low] = words(count, few)
  const ring = ring64(high, low, new Int32Array(count))

  test('gives the first point at or after any hash', () => {
    const hashes = [[0, 0], [2 ** 32 - 1, 2 ** 32 - 1], ...Array.from(high, (one, i) => [one, low[i]!])]
    for (const [h, l] of hashes) {
      for (const [dh, dl] of [
        [0, 0],
        [0, 1],
        [0, -1],
        [1, 0],
        [-1, 0],
      ]) {
        const hash = Uint32Array.of(h! + dh!, l! + dl!)
        expect(placeOf(ring, hash)).toBe(plainly(ring, Array.from(hash)))
      }
    }
  })
})

test('a ring with more points than leading bits are looked up', () => {
  const [high, low] = words(200_000, false)
  const ring = ring64(high, low, new Int32Array(200_000))
  for (let i = 0; i < ring.high.length; i += 997) {
    expect(placeOf(ring, Uint32Array.of(ring.high[i]!, ring.low[i]!))).toBe(i)
  }
})
