import { describe, expect, test } from 'vitest'
import { letIn, takeOut } from '../../../src/policies/upstream/membership.ts'
import { DOWN, MAINTENANCE } from '../../../src/policies/upstream/standing.ts'
import { open, picks } from './build.ts'

const FOUR_AND_TWO = [{}, {}, {}, {}, { priority: 1 }, { priority: 1 }]

describe('strict levels', () => {
  test('backups serve only while no primary can', () => {
    const u = open([{}, {}, { priority: 1 }, { priority: 1 }])
    expect(picks(u, 4)).toEqual([0, 1, 0, 1])
    takeOut(u, 0, DOWN)
    expect(picks(u, 2)).toEqual([1, 1])
    takeOut(u, 1, DOWN)
    expect(picks(u, 4)).toEqual([2, 3, 2, 3])
    letIn(u, 0, DOWN, 1)
    expect(picks(u, 2)).toEqual([0, 0])
  })

  test('of the backups only the first serves, where the rule says so', () => {
    const u = open([{}, { priority: 1 }, { priority: 1 }], {
      levels: { rule: 'first-backup', overprovisioning: 1.4 },
    })
    takeOut(u, 0, DOWN)
    expect(picks(u, 3)).toEqual([1, 1, 1])
    takeOut(u, 1, MAINTENANCE)
    expect(picks(u, 2)).toEqual([2, 2])
    letIn(u, 1, MAINTENANCE, 1)
    expect(picks(u, 2)).toEqual([1, 1])
  })

  test('with nobody left there is nobody', () => {
    const u = open([{}, { priority: 1 }])
    takeOut(u, 0, DOWN)
    takeOut(u, 1, DOWN)
    expect(picks(u, 2)).toEqual([-1, -1])
  })
})

describe('spilling levels, by the figures of Envoy’s manual', () => {
  const spill = { levels: { rule: 'spill', overprovisioning: 1.4 } } as const

  test.each([
    // healthy share of level 0 with level 1 whole -> share that level 0 keeps
    [4, 1],
    [3, 1],
    [2, 0.7],
    [1, 0.35],
    [0, 0],
  ])('%i of 4 healthy keep %f', (healthy, kept) => {
    const u = open(FOUR_AND_TWO, spill)
    for (let i = healthy; i < 4; i++) takeOut(u, i, DOWN)
    expect(u.shares[0]).toBeCloseTo(kept, 12)
    expect(u.shares[0]! + u.shares[1]!).toBeCloseTo(1, 12)
    const drawn = picks(u, 20_000).filter((replica) => replica < 4).length
    expect(Math.abs(drawn - 20_000 * kept)).toBeLessThanOrEqual(5 * Math.sqrt(20_000 * kept * (1 - kept)))
  })

  test('levels that are weak together are scaled up to carry everything', () => {
    const u = open(
      [
        {},
        {},
        {},
        {},
        {},
        { priority: 1 },
        { priority: 1 },
        { priority: 1 },
        { priority: 1 },
        { priority: 1 },
      ],
      spill,
    )
    for (const i of [0, 1, 2, 3, 5, 6, 7, 8]) takeOut(u, i, DOWN)
    // 28 % and 28 % of health become a half each.
    expect([...u.shares]).toEqual([0.5, 0.5])
  })
})

describe('panic', () => {
  test('below the threshold health is ignored, above it counts again', () => {
    const u = open([{}, {}, {}, {}], { panic: 0.5 })
    takeOut(u, 0, DOWN)
    takeOut(u, 1, DOWN)
    expect(new Set(picks(u, 4))).toEqual(new Set([2, 3]))
    takeOut(u, 2, DOWN)
    expect(new Set(picks(u, 8))).toEqual(new Set([0, 1, 2, 3]))
    letIn(u, 0, DOWN, 1)
    expect(new Set(picks(u, 4))).toEqual(new Set([0, 3]))
  })

  test('an operator’s word is never ignored', () => {
    const u = open([{}, {}, {}], { panic: 0.9 })
    takeOut(u, 0, MAINTENANCE)
    takeOut(u, 1, DOWN)
    expect(new Set(picks(u, 6))).toEqual(new Set([1, 2]))
  })
})
