import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MILLISECOND, SECOND } from '../../../src/base/time.ts'
import { remarks } from '../../../src/scenario/access-log/complaints.ts'
import type { LogOptions } from '../../../src/scenario/access-log/log-options.ts'
import { AS_RECORDED } from '../../../src/scenario/access-log/log-options.ts'
import { readLog, sourceOf } from '../../../src/scenario/access-log/memory-log.ts'
import { reorder } from '../../../src/scenario/access-log/reorder.ts'
import { describe as inWords } from '../../../src/scenario/problem.ts'

/** A line whose size tells which it is, `second` seconds after 10:00. */
function line(second: number, size = 0): string {
  const at = new Date(Date.UTC(2015, 4, 17, 10) + second * 1000).toUTCString()
  const [, day, month, year, time] = at.split(' ')
  return `192.0.2.1 - - [${day}/${month}/${year}:${time} +0000] "GET / HTTP/1.1" 200 ${size}\n`
}

/** Reads lines at these seconds; each record's size is the number of its line. */
function log(seconds: readonly number[], options: Partial<LogOptions> = {}) {
  const text = seconds.map((second, i) => line(second, i + 1)).join('')
  const { columns, complaints } = readLog(text, { ...AS_RECORDED, ...options })
  return { at: [...columns.at], lines: [...columns.size], complaints }
}

describe('order', () => {
  test('lines that run back by up to two minutes are sorted', () => {
    const { lines, complaints } = log([60, 0, 120, 30, 150])
    expect(lines).toEqual([2, 4, 1, 3, 5])
    expect(complaints.late).toBe(0)
  })

  test('lines of the same second keep their order', () => {
    expect(log([5, 4, 5, 4, 5]).lines).toEqual([2, 4, 1, 3, 5])
  })

  test('a line that is later still is counted, and arrives when it was read', () => {
    const { at, lines, complaints } = log([0, 100, 300, 10, 301], { spread: 'none' })
    expect(lines).toEqual([1, 2, 4, 3, 5])
    expect(at).toEqual([0, 100, 180, 300, 301].map((second) => second * SECOND))
    expect(complaints).toMatchObject({ late: 1, firstLate: { line: 4, seconds: 170 }, malformed: 0 })
  })

  test('a line whose clock was far off is left out', () => {
    const { lines, complaints } = log([0, 1, 9e6, 2, 3])
    expect(lines).toEqual([1, 2, 4, 5])
    expect(complaints.first[0]).toMatchObject({ line: 3 })
    expect(log([9e6, 0, 1]).lines).toEqual([2, 3])
  })

  test('a long pause is no fault', () => {
    const { at, complaints } = log([0, 86400, 2 * 86400], { spread: 'none' })
    expect(at).toEqual([0, DAY, 2 * DAY])
    expect(complaints.malformed + complaints.late).toBe(0)
  })

  test('instants never fall and no record is lost, however wild the log', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2000 })), (seconds) => {
        const { at, lines, complaints } = log(seconds)
        expect(at).toEqual(at.toSorted((a, b) => a - b))
        expect(lines.length + complaints.malformed).toBe(seconds.length)
      }),
    )
  })

  test('what waits to be sorted is bounded', () => {
    const out: number[] = []
    const into = { enter() {}, record: (address: number) => out.push(address) }
    const sorted = reorder(into, 10)
    const late = Array.from({ length: 100 }, (_, i) => sorted.add(1000 + (i % 2), i, 0, 0))
    expect(out.length).toBeGreaterThanOrEqual(90)
    expect(late.some((seconds) => seconds > 0)).toBe(true)
    sorted.end()
    expect(out).toHaveLength(100)
  })
})

describe('requests that share a second', () => {
  test('are spread evenly', () => {
    const at = log([0, 0, 1, 1, 1, 1]).at.map((ns) => ns / MILLISECOND)
    expect(at).toEqual([0, 500, 875, 1125, 1375, 1625])
  })

  test('are all at its beginning when not spread', () => {
    expect(log([0, 0, 1, 1], { spread: 'none' }).at).toEqual([0, 0, SECOND, SECOND])
  })

  test('are spread at random by the seed', () => {
    const seconds = Array.from({ length: 300 }, (_, i) => Math.floor(i / 100))
    const spread = (seed: number) => log(seconds, { spread: 'random', seed }).at
    expect(spread(1)).toEqual(spread(1))
    expect(spread(1)).not.toEqual(spread(2))
    const inSecondOne = spread(1).slice(100, 200)
    expect(new Set(inSecondOne).size).toBe(100)
    expect(inSecondOne).toEqual(inSecondOne.toSorted((a, b) => a - b))
  })

  test('stay in their own second', () => {
    const seconds = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 })
    fc.assert(
      fc.property(seconds, fc.constantFrom('even' as const, 'random' as const), (some, spread) => {
        const { at, lines } = log([0, ...some], { spread })
        const base = at[0]!
        // Instants are counted from the first record, which is somewhere in the first second.
        for (const [i, number] of lines.entries()) {
          const wanted = [0, ...some][number - 1]! * SECOND
          expect(at[i]! - base).toBeGreaterThan(wanted - SECOND)
          expect(at[i]! - base).toBeLessThan(wanted + SECOND)
        }
      }),
    )
  })
})

describe('speed', () => {
  test('divides time', () => {
    expect(log([0, 60, 120], { speed: 60, spread: 'none' }).at).toEqual([0, SECOND, 2 * SECOND])
  })

  test('what would come after 104 days is left out and counted', () => {
    const { at, complaints } = log([0, 3600, 7200], { speed: 1e-4, spread: 'none' })
    expect(at).toEqual([0, 1e4 * HOUR].slice(0, 1))
    expect(complaints.beyond).toBe(2)
  })
})

describe('the text', () => {
  const whole = [0, 3, 1, 2, 2].map((second, i) => line(second, i)).join('')
  const read = (text: string | Iterable<Uint8Array>) => readLog(text, AS_RECORDED)

  test('may be empty', () => {
    const { columns, complaints } = read('')
    const source = sourceOf(columns)
    expect([source.count, source.end, complaints.lines]).toEqual([0, 0, 0])
    expect(source.read(0, { at: 0, address: 0, key: 0, size: 0 })).toBe(false)
  })

  test('may have CRLF, a byte order mark, blank lines and no last line end', () => {
    const other = `\ufeff${whole.replaceAll('\n', '\r\n\r\n').trimEnd()}`
    expect(read(other).columns).toEqual(read(whole).columns)
    expect(read(other).complaints.malformed).toBe(0)
  })

  test('may be cut into chunks anywhere', () => {
    const bytes = new TextEncoder().encode(`${whole}broken\r\n${whole}`)
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const ends = [...cuts, bytes.length].sort((a, b) => a - b)
        const chunks = ends.map((end, i) => bytes.slice(ends[i - 1] ?? 0, end))
        expect(read(chunks)).toEqual(read([bytes]))
      }),
    )
  })

  test('may have lines of any length: beyond 64 KiB they are left out', () => {
    const long = line(9).replace('GET /', `GET /${'x'.repeat(65000)}`)
    const tooLong = line(9).replace('GET /', `GET /${'x'.repeat(70000)}`)
    const bytes = new TextEncoder().encode(long + tooLong + whole + tooLong)
    for (const size of [100, 4096, 1e6]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      const { columns, complaints } = read(chunks)
      expect(columns.at).toHaveLength(6)
      expect(complaints.first).toMatchObject([{ line: 2 }, { line: 8 }])
      expect(complaints.lines).toBe(8)
    }
  })

  test('may be anything: bytes at random, or a log with bytes changed', () => {
    const noise = fc.uint8Array({ maxLength: 2000 })
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })))
    const mutated = changes.map((list) => {
      const bytes = new TextEncoder().encode(whole)
      for (const [at, byte] of list) bytes[at] = byte
      return bytes
    })
    fc.assert(
      fc.property(fc.oneof(noise, mutated), (bytes) => {
        const { columns, complaints } = read([bytes])
        const instants = [...columns.at]
        expect(instants).toEqual(instants.toSorted((a, b) => a - b))
        expect(instants.length + complaints.malformed).toBeLessThanOrEqual(complaints.lines)
        expect(remarks(complaints, 'a.log').length >= Math.min(1, complaints.malformed)).toBe(true)
      }),
    )
  })
})

test('remarks name the first malformed lines, count the rest, and cannot talk to the terminal', () => {
  const text = `${line(0)}\u001b[2Jbad\n${'worse\n'.repeat(6)}${line(500)}${line(500)}${line(2)}`
  const found = remarks(readLog(text, AS_RECORDED).complaints, 'a.log').map(inWords)
  expect(found).toEqual([
    'a.log:2:1: left out: it has no time such as [17/May/2015:10:05:03 +0000]: "·[2Jbad"',
    ...[3, 4, 5, 6].map(
      (n) => `a.log:${n}:1: left out: it has no time such as [17/May/2015:10:05:03 +0000]: "worse"`,
    ),
    'a.log: 7 lines of 11 left out as malformed (the first 5 are named above)',
    'a.log:11:1: this line comes 378 s too late to be sorted in (2 minutes can be): taken to be of the time of the lines around it',
  ])
})
