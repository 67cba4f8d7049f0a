/** The bits of a double: its exponent as a number, and a power of two from an exponent. */

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)
const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1
const HIGH = isLittleEndian ? 1 : 0
const LOW = 1 - HIGH

/** The upper 32 bits of a double: sign, 11 bits of exponent (biased by 1023), 20 of mantissa. */
export function highWord(x: number): number {
  double[0] = x
  return words[HIGH]!
}

/** The same double with its upper 32 bits replaced. */
export function withHighWord(x: number, high: number): number {
  double[0] = x
  words[HIGH] = high
  return double[0]!
}

/** 2 to the power of a whole number from -1022 to 1023, exactly. */
export function powerOfTwo(exponent: number): number {
  words[HIGH] = (exponent + 1023) << 20
  words[LOW] = 0
  return double[0]!
}
