/** MurmurHash2 with the length as seed, as nginx has it. Source: A. Appleby 2008; nginx 1.22.1, ngx_murmurhash.c. */

const FACTOR = 0x5bd1e995

/** @returns 0 … 2^32 - 1 */
export function murmur2(bytes: Uint8Array): number {
  let hash = bytes.length
  let at = 0
  for (; bytes.length - at >= 4; at += 4) {
    let word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    word = Math.imul(word, FACTOR)
    word = Math.imul(word ^ (word >>> 24), FACTOR)
    hash = Math.imul(hash, FACTOR) ^ word
  }
  if (at < bytes.length) {
    for (let k = bytes.length - 1; k >= at; k--) hash ^= bytes[k]! << (8 * (k - at))
    hash = Math.imul(hash, FACTOR)
  }
  hash = Math.imul(hash ^ (hash >>> 13), FACTOR)
  return (hash ^ (hash >>> 15)) >>> 0
}
