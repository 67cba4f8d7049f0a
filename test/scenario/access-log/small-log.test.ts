import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { logLines } from '../../../scripts/make-log.mjs'
import { AS_RECORDED } from '../../../src/scenario/access-log/log-options.ts'
import { readLog } from '../../../src/scenario/access-log/memory-log.ts'

const shipped = readFileSync(new URL('../../../scenarios/small.log', import.meta.url), 'utf8')

test('scenarios/small.log is what scripts/make-log.mjs writes', () => {
  expect([...logLines()].join('') === shipped, 'run: node scripts/make-log.mjs > scenarios/small.log').toBe(
    true,
  )
})

test('small.log is as untidy as real logs, and readable all the same', () => {
  const { columns, complaints } = readLog(shipped, AS_RECORDED)
  expect(complaints.lines).toBe(3600)
  expect(complaints.malformed).toBe(5)
  expect(complaints.first.map(({ line }) => line)).toEqual([600, 1200, 1800, 2400, 3000])
  expect(complaints.late).toBe(0)
  expect(columns.at).toHaveLength(3595)
  expect(new Set(columns.address).size).toBeGreaterThan(200)
  const stamps = shipped.match(/\d\d:\d\d:\d\d(?= \+0000)/g)!
  expect(stamps.filter((stamp, i) => stamp < stamps[i - 1]!).length).toBeGreaterThan(500)
  expect(new Set(stamps).size).toBeLessThan(3000)
})
