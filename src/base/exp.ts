/**
 * The exponential function from + - * / only: the same bits in every JavaScript engine (`Math.exp` is not),
 * within 1 ulp of the truth.
 */

import { powerOfTwo } from './bits.ts'
import { LN2_HIGH, LN2_LOW } from './ln.ts'

const LARGEST = 709.782712893384
const SMALLEST = -745.1332191019412
const TWO_TO_MINUS_128 = 1 / 2 ** 128

/** e to the power of x: 0 below -745.13, Infinity above 709.78. */
export function exp(x: number): number {
  return expOfSum(x, 0)
}

/**
 * e to the power of `x + tail`, where `tail` is a correction far below the last digit of x (see `pow`).
 *
 * x = k · ln 2 + r with |r| ≤ ½ ln 2; e^r is its Taylor series, in which 1 and r are added last.
 */
export function expOfSum(x: number, tail: number): number {
  if (!(x <= LARGEST)) return x > LARGEST ? Infinity : NaN
  if (x < SMALLEST) return 0
  const k = Math.floor(x * Math.LOG2E + 0.5)
  const high = x - k * LN2_HIGH
  const low = tail - k * LN2_LOW
  const r = high + low
  const rest = high - r + low
  const q = r * r
  const a = 1 / 2 + r * (1 / 6)
  const b = 1 / 24 + r * (1 / 120)
  const c = 1 / 720 + r * (1 / 5040)
  const d = 1 / 40320 + r * (1 / 362880)
  const e = 1 / 3628800 + r * (1 / 39916800)
  const g = 1 / 479001600 + r * (1 / 6227020800)
  const series = q * (a + q * (b + q * (c + q * (d + q * (e + q * g)))))
  const y = 1 + (r + (rest + series))
  if (k > 1023) return y * 2 * powerOfTwo(k - 1)
  if (k >= -1021) return y * powerOfTwo(k)
  return y * powerOfTwo(k + 128) * TWO_TO_MINUS_128
}
