/** Rows about rate limiters: all that are stored hold, wrong ones do not, and what is not understood is said. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { verify } from '../../src/run/verify/verify.ts'
import { type RawRow, reading } from './rows.ts'

const file = new URL('../fixtures/theory/limits.json', import.meta.url)
const rows: readonly RawRow[] = JSON.parse(readFileSync(file, 'utf8')).rows

/** What became of each row: whether it holds, or why it is not run. */
function fates(all: readonly RawRow[]): (boolean | string | undefined)[] {
  return all.map((row) => {
    const steps = verify([reading(row).file], { seed: 'test', budget: 100_000, quick: false })
    for (;;) {
      const step = steps.next()
      if (!step.done) continue
      return step.value.results[0]?.verdict.holds ?? step.value.notRun[0]?.because
    }
  })
}

/** The first row whose id begins so. */
const rowLike = (id: string) => rows.find((row) => row.id?.startsWith(id))!

describe('rows about rate limiters', () => {
  test('hold', () => {
    expect(rows.length).toBeGreaterThan(40)
    expect(fates(rows)).toEqual(rows.map(() => true))
  })

  test.each([
    'tokenbucket-steady',
    'slidingcounter-steady',
    'leakyqueue',
    'edgeburst-log',
    'tokenbucket-poisson',
  ])('%s with a wrong value does not hold', (id) => {
    const row = rowLike(id)
    expect(fates([{ ...row, value: 1.5 * Number(row.value) }])).toEqual([false])
  })

  test('that say what is not understood are not run', () => {
    const row = rowLike('tokenbucket-steady')
    const odd = { ...row, parameters: { ...row.parameters, leak: 3 } }
    const unsaid = { ...row, parameters: { ...row.parameters, burst: undefined } }
    const other = { ...row, quantity: 'longest_queue' }
    expect(fates([odd, unsaid, other])).toEqual([
      'parameter "leak" is not understood',
      '"burst" must be there',
      'unknown quantity "longest_queue"',
    ])
  })
})
