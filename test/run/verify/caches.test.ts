/** Rows about caches: the product's policies and caching rules hold against them, and a wrong value does not. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isCannotRun } from '../../../src/run/verify/experiment.ts'
import { readRows } from '../../../src/run/verify/read-rows.ts'
import { readRow } from '../../../src/run/verify/readers.ts'
import type { Row } from '../../../src/run/verify/row.ts'
import { judge } from '../../../src/run/verify/verdict.ts'

const text = readFileSync(new URL('../../fixtures/theory/caches.json', import.meta.url), 'utf8')
const { rows } = readRows('caches', text).file

/** Whether a row holds, from so many requests; undefined when it cannot be run. */
function holds(row: Row, n: number): boolean | undefined {
  const experiment = readRow(row)
  if (experiment === undefined || isCannotRun(experiment)) return undefined
  const [measured] = experiment.run([row], n, 'test')
  return measured && !isCannotRun(measured) ? judge(row, measured).holds : undefined
}

test('every row about caches is run, or has a reason why not', () => {
  const reasons = rows.map(readRow).filter((found) => found === undefined)
  expect(reasons).toEqual([])
  expect(rows.filter((row) => !isCannotRun(readRow(row)!)).length).toBeGreaterThan(100)
})

test('misses of fixed traces are exact, and one more is wrong', () => {
  const traces = rows.filter(({ quantity }) => quantity === 'misses')
  expect(traces.length).toBeGreaterThan(20)
  for (const row of traces) {
    expect(holds(row, 0), row.id).toBe(true)
    expect(holds({ ...row, value: Number(row.value) + 1 }, 0), row.id).toBe(false)
  }
})

test('ttl caches and tiny caches hit as often as they must', () => {
  const some = rows.filter(({ id }) => /^(?:ttl-lam|tiny-)/.test(id))
  expect(some.length).toBeGreaterThan(5)
  for (const row of some) {
    expect(holds(row, 100_000), row.id).toBe(true)
    expect(holds({ ...row, value: Number(row.value) * 1.2 }, 100_000), row.id).toBe(false)
  }
})

test('keys that are shared out over small caches hit nearly as often as in a large one', () => {
  const some = rows.filter(({ model }) => model === 'LRU, keys hashed over k caches of total/k')
  expect(some.length).toBe(2)
  for (const row of some) {
    expect(holds(row, 3), row.id).toBe(true)
    expect(holds({ ...row, value: Number(row.value) + 0.006 }, 3), row.id).toBe(false)
  }
})

test('coalesced misses reach the origin once a cycle', () => {
  const parameters = { request_rate: 10, ttl: 5, fetch_time: 0.5, arrivals: 'poisson, one key' }
  const written = {
    id: 'once',
    model: 'TTL cache with fetch time, coalesced misses',
    parameters,
    quantity: 'origin_request_rate',
    value: 1 / (5 + 0.5 + 1 / 10),
    tolerance_hint: { type: 'relative', rel: 0.01 },
  }
  const [row] = readRows('one', JSON.stringify({ rows: [written] })).file.rows
  expect(holds(row!, 2_000_000)).toBe(true)
})
