/** The autoscaler's algorithm against the examples and rules of Kubernetes' documentation. */

import { describe, expect, test } from 'vitest'
import { decide, type Measured, type Wishes, wishFor } from '../../../src/policies/scaling/hpa.ts'

const settings = { min: 1, max: 100, target: 0.5, tolerance: 0.1 }

function busy(...shares: readonly number[]): Measured[] {
  return shares.map((utilisation) => ({ utilisation, isReady: true }))
}

const unready: Measured = { utilisation: undefined, isReady: false }
const missing: Measured = { utilisation: undefined, isReady: true }

describe('the wish', () => {
  test('is ceil(n × present / target)', () => {
    expect(wishFor(busy(1, 1), 2, settings)).toBe(4)
    expect(wishFor(busy(0.25, 0.25), 2, settings)).toBe(1)
    expect(wishFor(busy(0.7, 0.7, 0.7), 3, settings)).toBe(5)
  })

  test('is what there is while within the tolerance', () => {
    expect(wishFor(busy(0.549, 0.549), 2, settings)).toBe(2)
    expect(wishFor(busy(0.451, 0.451), 2, settings)).toBe(2)
    expect(wishFor(busy(0.56, 0.56), 2, settings)).toBe(3)
  })

  test('takes those that are not ready for idle when it would go up', () => {
    // 1.0 + 0 + 0 over three is a third: below the target, so that the direction would turn.
    expect(wishFor([...busy(1), unready, unready], 3, settings)).toBe(3)
    // 1 + 1 + 0 over three is 2/3: ceil(4/3 × 3) = 4
    expect(wishFor([...busy(1, 1), unready], 3, settings)).toBe(4)
  })

  test('takes those of which nothing is known for busy at the target when it would go down', () => {
    expect(wishFor([...busy(0.1, 0.1), missing, missing], 4, settings)).toBe(3)
  })

  test('is none where nothing is known', () => {
    expect(wishFor([unready, unready], 2, settings)).toBe(2)
  })
})

describe('the decision', () => {
  const windows = { up: 0, down: 300 }
  const empty = (): Wishes => ({ at: [], wish: [] })

  test('goes up at once, but no more than to the double or by 4', () => {
    expect(decide(empty(), 50, 2, 0, windows, settings)).toBe(6)
    expect(decide(empty(), 50, 10, 0, windows, settings)).toBe(20)
  })

  test('goes down to the highest wish of the window, once all higher ones are older', () => {
    const wishes = empty()
    expect(decide(wishes, 10, 10, 0, windows, settings)).toBe(10)
    expect(decide(wishes, 4, 10, 100, windows, settings)).toBe(10)
    expect(decide(wishes, 2, 10, 299, windows, settings)).toBe(10)
    expect(decide(wishes, 2, 10, 300, windows, settings)).toBe(4)
    expect(decide(wishes, 2, 4, 400, windows, settings)).toBe(2)
  })

  test('keeps within the limits', () => {
    expect(decide(empty(), 1, 1, 0, windows, { ...settings, min: 3 })).toBe(3)
    expect(decide(empty(), 9, 8, 0, windows, { ...settings, max: 8 })).toBe(8)
  })
})
