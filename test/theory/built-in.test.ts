/**
 * The simulator agrees with theory: the rows that come with the product and that a short run can decide.
 * `npm run test:theory` runs all of them at full length.
 */
import { describe, expect, test } from 'vitest'
import { builtInRows } from '../../src/run/verify/built-in-rows.ts'
import type { RowFile } from '../../src/run/verify/row.ts'
import type { Verification } from '../../src/run/verify/verify.ts'
import { QUICK_BUDGET, verify } from '../../src/run/verify/verify.ts'

const files = builtInRows()
const models = [...new Set(files.flatMap(({ rows }) => rows.map((row) => row.model)))]

function quickly(of: readonly RowFile[], model: string): Verification {
  const wants = (row: { model: string }) => row.model === model
  const steps = verify(of, { seed: 'test', budget: QUICK_BUDGET, quick: true, wants })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function failures({ results }: Verification): string[] {
  return results
    .filter(({ verdict }) => !verdict.holds)
    .map(
      ({ row, measured, verdict }) =>
        `${row.id}: ${measured.value} is not ${row.value} ± ${verdict.tolerance}`,
    )
}

describe('in a short run', () => {
  test.each(models)('%s is as theory says', (model) => {
    const verification = quickly(files, model)
    expect(verification.notRun).toEqual([])
    expect(verification.results.length + verification.passedOver).toBeGreaterThan(0)
    expect(failures(verification)).toEqual([])
  })
})

test.each(['M/M/1 FIFO', 'M/M/c/K', 'G/M/1 FIFO', 'M/M/c//N closed', 'round robin'])(
  'a value of %s that is a tenth too large does not hold',
  (model) => {
    const wrong = files.map(({ name, rows }) => ({
      name,
      rows: rows.map((row) => ({ ...row, value: (row.value as number) * 1.1 })),
    }))
    const { results } = quickly(wrong, model)
    expect(results.length).toBeGreaterThan(0)
    expect(results.filter(({ verdict }) => verdict.holds)).toEqual([])
  },
)
