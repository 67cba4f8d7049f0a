import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/base/time.ts'
import { formatDuration } from '../../src/scenario/index.ts'
import { duration, rate, share, size } from '../../src/scenario/units/index.ts'

describe('durations', () => {
  test.each([
    ['500ns', 500],
    ['10us', 10_000],
    ['10µs', 10_000],
    ['250ms', 250e6],
    ['0.5ms', 500_000],
    ['2s', 2e9],
    ['1.1s', 1_100_000_000],
    ['5m', 300e9],
    ['1h', 3600e9],
    ['1d', 86400e9],
    ['1h30m', 5400e9],
    ['1m 30s', 90e9],
    ['250 ms', 250e6],
    ['0s', 0],
    ['0.1ns', 0],
    ['0.5ns', 1],
    ['8640000.000000001s', 8_640_000_000_000_001],
  ])('reads %s as %d ns', (text, nanoseconds) => expect(duration.parse(text)).toBe(nanoseconds))

  test.each([
    '',
    ' ',
    ' 5s',
    '5s ',
    '5s  3ms',
    's',
    '5',
    '5 sec',
    '1m1h',
    '5m5m',
    '-1s',
    '1e3s',
    '5S',
    '.5s',
    '5.s',
    '1s,',
    '1,5s',
    '5/s',
  ])('does not read "%s"', (text) => expect(duration.parse(text)).toBeUndefined())

  test.each([
    [250e6, '250ms'],
    [75e9, '75s'],
    [120e9, '2m'],
    [90e9, '90s'],
    [12_345e6, '12.345s'],
    [12_345_678_901, '12.345678901s'],
    [500_000, '500us'],
    [5400e9, '90m'],
    [-5e9, '-5s'],
    [86_400_000_000_001, '86400.000000001s'],
    [10_000, '10us'],
    [1, '1ns'],
    [0, '0s'],
    [86400e9, '1d'],
    [30_000_100, '30.0001ms'],
  ])('writes %d ns as %s', (nanoseconds, text) => expect(formatDuration(nanoseconds)).toBe(text))

  test('reads back exactly what it writes', () => {
    const lengths = fc.oneof(
      fc.integer({ min: 0, max: 100 * DAY }),
      fc.integer({ min: 0, max: 1e7 }),
      fc
        .tuple(fc.integer({ min: 1, max: 1e5 }), fc.constantFrom(1e3, 1e6, 1e9, 60e9))
        .map(([n, unit]) => n * unit),
    )
    fc.assert(
      fc.property(lengths, (nanoseconds) => duration.parse(formatDuration(nanoseconds)) === nanoseconds),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['250', 'ms', '250ms'],
    ['120', 's', '120s'],
    ['0.5', 'ms', '0.5s'],
    ['5 sec', 'ms', '5s'],
    ['2 Minutes', 'ms', '2m'],
    ['250MS', 'ms', '250ms'],
    ['-5', 'ms', undefined],
    ['soon', 'ms', undefined],
  ])('guesses what %s means', (text, bare, meant) => expect(duration.guess(text, bare)).toBe(meant))
})

describe('rates', () => {
  test.each([
    ['400/s', 400],
    ['30/m', 0.5],
    ['5/h', 5 / 3600],
    ['1/d', 1 / 86400],
    ['0.5 / s', 0.5],
  ])('reads %s as %d a second', (text, perSecond) => expect(rate.parse(text)).toBe(perSecond))

  test.each(['400', '400/', '/s', '400/ms', '400rps', '-1/s', '1e3/s', '400ms'])(
    'does not read "%s"',
    (text) => expect(rate.parse(text)).toBeUndefined(),
  )

  test.each([
    ['400', '400/s'],
    ['400rps', '400/s'],
    ['400 req/s', '400/s'],
    ['30 per minute', '30/m'],
    ['5 requests/hour', '5/h'],
    ['much', undefined],
  ])('guesses what %s means', (text, meant) => expect(rate.guess(text)).toBe(meant))

  test('writes what it reads back', () => {
    for (const perSecond of [400, 0.5, 1 / 3600, 1e7, 0.1])
      expect(rate.parse(rate.write(perSecond))).toBe(perSecond)
  })
})

describe('sizes', () => {
  test.each([
    ['64KiB', 65536],
    ['16kB', 16000],
    ['10MB', 1e7],
    ['512B', 512],
    ['1.5MiB', 1572864],
    ['2GiB', 2147483648],
    ['1TB', 1e12],
  ])('reads %s as %d bytes', (text, bytes) => expect(size.parse(text)).toBe(bytes))

  test.each(['64', '64KB', '64k', '-1B', '1e3B', '64kib'])('does not read "%s"', (text) =>
    expect(size.parse(text)).toBeUndefined(),
  )

  test.each([
    ['64KB', '64kB'],
    ['64k', '64KiB'],
    ['64 kib', '64KiB'],
    ['5M', '5MiB'],
    ['16384', '16KiB'],
    ['1000', '1kB'],
    ['1001', '1001B'],
    ['3 bytes', '3B'],
  ])('guesses what %s means', (text, meant) => expect(size.guess(text)).toBe(meant))

  test('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (bytes) => size.parse(size.write(bytes)) === bytes),
    )
  })
})

describe('shares', () => {
  test.each([
    ['20%', 0.2],
    ['99.9%', 0.999],
    ['0.1%', 0.001],
    ['100%', 1],
    ['0%', 0],
  ])('reads %s as %d', (text, part) => expect(share.parse(text)).toBe(part))

  test('reads back what it writes', () => {
    for (const part of [0, 0.2, 0.333, 1, 1e-9, 1 / 3]) {
      const text = share.write(part)
      expect(text.endsWith('%') ? share.parse(text) : Number(text)).toBe(part)
    }
  })

  test('guesses that 20 is 20%', () => expect(share.guess('20')).toBe('20%'))
})
