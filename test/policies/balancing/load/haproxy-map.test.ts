import { expect, test } from 'vitest'
import { below, stream } from '../../../../src/base/stream.ts'
import { mapOf } from '../../../../src/policies/balancing/haproxy-map.ts'
import { staticRr } from '../../../../src/policies/balancing/static-rr.ts'
import { drive, set } from './driver.ts'

/** HAProxy's own loop over all replicas in each turn; weights without a common divisor. */
function plainMap(weights: readonly number[], ready: readonly number[]): number[] {
  const total = ready.reduce((sum, i) => sum + weights[i]!, 0)
  const score = weights.map(() => 0)
  return Array.from({ length: total }, () => {
    let best = -1
    let most = 0
    for (const i of ready) {
      score[i]! += weights[i]!
      const worth = Math.trunc((score[i]! + total) / total)
      if (best >= 0 && worth <= most) continue
      best = i
      most = worth
    }
    score[best]! -= total
    return best
  })
}

test('the map is what the loop over all replicas in each turn gives', () => {
  const random = stream(3, 'weights')
  for (let n = 0; n < 300; n++) {
    const weights = [1, ...Array.from({ length: below(random, 12) }, () => 1 + below(random, 40))]
    const d = drive(staticRr, weights)
    for (let i = 1; i < weights.length; i++) set(d, i, below(random, 4) > 0)
    expect([...mapOf(d.pool)]).toEqual(plainMap(weights, [...d.pool.ready.subarray(0, d.pool.readyCount)]))
  }
})

test('each replica stands in the map as often as its weight says, common divisors aside', () => {
  const counts = (weights: number[]) =>
    weights.map((_, i) => mapOf(drive(staticRr, weights).pool).filter((replica) => replica === i).length)
  expect(counts([100, 50, 25])).toEqual([4, 2, 1])
  expect(counts([0.5, 1])).toEqual([1, 2])
  expect(counts([512, 1])).toEqual([256, 1])
})

test('ten thousand replicas are mapped', () => {
  const map = mapOf(drive(staticRr, Array(10_000).fill(7)).pool)
  expect([...map]).toEqual(Array.from(map, (_, i) => i))
})
