/** gRPC's weights and schedule, by the words of proposal A58. */

import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../../src/base/stream.ts'
import { SECOND } from '../../../../src/base/time.ts'
import type { LoadReport } from '../../../../src/policies/balancing/strategy.ts'
import { isPicked, nextStep, strides } from '../../../../src/policies/balancing/stride.ts'
import { weightedUtilisation } from '../../../../src/policies/balancing/weighted-utilisation.ts'
import { type Driven, drive, send, set } from './driver.ts'

describe('the stride schedule', () => {
  test('picks each as often as its weight says, over 65,535 rounds exactly', () => {
    for (const weights of [
      [1, 2, 3],
      [5, 1],
      [0.3, 0.7, 0.7, 1.1],
    ]) {
      const made = strides(Float64Array.from(weights))!
      const counts = weights.map(() => 0)
      for (let step = 0; step < 65_535 * weights.length; step++) {
        if (isPicked(made, step)) counts[step % weights.length]!++
      }
      expect(counts).toEqual([...made])
      const heaviest = Math.max(...weights)
      for (const [i, weight] of weights.entries()) expect(made[i]! / 65_535).toBeCloseTo(weight / heaviest, 4)
    }
  })

  test('spreads the picks of each: never a round more or less than its share', () => {
    const random = stream(9, 'strides')
    for (let n = 0; n < 10; n++) {
      const weights = Float64Array.from({ length: 2 + below(random, 6) }, () => 1 + below(random, 20))
      const made = strides(weights)!
      const counts = Array.from(weights, () => 0)
      let most = 0
      for (let step = 0; step < 200 * made.length; step++) {
        const i = step % made.length
        if (isPicked(made, step)) counts[i]!++
        const rounds = Math.floor(step / made.length) + 1
        most = Math.max(most, Math.abs(counts[i]! - (rounds * made[i]!) / 65_535))
      }
      expect(most).toBeLessThanOrEqual(1)
    }
  })

  test('gives the mean to who has no weight, and holds the others between a hundredth and ten of it', () => {
    expect([...strides(Float64Array.of(1, 0, 3))!]).toEqual([21_845, 43_690, 65_535])
    const extreme = strides(
      Float64Array.from({ length: 100 }, (_, i) => (i === 0 ? 1e9 : i === 1 ? 1e-9 : 1)),
    )!
    expect(extreme[0]).toBe(65_535)
    expect(extreme[1]).toBe(Math.round(0.01 * 6554))
  })

  test('is none with fewer than two weights', () => {
    expect(strides(Float64Array.of(0, 0, 4))).toBeUndefined()
    expect(strides(Float64Array.of())).toBeUndefined()
  })

  test('finds the next pick, and passes over the rest', () => {
    const made = strides(Float64Array.of(1, 4))!
    for (let step = 0; step < 200; step++) {
      const next = nextStep(made, step)
      expect(isPicked(made, next)).toBe(true)
      for (let passed = step; passed < next; passed++) expect(isPicked(made, passed)).toBe(false)
    }
  })
})

const good: LoadReport = {
  utilisation: 0.5,
  inSystem: 1,
  requestsPerSecond: 100,
  errorsPerSecond: 0,
  serviceTime: 1e6,
  latency: 1e6,
}

function tell(d: Driven, replica: number, of: Partial<LoadReport>): void {
  weightedUtilisation.reported!(d.pool, d.memory, replica, { ...good, ...of })
}

/** How often each is picked in so many requests at one instant. */
function turns(d: Driven, requests = 6000): number[] {
  const counts = Array.from(d.pool.weight, () => 0)
  for (let n = 0; n < requests; n++) counts[send(d)]!++
  return counts.map((count) => Math.round((100 * count) / requests))
}

/** Two replicas of which the second gets three times as much done with the same utilisation, told every second. */
function told(d: Driven, seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    tell(d, 0, {})
    tell(d, 1, { requestsPerSecond: 300 })
    d.pool.now += SECOND
  }
}

describe('weighted-utilisation', () => {
  test('takes plain turns until the blackout is over, then weighs', () => {
    const d = drive(weightedUtilisation, [1, 1])
    told(d, 9)
    expect(turns(d)).toEqual([50, 50])
    told(d, 1)
    expect(turns(d)).toEqual([25, 75])
  })

  test('weighs by requests per second for utilisation, and punishes failures', () => {
    const d = drive(weightedUtilisation, [1, 1, 1], { blackout: 0 })
    tell(d, 0, { utilisation: 0.25 })
    tell(d, 1, { utilisation: 0.5 })
    tell(d, 2, { utilisation: 0.5, errorsPerSecond: 50 })
    d.pool.now += SECOND
    // 400, 200 and 100 / (0.5 + 0.5)
    expect(turns(d)).toEqual([57, 29, 14])
  })

  test('does not look at reports without requests or without utilisation', () => {
    const d = drive(weightedUtilisation, [1, 1], { blackout: 0 })
    tell(d, 0, {})
    tell(d, 1, { requestsPerSecond: 300 })
    tell(d, 1, { requestsPerSecond: 0 })
    tell(d, 1, { utilisation: 0 })
    d.pool.now += SECOND
    expect(turns(d)).toEqual([25, 75])
  })

  test('looks at new weights only once in an update period', () => {
    const d = drive(weightedUtilisation, [1, 1], { blackout: 0 })
    told(d, 1)
    expect(turns(d)).toEqual([25, 75])
    tell(d, 1, { requestsPerSecond: 900 })
    d.pool.now += SECOND - 1
    expect(turns(d)).toEqual([25, 75])
    d.pool.now += 1
    expect(turns(d)).toEqual([10, 90])
  })

  test('forgets a weight that has not been told for the expiration period, and its blackout begins anew', () => {
    const d = drive(weightedUtilisation, [1, 1])
    told(d, 11)
    d.pool.now += 179 * SECOND - SECOND
    expect(turns(d)).toEqual([25, 75])
    d.pool.now += 2 * SECOND
    expect(turns(d)).toEqual([50, 50])
    told(d, 9)
    expect(turns(d)).toEqual([50, 50])
    told(d, 2)
    expect(turns(d)).toEqual([25, 75])
  })

  test('begins anew with a replica that comes back, which gets the mean of the others', () => {
    const d = drive(weightedUtilisation, [1, 1, 1], { blackout: 10 * SECOND })
    for (let second = 0; second < 12; second++) {
      for (const i of [0, 1, 2]) tell(d, i, { requestsPerSecond: 100 * (i + 1) })
      d.pool.now += SECOND
    }
    expect(turns(d)).toEqual([17, 33, 50])
    set(d, 2, false)
    expect(turns(d).slice(0, 2)).toEqual([33, 67])
    set(d, 2, true)
    tell(d, 2, { requestsPerSecond: 300 })
    d.pool.now += SECOND
    expect(turns(d)).toEqual([22, 44, 33])
  })

  test('does not look at configured weights', () => {
    expect(turns(drive(weightedUtilisation, [9, 1]))).toEqual([50, 50])
  })
})
