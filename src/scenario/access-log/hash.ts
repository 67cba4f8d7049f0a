/**
 * Text to 32 bits: FNV-1a over the bytes, then MurmurHash3's finaliser, so that the low bits are as good as
 * the high ones. Paths and addresses become numbers by it, the same on every machine.
 *
 * Sources: RFC 9923 (FNV); Appleby, MurmurHash3 (`fmix32`).
 */

const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

/** The hash of bytes[from, to), 0 to 2^32 - 1. */
export function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let h = OFFSET
  for (let i = from; i < to; i++) h = Math.imul(h ^ bytes[i]!, PRIME)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
