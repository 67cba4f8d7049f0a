import { describe, expect, test } from 'vitest'
import { gamma } from '../../src/base/gamma.ts'
import { expMinusOneOver, lnOnePlusOver } from '../../src/base/near-zero.ts'
import { normalCdf } from '../../src/base/normal-cdf.ts'

/** The right values were computed with 200 bits. */
function relativeError(own: number, right: number): number {
  return Math.abs(own - right) / right
}

test.each([
  [0.1, 9.51350769866873],
  [0.5, 1.772453850905516],
  [1, 1],
  [1.5, 0.886226925452758],
  [2, 1],
  [4.7, 15.431411600047436],
  [11, 3628800],
  [25.5, 3.0867705405286966e24],
  [171.6, 1.5858969096672565e308],
])('the gamma function at %d is right to 13 digits', (x, y) => {
  expect(relativeError(gamma(x), y)).toBeLessThan(1e-13)
})

test.each([
  [-38, 2.88542835e-316],
  [-8.5, 9.479534822203318e-18],
  [-3, 0.0013498980316300946],
  [-2.999, 0.0013543365337271062],
  [-1, 0.15865525393145705],
  [-1e-5, 0.49999601057719606],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [1.96, 0.9750021048517795],
  [3, 0.9986501019683699],
  [5, 0.9999997133484281],
])('the normal distribution function at %d is right to 12 digits', (z, p) => {
  expect(relativeError(normalCdf(z), p)).toBeLessThan(1e-12)
})

test('the normal distribution function ends at 0 and 1', () => {
  expect([-Infinity, -40, 40, Infinity].map(normalCdf)).toEqual([0, 0, 1, 1])
})

describe('near 0 no digit is lost', () => {
  test.each([
    [-0.999, 6.914669948931067],
    [-0.3, 1.1889164797957745],
    [-1e-9, 1.0000000005],
    [0, 1],
    [1e-17, 1],
    [1e-5, 0.9999950000333331],
    [0.4, 0.8411805915530323],
    [3, 0.4620981203732969],
    [1e10, 2.3025850930040456e-9],
  ])('ln(1 + x) / x at %d', (x, y) => expect(relativeError(lnOnePlusOver(x), y)).toBeLessThan(1e-15))

  test.each([
    [-50, 0.02],
    [-0.3, 0.8639392643942738],
    [-1e-9, 0.9999999995],
    [0, 1],
    [1e-17, 1],
    [1e-5, 1.0000050000166667],
    [0.4, 1.2295617441031759],
    [3, 6.361845641062556],
    [100, 2.6881171418161353e41],
  ])('(e^x - 1) / x at %d', (x, y) => expect(relativeError(expMinusOneOver(x), y)).toBeLessThan(1e-15))
})
