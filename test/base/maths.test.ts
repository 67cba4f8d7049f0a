import { describe, expect, test } from 'vitest'
import { cosineOfTurns, exp, ln, pow } from '../../src/base/maths.ts'
import { stream, uniform } from '../../src/base/stream.ts'
import { bitHash, ulpsBetween } from './bits-of.ts'

/** Any double above 0, every exponent equally likely, subnormals included. */
function anyAboveZero(random: Float64Array): number {
  return Math.max(5e-324, (1 + uniform(random)) * 2 ** Math.floor(uniform(random) * 2098 - 1074))
}

function between(random: Float64Array, least: number, most: number): number {
  return least + uniform(random) * (most - least)
}

const DRAWS = 100_000

function farthest(arguments_: (random: Float64Array) => number, own: Fn, platform: Fn): number {
  const random = stream(1, 'arguments')
  let worst = 0
  for (let i = 0; i < DRAWS; i++) {
    const x = arguments_(random)
    worst = Math.max(worst, ulpsBetween(own(x), platform(x)))
  }
  return worst
}
type Fn = (x: number) => number

describe('within 1 ulp of values computed with 200 bits', () => {
  test.each([
    [1.5, 0.4054651081081644],
    [0.7, -0.35667494393873245],
    [1e-310, -713.8013788281542],
    [1.0000000001, 1.000000082690371e-10],
    [1e300, 690.7755278982137],
    [12345.678, 9.421061321291832],
  ])('ln %d', (x, y) => expect(ulpsBetween(ln(x), y)).toBeLessThanOrEqual(1))

  test.each([
    [1, Math.E],
    [-1, 0.36787944117144233],
    [0.5, 1.6487212707001282],
    [-0.1, 0.9048374180359595],
    [709.7, 1.6549840276802644e308],
    [-740.3, 3.1e-322],
    [-30.25, 7.287724095819692e-14],
  ])('exp %d', (x, y) => expect(ulpsBetween(exp(x), y)).toBeLessThanOrEqual(1))

  test.each([
    [1.1, 100, 13780.61233982238],
    [0.3, -200.5, 6.873666052294267e104],
    [1e-310, 0.5, 9.999999999999986e-156],
    [7.5, 341.2, 3.723086009384008e298],
    [1.0000001, 1e9, 2.6881038582144647e43],
    [123.456, -7.89, 3.1475216724926214e-17],
    [0.5, 1073.5, 5e-324],
  ])('%d to the power of %d', (x, y, z) => expect(ulpsBetween(pow(x, y), z)).toBeLessThanOrEqual(1))
})

// The platform's own results may be off by one themselves, hence 2.
describe('within 2 ulp of the platform', () => {
  test('ln over all doubles above 0', () => {
    expect(farthest(anyAboveZero, ln, Math.log)).toBeLessThanOrEqual(2)
  })
  test('ln near 1', () => {
    expect(farthest((random) => between(random, 0.5, 2), ln, Math.log)).toBeLessThanOrEqual(2)
    expect(farthest((random) => 1 + between(random, -1e-9, 1e-9), ln, Math.log)).toBeLessThanOrEqual(2)
  })
  test('exp from underflow to overflow', () => {
    expect(farthest((random) => between(random, -746, 710), exp, Math.exp)).toBeLessThanOrEqual(2)
    expect(farthest((random) => between(random, -1, 1), exp, Math.exp)).toBeLessThanOrEqual(2)
    expect(farthest((random) => between(random, -746, -708), exp, Math.exp)).toBeLessThanOrEqual(2)
  })
  test('powers of ordinary size', () => {
    const random = stream(2, 'powers')
    let worst = 0
    for (let i = 0; i < DRAWS; i++) {
      const x = anyAboveZero(random)
      const y = between(random, -745, 709) / Math.log(x)
      worst = Math.max(worst, ulpsBetween(pow(x, y), x ** y))
    }
    expect(worst).toBeLessThanOrEqual(2)
  })
  test('the cosine, in units of its last digit near 1', () => {
    const cosine = (turns: number) => Math.cos(2 * Math.PI * turns)
    const random = stream(3, 'cosine')
    let worst = 0
    for (let i = 0; i < DRAWS; i++) {
      const turns = between(random, -0.5, 0.5)
      worst = Math.max(worst, Math.abs(cosineOfTurns(turns) - cosine(turns)))
    }
    expect(worst).toBeLessThan(4e-16)
  })
})

describe('at the ends of their range', () => {
  test('ln and exp follow the conventions of Math', () => {
    const corners = [0, -0, 1, -1, Infinity, -Infinity, NaN, 5e-324, Number.MAX_VALUE, 709.782712893384]
    for (const x of [...corners, 709.7827128933841, -745.1332191019412, -745.13321910194122, -746, 1e-300]) {
      expect(ulpsBetween(ln(x), Math.log(x)), `ln ${x}`).toBeLessThanOrEqual(1)
      expect(ulpsBetween(exp(x), Math.exp(x)), `exp ${x}`).toBeLessThanOrEqual(1)
    }
  })
  test('pow follows the conventions of **', () => {
    const sizes = [0, 1, 0.5, 2, 3, 2.5, Infinity, 1e300, 2 ** 53 + 2, 5e-324, 2 ** 70]
    const corners = [NaN, ...sizes, ...sizes.map((size) => -size)]
    for (const x of corners) {
      for (const y of corners) {
        const [own, platform] = [pow(x, y), x ** y]
        expect(ulpsBetween(own, platform), `${x} ** ${y}`).toBeLessThanOrEqual(1)
        if (own === 0) expect(Object.is(own, platform), `sign of ${x} ** ${y}`).toBe(true)
      }
    }
  })
  test('whole powers of two are exact', () => {
    for (let k = -1074; k < 1024; k++) expect(pow(2, k)).toBe(2 ** k)
  })
  test('the cosine is exact at every quarter turn', () => {
    expect([0, 0.25, 0.5, 0.75, 1, -0.25, 1e6 + 0.5].map(cosineOfTurns)).toEqual([1, 0, -1, 0, 1, 0, -1])
  })
})

describe('the bits are pinned, so that every engine can be held to them', () => {
  const random = stream(4, 'pinned')
  const inputs = Array.from({ length: 10_000 }, () => uniform(random))
  test.each([
    ['ln', inputs.map((u) => ln(u * 100)), '59a426b1'],
    ['exp', inputs.map((u) => exp(1400 * u - 700)), '1b6ccb46'],
    ['pow', inputs.map((u) => pow(u * 10, 50 * u - 25)), '87c130d5'],
    ['the cosine', inputs.map(cosineOfTurns), 'b3c27f44'],
  ])('of %s', (_, values, hash) => expect(bitHash(values)).toBe(hash))
})
