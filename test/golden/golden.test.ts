/**
 * Every shipped scenario gives the report that is stored, and keeps what it promises. A changed file here
 * needs a sentence in the commit that says why (`npx vitest run --project node test/golden -u` writes them).
 */

import { expect, test } from 'vitest'
import { simulate } from '../../src/run/simulate.ts'
import { shipped } from '../shipped.ts'

test('there are scenarios', () => expect(shipped.length).toBeGreaterThan(10))

test.each(shipped)(
  '$id gives the stored report, and what it expects holds',
  async ({ id, scenario, options }) => {
    const { wall: _differs, series, ...report } = simulate(scenario, options)
    expect(report.expectations.filter(({ holds }) => !holds)).toEqual([])
    // Of the series the fingerprint says enough; their shape is kept.
    const shape = Object.fromEntries(
      Object.entries(series).map(([name, values]) => [name, Array.isArray(values) ? values.length : values]),
    )
    const text = `${JSON.stringify({ ...report, series: shape }, null, 2)}\n`
    await expect(text).toMatchFileSnapshot(`reports/${id}.json`)
  },
)

const variants = shipped.flatMap(({ id, variants: all }) => all.map((variant) => ({ id, ...variant })))

test.each(variants)('$id, $name: what it expects holds', ({ scenario, options }) => {
  const { expectations } = simulate(scenario, options)
  expect(expectations.filter(({ holds }) => !holds)).toEqual([])
})
