/** Texts as the bytes (UTF-8) that hash functions take, and addresses as texts. */

const BROKEN = 0xfffd

let scratch = new Uint8Array(256)
/** By length: the beginning of `scratch`; making a view anew takes longer than hashing what is in it. */
let views: (Uint8Array | undefined)[] = []

function begun(length: number): Uint8Array {
  const view = views[length] ?? scratch.subarray(0, length)
  views[length] = view
  return view
}

/** The bytes of a text. The view is good until the next call: hash it at once. Half a pair becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  if (scratch.length < 3 * text.length) {
    scratch = new Uint8Array(6 * text.length)
    views = []
  }
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
  return begun(end)
}

/** The digits of a whole number; good until the next call, like `utf8`. */
export function digits(number: number): Uint8Array {
  if (!(number >= 0 && number < 1e9) || number !== Math.floor(number)) return utf8(String(number))
  let end = 1
  for (let least = 10; number >= least; least *= 10) end++
  let rest = number | 0
  for (let i = end - 1; i >= 0; i--) {
    const tenth = (rest / 10) | 0
    scratch[i] = 48 + rest - 10 * tenth
    rest = tenth
  }
  return begun(end)
}

/** An address of 32 bits as people write it: 10.0.3.4. */
export function dotted(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`
}
