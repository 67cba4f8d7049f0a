// A real web server's log, where this checkout has it beside it (it is not ours to ship).
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/base/time.ts'
import { hashBytes } from '../../../src/scenario/access-log/hash.ts'
import { AS_RECORDED } from '../../../src/scenario/access-log/log-options.ts'
import { readLog } from '../../../src/scenario/access-log/memory-log.ts'

const path = fileURLToPath(new URL('../../../../shared/data/apache-combined.log', import.meta.url))

if (!existsSync(path)) console.warn('skipped: the log of a real server does not lie beside this checkout')

describe.skipIf(!existsSync(path))('10,000 lines of a real server', () => {
  const bytes = existsSync(path) ? readFileSync(path) : new Uint8Array()
  const { columns, complaints } = readLog([bytes], AS_RECORDED)
  const texts = bytes.toString().trimEnd().split('\n')

  test('are all understood, though half of them run back', () => {
    expect(complaints).toEqual({
      lines: 10000,
      malformed: 0,
      late: 0,
      beyond: 0,
      first: [],
      firstLate: undefined,
    })
    expect(columns.at).toHaveLength(10000)
  })

  test('have the addresses, paths and sizes that a plain split finds', () => {
    const fields = texts.map((text) => text.split(' '))
    expect(new Set(columns.address).size).toBe(1753)
    expect(new Set(fields.map((field) => field[6])).size).toBe(1498)
    const paths = new Set(fields.map((field) => field[6]!.split('?')[0]!))
    const hashes = [...paths].map((text) => hashBytes(new TextEncoder().encode(text), 0, text.length))
    expect(new Set(columns.key)).toEqual(new Set(hashes))
    const total = fields.reduce((sum, field) => sum + (Number(field[9]) || 0), 0)
    expect(columns.size.reduce((sum, size) => sum + size, 0)).toBe(total)
  })

  test('take the time that the server took', () => {
    const seconds = texts
      .map((text) => Date.parse(text.replace(/.*\[(\d+)\/(\w+)\/(\d+):(\S+) (\S+)\].*/, '$1 $2 $3 $4 $5')))
      .map((ms) => ms / 1000)
      .sort((a, b) => a - b)
    for (const [i, at] of columns.at.entries()) {
      expect(Math.abs(at / SECOND - (seconds[i]! - seconds[0]!))).toBeLessThan(1)
    }
  })
})
