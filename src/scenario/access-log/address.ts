/** Who asked: an IPv4 address as its 32-bit number, anything else (IPv6, a host name) hashed to 32 bits. */

import { hashBytes } from './hash.ts'

/** Reads bytes[from, to). */
export function addressOf(bytes: Uint8Array, from: number, to: number): number {
  let address = 0
  let octet = 0
  let digits = 0
  let dots = 0
  for (let i = from; i < to; i++) {
    const c = bytes[i]!
    if (c >= 0x30 && c <= 0x39 && digits < 3) {
      octet = octet * 10 + (c - 0x30)
      digits++
    } else if (c === 0x2e && digits > 0 && octet < 256 && dots < 3) {
      address = address * 256 + octet
      octet = 0
      digits = 0
      dots++
    } else return hashBytes(bytes, from, to)
  }
  const isWhole = dots === 3 && digits > 0 && octet < 256
  return isWhole ? address * 256 + octet : hashBytes(bytes, from, to)
}
