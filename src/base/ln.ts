/**
 * The natural logarithm from + - * / only: the same bits in every JavaScript engine (`Math.log` is not),
 * within 1 ulp of the truth.
 */

import { highWord, powerOfTwo } from './bits.ts'

/** The first 40 bits of ln 2, so that a whole number of up to 13 bits times it is exact, and the rest. */
export const LN2_HIGH = 762123384786 / 2 ** 40
export const LN2_LOW = -1.7239444525614835e-13

const TWO_TO_54 = 2 ** 54
const TINIEST_NORMAL = 2.2250738585072014e-308

/** What moves the upper word of √½ to that of 1. */
const HALF_ROOT_TO_ONE = 0x3ff00000 - 0x3fe6a09e

/** The whole number k for which x = 2^k · m with √½ ≤ m < √2 (to 20 bits); x is normal and above 0. */
export function exponentOf(x: number): number {
  return ((highWord(x) + HALF_ROOT_TO_ONE) >> 20) - 1023
}

/**
 * The natural logarithm: -Infinity at 0, NaN below 0.
 *
 * With x = 2^k · (1 + f) and s = f / (2 + f), ln(1 + f) is 2 artanh(s) = 2s + 2s³/3 + 2s⁵/5 + …; as
 * 2s = f - s·f, it is summed as f - s·(f - R), so that the largest term carries no rounding error.
 */
export function ln(x: number): number {
  let shift = 0
  if (!(x >= TINIEST_NORMAL)) {
    if (x === 0) return -Infinity
    if (!(x > 0)) return NaN
    x *= TWO_TO_54
    shift = -54
  } else if (x === Infinity) return Infinity
  let k = exponentOf(x)
  const f = x * powerOfTwo(-k) - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const odd = 2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19 + w * (2 / 23)))))
  const even = 2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21))))
  const correction = s * (f - (z * odd + w * even))
  k += shift
  return k * LN2_HIGH + (f - (correction - k * LN2_LOW))
}
