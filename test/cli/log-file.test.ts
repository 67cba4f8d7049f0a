import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logLines } from '../../scripts/make-log.mjs'
import { logFile } from '../../src/cli/log-file.ts'
import { recordQueue } from '../../src/cli/record-queue.ts'
import { AS_RECORDED } from '../../src/scenario/access-log/log-options.ts'
import type { LogRecord, LogSource } from '../../src/scenario/access-log/log-source.ts'
import { readLog, sourceOf } from '../../src/scenario/access-log/memory-log.ts'

const text = [...logLines({ lines: 20_000, hours: 1, seed: 3 })].join('')
let dir: string
let path: string

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'evenkeel-log-'))
  path = join(dir, 'a.log')
  writeFileSync(path, text)
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function all(source: LogSource): LogRecord[] {
  const found: LogRecord[] = []
  const record: LogRecord = { at: 0, address: 0, key: 0, size: 0 }
  for (let i = 0; source.read(i, record); i++) found.push({ ...record })
  return found
}

describe('a log read from its file', () => {
  const options = { ...AS_RECORDED, spread: 'random', speed: 3 } as const
  const { columns, complaints } = readLog(text, options)
  const inMemory = all(sourceOf(columns))

  test('is the log read in memory', () => {
    const file = logFile(path, options)
    expect(all(file)).toEqual(inMemory)
    expect(file.complaints).toEqual(complaints)
    expect([file.count, file.end]).toEqual([inMemory.length, inMemory.at(-1)!.at])
    file.close()
  })

  test('may be read again, near or from the start', () => {
    const file = logFile(path, options)
    const record: LogRecord = { at: 0, address: 0, key: 0, size: 0 }
    for (const index of [0, 0, 1, 9000, 8999, 8000, 15_000, 3, 4, 19_990, 0, inMemory.length - 1]) {
      expect(file.read(index, record)).toBe(true)
      expect(record).toEqual(inMemory[index])
    }
    expect(file.read(inMemory.length, record)).toBe(false)
    file.close()
  })

  test('says at the start how long it is, when asked', () => {
    const file = logFile(path, options)
    expect(file.complaints.lines).toBe(0)
    expect(file.scan(Infinity)).toBe(true)
    expect(file.complaints).toEqual(complaints)
    expect(file.end).toBe(inMemory.at(-1)!.at)
    file.close()
  })
})

test('a queue of records forgets what was read long ago', () => {
  const queue = recordQueue()
  const record: LogRecord = { at: 0, address: 0, key: 0, size: 0 }
  for (let i = 0; i < 100_000; i++) {
    queue.add(i, i + 1, i + 2, i + 3)
    if (i % 7 === 0) queue.read(i, record)
  }
  expect(queue.end).toBe(100_000)
  expect(queue.first).toBeGreaterThan(90_000)
  for (let i = queue.first; i < queue.end; i++) {
    queue.read(i, record)
    expect(record).toEqual({ at: i, address: i + 1, key: i + 2, size: i + 3 })
  }
})
