import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRows } from '../../src/run/verify/read-rows.ts'
import { describe as say } from '../../src/scenario/problem.ts'
import { reading, rowOf } from './rows.ts'

describe('a file of rows', () => {
  test('is read with its tolerance', () => {
    const { file, problems } = reading({ value_se: 0.01 })
    expect(problems).toEqual([])
    expect(file.rows[0]).toMatchObject({
      id: 'row-0',
      model: 'M/M/1 FIFO',
      value: 0.5,
      tolerance: { type: 'statistical', sigma: 0.77, spread: 1, valueError: 0.01 },
    })
  })

  test('may ask for a wider spread in words', () => {
    const hint = { type: 'statistical', sigma_per_sqrt_n: 1, n_counts: 'measured requests (use 2x)' }
    expect(rowOf({ tolerance_hint: hint }).tolerance.spread).toBe(2)
  })

  test('says all that is wrong, with the place', () => {
    const bad = [
      { id: 'a', model: '', parameters: [], quantity: 'x', tolerance_hint: { type: 'exact' } },
      {
        id: 'a',
        model: 'm',
        parameters: {},
        quantity: 'x',
        value: 1,
        tolerance_hint: { type: 'exact', abs: -1 },
      },
      7,
    ]
    expect(readRows('f', JSON.stringify({ rows: bad })).problems.map(say)).toEqual([
      'f: rows[0] (a): "model" must be a text.',
      'f: rows[0] (a): "parameters" must be an object.',
      'f: rows[0] (a): "value" is missing.',
      'f: rows[1] (a): there is another row with this id.',
      'f: rows[1] (a): "tolerance_hint.abs" must be a number from 0 on.',
      'f: rows[2]: must be an object.',
    ])
  })

  test.each(['', '{', '[]', '{"rows":{}}', 'null'])('that is not one is a problem: %j', (text) => {
    const { file, problems } = readRows('f', text)
    expect(file.rows).toEqual([])
    expect(problems).toHaveLength(1)
  })

  test('says in its rule how exact its own value is', () => {
    const toleranceOf = (rule: string) => {
      const hint = { type: 'statistical', sigma_per_sqrt_n: 2, rule }
      return rowOf({ tolerance_hint: hint }).tolerance
    }
    expect(toleranceOf('abs(mean-value)<=4*sigma*sqrt(1/R+1/100)').valueError).toBeCloseTo(0.2, 12)
    expect(toleranceOf('abs(mean-value) <= 4*sigma/sqrt(R)+1% of value').model).toBeCloseTo(0.01, 12)
    expect(toleranceOf('abs(mean-value) <= 4*sigma/sqrt(R)')).toMatchObject({ valueError: 0, model: 0 })
  })

  test('of any content is read or refused, never an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (value, rows) => {
        readRows('f', JSON.stringify(value))
        const { file, problems } = readRows('f', JSON.stringify({ rows }))
        expect(file.rows.length > 0 || problems.length > 0 || rows.length === 0).toBe(true)
      }),
    )
  })
})
