/** MD5, with which libketama places servers and keys. Source: RFC 1321. */

/** The whole part of 2^32 times the absolute sine of 1, 2, … 64. */
const ROUNDS = Uint32Array.of(
  0xd76aa478,
  0xe8c7b756,
  0x242070db,
  0xc1bdceee,
  0xf57c0faf,
  0x4787c62a,
  0xa8304613,
  0xfd469501,
  0x698098d8,
  0x8b44f7af,
  0xffff5bb1,
  0x895cd7be,
  0x6b901122,
  0xfd987193,
  0xa679438e,
  0x49b40821,
  0xf61e2562,
  0xc040b340,
  0x265e5a51,
  0xe9b6c7aa,
  0xd62f105d,
  0x02441453,
  0xd8a1e681,
  0xe7d3fbc8,
  0x21e1cde6,
  0xc33707d6,
  0xf4d50d87,
  0x455a14ed,
  0xa9e3e905,
  0xfcefa3f8,
  0x676f02d9,
  0x8d2a4c8a,
  0xfffa3942,
  0x8771f681,
  0x6d9d6122,
  0xfde5380c,
  0xa4beea44,
  0x4bdecfa9,
  0xf6bb4b60,
  0xbebfbc70,
  0x289b7ec6,
  0xeaa127fa,
  0xd4ef3085,
  0x04881d05,
  0xd9d4d039,
  0xe6db99e5,
  0x1fa27cf8,
  0xc4ac5665,
  0xf4292244,
  0x432aff97,
  0xab9423a7,
  0xfc93a039,
  0x655b59c3,
  0x8f0ccc92,
  0xffeff47d,
  0x85845dd1,
  0x6fa87e4f,
  0xfe2ce6e0,
  0xa3014314,
  0x4e0811a1,
  0xf7537e82,
  0xbd3af235,
  0x2ad7d2bb,
  0xeb86d391,
)

/** How far each of the four steps of a round turns. */
const TURNS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

/** @param out the digest as four words, each of four bytes with the lowest first, as MD5 writes them */
export function md5(bytes: Uint8Array, out: Uint32Array): void {
  const blocks = (bytes.length + 72) >>> 6
  const padded = new Uint8Array(blocks * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(blocks * 64 - 8, bytes.length * 8, true)
  view.setUint32(blocks * 64 - 4, Math.floor(bytes.length / 2 ** 29), true)
  out[0] = 0x67452301
  out[1] = 0xefcdab89
  out[2] = 0x98badcfe
  out[3] = 0x10325476
  for (let block = 0; block < blocks; block++) mix(view, block * 64, out)
}

function mix(view: DataView, start: number, out: Uint32Array): void {
  let a = out[0]! | 0
  let b = out[1]! | 0
  let c = out[2]! | 0
  let d = out[3]! | 0
  for (let i = 0; i < 64; i++) {
    const round = i >>> 4
    const word = view.getUint32(start + 4 * placeOf(round, i), true)
    const sum = (a + chosen(round, b, c, d) + ROUNDS[i]! + word) | 0
    const turn = TURNS[4 * round + (i & 3)]!
    a = d
    d = c
    c = b
    b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0
  }
  out[0]! += a
  out[1]! += b
  out[2]! += c
  out[3]! += d
}

/** Which word of the block a step takes. */
function placeOf(round: number, i: number): number {
  if (round === 0) return i
  if (round === 1) return (5 * i + 1) & 15
  return (round === 2 ? 3 * i + 5 : 7 * i) & 15
}

function chosen(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d)
  if (round === 1) return (d & b) | (~d & c)
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d)
}
