/** Texts as the bytes (UTF-8) that hash functions take, and addresses as texts. */

const BROKEN = 0xfffd

let scratch = new Uint8Array(256)

/** The bytes of a text. The view is good until the next call: hash it at once. Half a pair becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  if (scratch.length < 3 * text.length) scratch = new Uint8Array(6 * text.length)
  const bytes = scratch
  let end = 0
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i)
    if (code < 0x80) {
      bytes[end++] = code
      continue
    }
    if (code >= 0xd800 && code < 0xe000) {
      const low = text.charCodeAt(i + 1)
      const isPair = code < 0xdc00 && low >= 0xdc00 && low < 0xe000
      if (isPair) i++
      code = isPair ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : BROKEN
    }
    if (code < 0x800) {
      bytes[end++] = 0xc0 | (code >> 6)
    } else {
      if (code < 0x10000) {
        bytes[end++] = 0xe0 | (code >> 12)
      } else {
        bytes[end++] = 0xf0 | (code >> 18)
        bytes[end++] = 0x80 | ((code >> 12) & 63)
      }
      bytes[end++] = 0x80 | ((code >> 6) & 63)
    }
    bytes[end++] = 0x80 | (code & 63)
  }
  return bytes.subarray(0, end)
}

/** An address of 32 bits as people write it: 10.0.3.4. */
export function dotted(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`
}
