import { describe, expect, test } from 'vitest'
import { allowedDifference, judge, type Measured } from '../../src/run/verify/verdict.ts'
import { type RawRow, rowOf } from './rows.ts'

function measured(value: unknown, more: Partial<Measured> = {}): Measured {
  return { value, n: 10_000, error: 0.1, low: 0, high: 0, ...more }
}

function holds(row: RawRow, value: unknown, more: Partial<Measured> = {}): boolean {
  return judge(rowOf(row), measured(value, more)).holds
}

describe('a value holds', () => {
  test('within four standard errors by the row', () => {
    const row = { value: 2, tolerance_hint: { type: 'statistical', sigma_per_sqrt_n: 5 } }
    expect(allowedDifference(rowOf(row), 10_000, 0)).toBeCloseTo(0.2, 12)
    expect([holds(row, 2.19), holds(row, 2.21), holds(row, 1.79)]).toEqual([true, false, false])
  })

  test("by the run's own standard error when the row states none", () => {
    const row = { value: 2, tolerance_hint: { type: 'statistical' } }
    expect([holds(row, 2.39), holds(row, 2.41)]).toEqual([true, false])
  })

  test("with the row's own error in quadrature, and the model's on top", () => {
    const hint = { type: 'statistical+model', sigma_per_sqrt_n: 3, model_rel: 0.1 }
    const row = rowOf({ value: 10, value_se: 0.04, tolerance_hint: hint })
    expect(allowedDifference(row, 10_000, 0)).toBeCloseTo(4 * 0.05 + 1, 12)
  })

  test('within a share or an amount', () => {
    const row = { value: 200, tolerance_hint: { type: 'relative', rel: 0.01 } }
    expect([holds(row, 201.9), holds(row, 202.1)]).toEqual([true, false])
    const other = { value: 0, tolerance_hint: { type: 'absolute', abs: 0.5 } }
    expect([holds(other, -0.4), holds(other, 0.6)]).toEqual([true, false])
  })

  test('near a limit, with the error of the run on top of what the limit is off', () => {
    const row = { value: 200, tolerance_hint: { type: 'asymptotic', rel: 0.01 } }
    expect([holds(row, 202.3), holds(row, 202.5)]).toEqual([true, false])
  })

  test('when it is exact to the digits that are printed', () => {
    const row = { value: 1.234567891, tolerance_hint: { type: 'exact', abs: 0, rel: 0 } }
    expect([holds(row, 1.2345678914), holds(row, 1.2345679)]).toEqual([true, false])
  })

  test('on its side of a bound, or inside an interval', () => {
    const above = { value: 5, tolerance_hint: { type: 'bound', direction: '>=' } }
    expect([holds(above, 5), holds(above, 4.9)]).toEqual([true, false])
    const between = { value: 5, tolerance_hint: { type: 'interval', min: 4, max: 7 } }
    expect([holds(between, 6.9), holds(between, 3.9)]).toEqual([true, false])
  })

  test('when a list is equal, item by item', () => {
    const names = { value: ['a', 'b'], tolerance_hint: { type: 'ordering' } }
    expect([holds(names, ['a', 'b']), holds(names, ['b', 'a'])]).toEqual([true, false])
    const numbers = { value: [1, 2], tolerance_hint: { type: 'relative', rel: 0.1 } }
    expect([holds(numbers, [1.05, 2]), holds(numbers, [1.2, 2]), holds(numbers, [1])]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('when it is exactly where a distribution jumps, and the sample is on either side', () => {
    const row = { value: 1, tolerance_hint: { type: 'exact', abs: 0, rel: 1e-9 } }
    expect(holds(row, 1.001, { around: [1, 1.004] })).toBe(true)
    expect(holds(row, 1.003, { around: [1.002, 1.004] })).toBe(false)
  })
})

test('what is not a number does not hold against one', () => {
  expect(holds({ value: 1 }, NaN)).toBe(false)
  expect(holds({ value: 1 }, 'one')).toBe(false)
})
