/** Puts texts into a PNG (iTXt chunks of the PNG specification, 11.3.4.5: UTF-8), so that a picture says where it is from. */

import type { Origin } from './origin.ts'

const SIGNATURE = 8
/** Length, type and checksum of a chunk. */
const FRAME = 12

/** @param png a whole file @returns the same with the texts before its first pixels */
export function withTexts(png: Uint8Array, texts: Origin): Uint8Array {
  const chunks = texts.map(([keyword, text]) => chunkOf('iTXt', body(keyword, text)))
  const size = chunks.reduce((sum, { length }) => sum + length, 0)
  const made = new Uint8Array(png.length + size)
  // Behind the header, which must be the first.
  const place = SIGNATURE + FRAME + new DataView(png.buffer, png.byteOffset).getUint32(SIGNATURE)
  made.set(png.subarray(0, place))
  let at = place
  for (const chunk of chunks) {
    made.set(chunk, at)
    at += chunk.length
  }
  made.set(png.subarray(place), at)
  return made
}

/** Keyword (Latin, at most 79), not compressed, no language, no translated keyword, text. */
function body(keyword: string, text: string): Uint8Array {
  const name = keyword.replace(/[^\x20-\x7e]/g, '?').slice(0, 79)
  return new TextEncoder().encode(`${name}\0\0\0\0\0${text}`)
}

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(data.length + FRAME)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, data.length)
  chunk.set(new TextEncoder().encode(type), 4)
  chunk.set(data, 8)
  view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)))
  return chunk
}

/** The checksum of ISO 3309, as PNG uses it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
