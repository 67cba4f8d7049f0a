import { describe, expect, test } from 'vitest'
import {
  clock,
  grouped,
  milliseconds,
  percent,
  plain,
  roundPercent,
  seedText,
  short,
  span,
  times,
} from '../../src/app/format.ts'

const thin = (text: string) => text.replaceAll(' ', '\u00a0')

describe('numbers', () => {
  test.each([
    [0, '0'],
    [0.0523, '0.0523'],
    [1.5, '1.5'],
    [12.34, '12.3'],
    [99.96, '100'],
    [400.4, '400'],
    [12345.6, '12,346'],
    [-3.25, '−3.25'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%d has about three digits: %s', (value, text) => expect(plain(value)).toBe(text))

  test('a seed that is text is told apart, even an empty one', () =>
    expect([7, '7', ''].map(seedText)).toEqual(['7', '“7”', '“”']))

  test('thousands are grouped', () => expect(grouped(1234567)).toBe('1,234,567'))
  test('large numbers are shortened', () =>
    expect([9999, 12400, 3.2e6].map(short)).toEqual(['9,999', '12.4k', '3.2M']))
})

describe('percentages', () => {
  test.each([
    [1, '100 %'],
    [0.99999, '99.999 %'],
    [0.9999999, '>99.999 %'],
    [0.9991, '99.910 %'],
    [0.95, '95.0 %'],
    [0.0004, '0.04 %'],
    [0.00001, '<0.01 %'],
    [0, '0 %'],
  ])('%d is %s: never 100 or 0 unless it is', (share, text) => expect(percent(share)).toBe(thin(text)))

  test('an axis has no empty decimals', () =>
    expect([0.9, 0.995].map(roundPercent)).toEqual([thin('90 %'), thin('99.5 %')]))
})

describe('times', () => {
  test('milliseconds take the unit that fits', () =>
    expect([0.05, 12.34, 1250].map(milliseconds)).toEqual([thin('50 µs'), thin('12.3 ms'), thin('1.25 s')]))

  test.each([
    [0, 3, '0:00.000'],
    [12.3456e9, 1, '0:12.3'],
    [59.99e9, 0, '0:59'],
    [3725.5e9, 1, '1:02:05.5'],
  ])('a clock shows %d ns with %d decimals as %s, and never runs ahead', (at, decimals, text) =>
    expect(clock(at, decimals)).toBe(text),
  )

  test('lengths of time are words', () =>
    expect([0.25e9, 12.3e9, 120e9, 3900e9].map(span)).toEqual([
      thin('250 ms'),
      thin('12.3 s'),
      thin('2 min'),
      '1\u00a0h 5\u00a0min',
    ]))

  test('a speed at the end of the slider is the maximum', () =>
    expect([0.01, 0.25, 1, 1000].map((speed) => times(speed, 1000))).toEqual(['0.01×', '0.25×', '1×', 'max']))
})
