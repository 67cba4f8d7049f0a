/** The bits of a double: its upper word as a whole number, and powers of two by their exponent. */

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)
const isLittleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1
const HIGH = isLittleEndian ? 1 : 0

/** The upper 32 bits of a double: sign, 11 bits of exponent (biased by 1023), 20 of mantissa. */
export function highWord(x: number): number {
  double[0] = x
  return words[HIGH]!
}

/** From 2^-1074 to 2^1023: a look-up is twice as fast as putting the bits together. */
const powers = new Float64Array(2098)
for (let i = 0, power = 5e-324; i < powers.length; i++, power *= 2) powers[i] = power

/** 2 to the power of a whole number from -1074 to 1023, exactly. */
export function powerOfTwo(exponent: number): number {
  return powers[exponent + 1074]!
}
