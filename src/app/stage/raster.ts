/**
 * One picture in memory, a 32-bit number a pixel, into which a frame stamps dots and fills rectangles. It
 * remembers the box it has touched: clearing and showing a frame cost no more than that box.
 *
 * Colours are opaque 0xAABBGGRR, as the bytes of an ImageData read on every machine that runs a browser.
 */

import { PHASES, type Stamp, stampReach } from './stamps.ts'

export class Raster {
  readonly width: number
  readonly height: number
  readonly bytes: Uint8ClampedArray<ArrayBuffer>
  /** Signed, since the engines compute with those much faster than with unsigned numbers. */
  readonly #pixels: Int32Array
  /** What lies at the left upper corner: everything is drawn so much to the left and up, pixels. */
  originX = 0
  originY = 0
  /** Touched since the last `clear`: left and top within, right and bottom beyond. */
  left = 0
  top = 0
  right = 0
  bottom = 0

  constructor(width: number, height: number) {
    this.width = Math.max(1, Math.ceil(width))
    this.height = Math.max(1, Math.ceil(height))
    const buffer = new ArrayBuffer(this.width * this.height * 4)
    this.bytes = new Uint8ClampedArray(buffer)
    this.#pixels = new Int32Array(buffer)
    this.#forget()
  }

  get isEmpty(): boolean {
    return this.right <= this.left
  }

  /** The pixel at a place, for tests and pictures. */
  pixel(x: number, y: number): number {
    return (this.#pixels[y * this.width + x] ?? 0) >>> 0
  }

  /** Makes everything touched transparent again. */
  clear(): void {
    if (this.isEmpty) return
    const { width } = this
    for (let y = this.top; y < this.bottom; y++) {
      this.#pixels.fill(0, y * width + this.left, y * width + this.right)
    }
    this.#forget()
  }

  /** Fills whole pixels; what lies outside is cut off. */
  fill(x: number, y: number, w: number, h: number, color: number): void {
    const { originX, originY } = this
    const left = Math.max(0, Math.round(x - originX))
    const top = Math.max(0, Math.round(y - originY))
    const right = Math.min(this.width, Math.round(x + w - originX))
    const bottom = Math.min(this.height, Math.round(y + h - originY))
    if (right <= left || bottom <= top) return
    const pixels = this.#pixels
    for (let row = top; row < bottom; row++) {
      const end = row * this.width + right
      for (let index = row * this.width + left; index < end; index++) pixels[index] = color
    }
    this.#touch(left, top, right, bottom)
  }

  /**
   * Stamps shapes at places `scale` times (xs, ys), the stamps and colour of each by its kind. A dot that
   * would cross the border is left out.
   */
  stamp(
    count: number,
    xs: Float32Array,
    ys: Float32Array,
    kinds: Uint8Array,
    scale: number,
    looks: readonly { readonly stamps: readonly Stamp[]; readonly color: number }[],
    radius: number,
  ): void {
    const { width, height, originX, originY } = this
    const pixels = this.#pixels
    const reach = stampReach(radius)
    let left = width
    let top = height
    let right = 0
    let bottom = 0
    for (let dot = 0; dot < count; dot++) {
      const fineX = ((xs[dot]! * scale - originX) * PHASES) | 0
      const fineY = ((ys[dot]! * scale - originY) * PHASES) | 0
      const x = (fineX / PHASES) | 0
      const y = (fineY / PHASES) | 0
      if (x < reach || y < reach || x >= width - reach || y >= height - reach) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      if (y > bottom) bottom = y
      const look = looks[kinds[dot]!]!
      const color = look.color | 0
      const stamp = look.stamps[(fineY - y * PHASES) * PHASES + fineX - x * PHASES]!
      const { solid, edge, part } = stamp
      const at = y * width + x
      for (let index = 0; index < solid.length; index++) pixels[at + solid[index]!] = color
      const redBlue = color & 0xff00ff
      const green = color & 0xff00
      for (let index = 0; index < edge.length; index++) {
        const place = at + edge[index]!
        const below = pixels[place]!
        const mix = MIX[((below >>> 24) << 7) | part[index]!]!
        const ours = mix & 0xff
        const theirs = 128 - ours
        pixels[place] =
          ((mix >>> 8) << 24) |
          (((Math.imul(redBlue, ours) + Math.imul(below & 0xff00ff, theirs)) >>> 7) & 0xff00ff) |
          (((Math.imul(green, ours) + Math.imul(below & 0xff00, theirs)) >>> 7) & 0xff00)
      }
    }
    if (right >= left) this.#touch(left - reach, top - reach, right + reach + 1, bottom + reach + 1)
  }

  #touch(left: number, top: number, right: number, bottom: number): void {
    if (left < this.left) this.left = left
    if (top < this.top) this.top = top
    if (right > this.right) this.right = right
    if (bottom > this.bottom) this.bottom = bottom
  }

  #forget(): void {
    this.left = this.width
    this.top = this.height
    this.right = 0
    this.bottom = 0
  }
}

/**
 * Laying a pixel that is covered in part (1 to 127 of 128) over one of some opacity (0 to 255), colours not
 * premultiplied: at [opacity * 128 + part], the share of the new colour in 128 parts, and the opacity that
 * results times 256. A table, because a frame does this a million times and cannot predict the branches.
 */
const MIX = mixTable()

function mixTable(): Uint16Array {
  const table = new Uint16Array(256 * 128)
  for (let below = 0; below < 256; below++) {
    for (let part = 1; part < 128; part++) {
      const ours = part / 128
      const kept = (below / 255) * (1 - ours)
      const opacity = Math.min(255, Math.round((ours + kept) * 255))
      table[below * 128 + part] = Math.round((128 * ours) / (ours + kept)) | (opacity << 8)
    }
  }
  return table
}
