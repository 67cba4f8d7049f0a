import { describe, expect, test } from 'vitest'
import type { Verification, VerifyOptions } from '../../src/run/verify/verify.ts'
import { verify } from '../../src/run/verify/verify.ts'
import { mm1, type RawRow, reading } from './rows.ts'

/** The last word of a verification. */
function outcome(rows: readonly RawRow[], options: Partial<VerifyOptions> = {}): Verification {
  const steps = verify([reading(...rows).file], { seed: 'test', budget: 200_000, quick: false, ...options })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The ids of rows that were tried, and whether they hold. */
function verdicts({ results }: Verification): Record<string, boolean> {
  return Object.fromEntries(results.map(({ row, verdict }) => [row.id, verdict.holds]))
}

describe('verify', () => {
  test('answers rows about the same system from one run, whatever their order', () => {
    const { results } = outcome([{ id: 'a' }, { id: 'b', quantity: 'mean_sojourn', value: 2 }, { id: 'c' }])
    expect(results.map(({ row }) => row.id)).toEqual(['a', 'b', 'c'])
    expect(results[0]!.measured).toEqual(results[2]!.measured)
  })

  test('gives the same figures for the same seed, others for another', () => {
    const [first, again, other] = ['1', '1', '2'].map(
      (seed) => outcome([{}], { seed }).results[0]!.measured.value,
    )
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })

  test('tells rows that hold from rows that do not', () => {
    const rows = [{ id: 'right' }, { id: 'wrong', value: 0.55 }]
    expect(verdicts(outcome(rows))).toEqual({ right: true, wrong: false })
  })

  test('counts what it cannot run by the name of the model, with a reason where it has one', () => {
    const rows = [
      { model: 'perpetual motion' },
      { model: 'perpetual motion' },
      { model: 'M/M/1 of ghosts', parameters: {} },
    ]
    expect(outcome(rows).notRun).toEqual([
      { model: 'perpetual motion', count: 2, because: undefined },
      { model: 'M/M/1 of ghosts', count: 1, because: 'it says no service time' },
    ])
  })

  test('quickly, passes over rows that only a long run can decide', () => {
    const rows = [
      { id: 'sharp' },
      {
        id: 'blunt',
        quantity: 'mean_wait',
        value: 1,
        tolerance_hint: { type: 'statistical', sigma_per_sqrt_n: 50 },
      },
    ]
    const { results, passedOver } = outcome(rows, { quick: true })
    expect([results.map(({ row }) => row.id), passedOver]).toEqual([['sharp'], 1])
  })

  test('looks again, four times as long, at a row that nearly holds; what is wrong then fails by more', () => {
    const rows = [
      { id: 'wrong', value: 0.5145 },
      { id: 'right', model: 'M/M/1 again', parameters: { ...mm1.parameters, arrival_rate: 0.8 }, value: 0.8 },
    ]
    const { results } = outcome(rows)
    const [wrong, right] = results.map(({ measured, verdict }) => ({ n: measured.n, ...verdict }))
    expect(wrong).toMatchObject({ holds: false, n: 400_000 })
    expect(right).toMatchObject({ holds: true, n: 100_000 })
    expect(wrong!.tolerance).toBeCloseTo(right!.tolerance / 2, 9)
  })

  test('runs on while chance could still decide', () => {
    const hint = { type: 'relative', rel: 0.02 }
    const row = { quantity: 'mean_wait', value: 1, tolerance_hint: hint }
    const { measured, verdict } = outcome([row], { budget: 400_000 }).results[0]!
    expect(measured.n).toBeGreaterThan(400_000)
    expect(4 * measured.error).toBeLessThan(0.02)
    expect(verdict.holds).toBe(true)
  })

  test('does not take a run for an answer about a limit when the run itself says too little', () => {
    const parameters = { ...mm1.parameters, arrival_rate: 0.99 }
    const hint = { type: 'asymptotic', rel: 0.01 }
    const row = { parameters, quantity: 'mean_sojourn', value: 100, tolerance_hint: hint }
    expect(outcome([row], { budget: 100_000 }).notRun).toEqual([
      { model: 'M/M/1 FIFO', count: 1, because: 'its tolerance asks for a longer run: raise --requests' },
    ])
  })

  test('does not call it a failure when no affordable run could decide', () => {
    const row = { quantity: 'mean_wait', value: 1, tolerance_hint: { type: 'relative', rel: 1e-7 } }
    expect(outcome([row], { budget: 100_000 }).notRun).toEqual([
      { model: 'M/M/1 FIFO', count: 1, because: 'its tolerance asks for a longer run: raise --requests' },
    ])
  })
})
