/** Unsigned 64-bit whole numbers as two words of 32 bits, [high, low]; results are left in the first one. */

export type Word64 = Uint32Array

export function add(a: Word64, high: number, low: number): void {
  const sum = a[1]! + low
  a[0] = a[0]! + high + (sum >= 2 ** 32 ? 1 : 0)
  a[1] = sum
}

export function xor(a: Word64, high: number, low: number): void {
  a[0]! ^= high
  a[1]! ^= low
}

/** The lower 64 bits of the product. */
export function multiply(a: Word64, high: number, low: number): void {
  const ah = a[0]!
  const al = a[1]!
  const a0 = al & 0xffff
  const a1 = al >>> 16
  const b0 = low & 0xffff
  const b1 = low >>> 16
  const bottom = a0 * b0
  const middle = a1 * b0 + (bottom >>> 16)
  const other = a0 * b1 + (middle % 65536)
  const carried = a1 * b1 + Math.floor(middle / 65536) + Math.floor(other / 65536)
  a[0] = (Math.imul(ah, low) >>> 0) + (Math.imul(al, high) >>> 0) + carried
  a[1] = Math.imul(al, low)
}

/** By 1 to 31 places. */
export function rotateLeft(a: Word64, places: number): void {
  const high = a[0]!
  const low = a[1]!
  a[0] = (high << places) | (low >>> (32 - places))
  a[1] = (low << places) | (high >>> (32 - places))
}

/** Any places from 1 to 63: a ^= a >>> places. */
export function fold(a: Word64, places: number): void {
  const high = a[0]!
  const low = a[1]!
  if (places >= 32) {
    a[1] = low ^ (places === 32 ? high : high >>> (places - 32))
    return
  }
  a[0] = high ^ (high >>> places)
  a[1] = low ^ ((low >>> places) | (high << (32 - places)))
}

/** The remainder by a whole number below 2^32, exactly. */
export function remainder(a: Word64, by: number): number {
  let rest = a[0]! % by
  rest = (rest * 65536 + (a[1]! >>> 16)) % by
  return (rest * 65536 + (a[1]! & 0xffff)) % by
}
