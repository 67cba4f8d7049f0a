/**
 * Powers from + - * / only: the same bits in every JavaScript engine (`**` and `Math.pow` are not), within
 * 2 ulp of the truth. x^y = e^(y ln x), where ln x is held as the sum of two doubles (about 100 bits).
 *
 * Source of the two-double products and sums: Dekker, "A floating-point technique for extending the
 * available precision", Numerische Mathematik 18 (1971).
 */

import { powerOfTwo } from './bits.ts'
import { expOfSum } from './exp.ts'
import { exponentOf, LN2_HIGH, LN2_LOW } from './ln.ts'

const SPLITTER = 2 ** 27 + 1
const TWO_TO_54 = 2 ** 54
const TINIEST_NORMAL = 2.2250738585072014e-308
/** Above this, any base but 1 over- or underflows. */
const HUGE = 2 ** 66

const THIRD = 1 / 3
const THIRD_TAIL = 1.850371707708594e-17
const FIFTH = 1 / 5
const FIFTH_TAIL = -1.1102230246251566e-17

/** `x` to the power of `y`, with the conventions of ECMAScript's `**` (x^0 = 1; (±1)^±Infinity = NaN). */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  const size = Math.abs(x)
  if (x < 0 || (x === 0 && 1 / x < 0)) {
    if (Math.floor(y) !== y) return x === 0 || x === -Infinity ? positivePower(size, y) : NaN
    const isOdd = Math.abs(y) < 2 ** 53 && y % 2 !== 0
    return isOdd ? -positivePower(size, y) : positivePower(size, y)
  }
  return positivePower(size, y)
}

function positivePower(x: number, y: number): number {
  if (y === 1) return x
  if (x === 1) return y === Infinity || y === -Infinity ? NaN : 1
  if (y > HUGE || y < -HUGE) return x > 1 === y > 0 ? Infinity : 0
  if (x === 0) return y > 0 ? 0 : Infinity
  if (x === Infinity) return y > 0 ? Infinity : 0
  return expOfProduct(x, y)
}

/** x^y for a finite x above 0. */
function expOfProduct(x: number, y: number): number {
  let shift = 0
  if (x < TINIEST_NORMAL) {
    x *= TWO_TO_54
    shift = -54
  }
  const exponent = exponentOf(x)
  const m = x * powerOfTwo(-exponent)
  const k = exponent + shift

  // s = (m - 1) / (m + 1); every name with a Tail is the part below the last digit of its namesake.
  const f = m - 1
  const d = m + 1
  const dTail = m - (d - 1)
  const s = f / d
  const sd = s * d
  const sTail = (f - sd - productTail(s, d, sd) - s * dTail) / d

  const z = s * s
  const zTail = productTail(s, s, z) + 2 * s * sTail

  // a = 1/3 + z (1/5 + z (1/7 + …)), the first two coefficients in two doubles
  const q = z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * seriesEnd(z))))))
  const b = FIFTH + q
  const bTail = FIFTH - b + q + FIFTH_TAIL
  const zb = z * b
  const zbTail = productTail(z, b, zb) + (z * bTail + zTail * b)
  const a = THIRD + zb
  const aTail = THIRD - a + zb + (THIRD_TAIL + zbTail)
  const za = z * a
  const zaTail = productTail(z, a, za) + (z * aTail + zTail * a)

  // ln m = 2 (s + s · za); ln x = k ln 2 + ln m
  const t = s * za
  const tTail = productTail(s, za, t) + (s * zaTail + sTail * za)
  const sum = s + t
  const lnM = 2 * sum
  const lnMTail = 2 * (s - sum + t + (sTail + tTail))
  const kLn2 = k * LN2_HIGH
  const lnX = kLn2 + lnM
  const lnXTail = kLn2 - lnX + lnM + (lnMTail + k * LN2_LOW)

  const product = y * lnX
  if (product > 710) return Infinity
  if (product < -746) return 0
  return expOfSum(product, productTail(y, lnX, product) + y * lnXTail)
}

function seriesEnd(z: number): number {
  return 1 / 17 + z * (1 / 19 + z * (1 / 21 + z * (1 / 23 + z * (1 / 25 + z * (1 / 27)))))
}

/** The rounding error of `product` = a · b, exactly. */
function productTail(a: number, b: number, product: number): number {
  const aScaled = SPLITTER * a
  const aHigh = aScaled - (aScaled - a)
  const aLow = a - aHigh
  const bScaled = SPLITTER * b
  const bHigh = bScaled - (bScaled - b)
  const bLow = b - bHigh
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}
