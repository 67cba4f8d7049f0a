/** The bits of doubles, for tests: how far two lie apart, and one number that stands for many. */

const double = new Float64Array(1)
const whole = new BigInt64Array(double.buffer)
const words = new Uint32Array(double.buffer)

/** The place of a double among all doubles, by size. */
function place(x: number): bigint {
  double[0] = x
  return whole[0]! >= 0n ? whole[0]! : -(whole[0]! & 0x7fffffffffffffffn)
}

/** How many doubles further `b` is than `a`; 0 only for equal values (-0 equals 0) and two NaN. */
export function ulpsBetween(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Object.is(a, b) ? 0 : Infinity
  return Math.abs(Number(place(a) - place(b)))
}

/** FNV-1a over the bits of many doubles, as eight hexadecimal digits. */
export function bitHash(values: Iterable<number>): string {
  let hash = 0x811c9dc5
  for (const value of values) {
    double[0] = value
    for (const word of words) {
      for (let shift = 0; shift < 32; shift += 8) {
        hash = Math.imul(hash ^ ((word >>> shift) & 255), 0x01000193)
      }
    }
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
