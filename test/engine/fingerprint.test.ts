import { describe, expect, test } from 'vitest'
import { stream, uniform } from '../../src/base/stream.ts'
import { type FactLog, factLog, flush, type Probe, record } from '../../src/engine/fact-log.ts'
import { type Fingerprint, fingerprint } from '../../src/engine/fingerprint.ts'

/** Hashes rows of 8 integers each. */
function hashed(...rows: readonly (readonly number[])[]): string {
  const block = Int32Array.from(rows.flat())
  const print = fingerprint()
  print.consume({ num: new Float64Array(block.buffer), int: block }, rows.length)
  return print.hex()
}

const ROW = [0x1234abcd, 0x4090_0000, 7, 0x4070_0000, -5, 0x40c8_0000, 258, 3]

/** How many bits are set in a hexadecimal digit. */
const ONES = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]

function withFlipped(row: readonly number[], ...bits: readonly number[]): number[] {
  const flipped = [...row]
  for (const bit of bits) flipped[bit >> 5]! ^= 1 << (bit & 31)
  return flipped
}

describe('the fingerprint', () => {
  test('is 32 hexadecimal digits, also of no facts at all', () => {
    expect(fingerprint().hex()).toMatch(/^[0-9a-f]{32}$/)
    expect(hashed(ROW)).toMatch(/^[0-9a-f]{32}$/)
    expect(hashed(ROW)).not.toBe(fingerprint().hex())
  })

  test('changes with any one bit and any two bits of a fact', () => {
    const before = hashed(ROW)
    const missed: number[][] = []
    for (let one = 0; one < 256; one++) {
      if (hashed(withFlipped(ROW, one)) === before) missed.push([one])
      for (let other = 0; other < one; other++) {
        if (hashed(withFlipped(ROW, one, other)) === before) missed.push([one, other])
      }
    }
    expect(missed).toEqual([])
  })

  test('changes with any bit of any fact, however many follow', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ROW.map((word) => Math.imul(word, 2 * i + 1)))
    const seen = new Set([hashed(...rows)])
    for (const [i, row] of rows.entries()) {
      for (let bit = 0; bit < 256; bit += 5) seen.add(hashed(...rows.with(i, withFlipped(row, bit))))
    }
    expect(seen.size).toBe(1 + 40 * 52)
  })

  test('changes in about half of its own bits', () => {
    const bits = (hex: string) => [...hex].map((digit) => Number.parseInt(digit, 16))
    const before = bits(hashed(ROW))
    for (let bit = 0; bit < 256; bit++) {
      const after = bits(hashed(withFlipped(ROW, bit)))
      const changed = after.reduce((sum, digit, i) => sum + ONES[digit ^ before[i]!]!, 0)
      // 64 of 128 with a standard deviation of 5.7
      expect(Math.abs(changed - 64), `bit ${bit}: ${changed}`).toBeLessThan(32)
    }
  })

  test('depends on the order of facts', () => {
    const other = withFlipped(ROW, 3, 99, 200)
    expect(hashed(ROW, other)).not.toBe(hashed(other, ROW))
    expect(hashed(ROW, ROW)).not.toBe(hashed(ROW))
  })

  test('does not depend on how the facts fall into blocks', () => {
    const whole = printOf((log) => fill(log, 5000))
    const inPieces = printOf((log) => {
      for (let i = 0; i < 5000; i++) {
        if (i % 37 === 0) flush(log)
        one(log, i)
      }
    })
    expect(inPieces.hex()).toBe(whole.hex())
  })

  test('continues from a saved state', () => {
    const print = fingerprint()
    const log = factLog([print])
    fill(log, 1000)
    flush(log)
    const saved = print.state.lanes.slice()
    one(log, 1)
    flush(log)
    const after = print.hex()
    one(log, 2)
    flush(log)
    print.state.lanes.set(saved)
    one(log, 1)
    flush(log)
    expect(print.hex()).toBe(after)
  })
})

function printOf(write: (log: FactLog) => void): Fingerprint {
  const print = fingerprint()
  const log = factLog([print])
  write(log)
  flush(log)
  return print
}

function fill(log: FactLog, count: number): void {
  for (let i = 0; i < count; i++) one(log, i)
}

function one(log: FactLog, i: number): void {
  record(log, i * 1000, (i % 13) + (i << 8), -i, i / 3, uniform(stream(i, 'facts')))
}

describe('the fact log', () => {
  test('hands every row over once, in order, with all its numbers', () => {
    const seen: number[][] = []
    const probe: Probe = {
      consume({ num, int }, count) {
        for (let row = 0; row < count; row++) {
          seen.push([
            num[4 * row]!,
            num[4 * row + 1]!,
            num[4 * row + 2]!,
            int[8 * row + 6]!,
            int[8 * row + 7]!,
          ])
        }
      },
    }
    const log = factLog([probe])
    const rows = Array.from({ length: 5000 }, (_, i) => [
      i * 1e9 + 0.5,
      i % 7,
      -i / 3,
      (i % 256) + ((i - 9) << 8),
      i - 4000,
    ])
    for (const [at, subject, value, code, object] of rows) record(log, at!, code!, object!, subject!, value!)
    expect(seen.length).toBeLessThan(rows.length)
    flush(log)
    flush(log)
    expect(seen).toEqual(rows)
  })

  test('hands the same rows to all its probes', () => {
    const [a, b] = [fingerprint(), fingerprint()]
    const log = factLog([a, b])
    fill(log, 3000)
    flush(log)
    expect(a.hex()).toBe(b.hex())
    expect(a.hex()).not.toBe(fingerprint().hex())
  })
})
