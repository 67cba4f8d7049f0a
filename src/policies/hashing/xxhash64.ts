/** xxHash, 64 bits, which Envoy hashes with. Source: the xxHash specification 0.1.1 (Collet). */

import { add, fold, multiply, rotateLeft, type Word64, xor } from './words64.ts'

const [P1H, P1L] = [0x9e3779b1, 0x85ebca87]
const [P2H, P2L] = [0xc2b2ae3d, 0x27d4eb4f]
const [P3H, P3L] = [0x165667b1, 0x9e3779f9]
const [P4H, P4L] = [0x85ebca77, 0xc2b2ae63]
const [P5H, P5L] = [0x27d4eb2f, 0x165667c5]

const lanes = [0, 1, 2, 3].map(() => new Uint32Array(2))
const part = new Uint32Array(2)

/** Writes the hash to `out` as [high, low]. */
export function xxHash64(bytes: Uint8Array, seed: number, out: Word64): void {
  const { length } = bytes
  let at = 0
  if (length >= 32) {
    at = stripes(bytes, seed)
    converge(out)
  } else {
    set(out, 0, seed)
    add(out, P5H, P5L)
  }
  add(out, 0, length)
  for (; at + 8 <= length; at += 8) {
    set(part, 0, 0)
    round(part, bytes, at)
    xor(out, part[0]!, part[1]!)
    rotateLeft(out, 27)
    multiply(out, P1H, P1L)
    add(out, P4H, P4L)
  }
  if (at + 4 <= length) {
    set(part, 0, word(bytes, at))
    multiply(part, P1H, P1L)
    xor(out, part[0]!, part[1]!)
    rotateLeft(out, 23)
    multiply(out, P2H, P2L)
    add(out, P3H, P3L)
    at += 4
  }
  for (; at < length; at++) {
    set(part, 0, bytes[at]!)
    multiply(part, P5H, P5L)
    xor(out, part[0]!, part[1]!)
    rotateLeft(out, 11)
    multiply(out, P1H, P1L)
  }
  fold(out, 33)
  multiply(out, P2H, P2L)
  fold(out, 29)
  multiply(out, P3H, P3L)
  fold(out, 32)
}

/** Takes in all whole stripes of 32 bytes; returns where the rest begins. */
function stripes(bytes: Uint8Array, seed: number): number {
  for (const lane of lanes) set(lane, 0, seed)
  add(lanes[0]!, P1H, P1L)
  add(lanes[0]!, P2H, P2L)
  add(lanes[1]!, P2H, P2L)
  add(lanes[3]!, ~P1H >>> 0, (~P1L >>> 0) + 1)
  let at = 0
  for (; at + 32 <= bytes.length; at += 32) for (let i = 0; i < 4; i++) round(lanes[i]!, bytes, at + 8 * i)
  return at
}

const turned = new Uint32Array(2)
const places = [1, 7, 12, 18]

function converge(out: Word64): void {
  set(out, 0, 0)
  for (let i = 0; i < 4; i++) {
    turned.set(lanes[i]!)
    rotateLeft(turned, places[i]!)
    add(out, turned[0]!, turned[1]!)
  }
  for (const lane of lanes) {
    multiply(lane, P2H, P2L)
    rotateLeft(lane, 31)
    multiply(lane, P1H, P1L)
    xor(out, lane[0]!, lane[1]!)
    multiply(out, P1H, P1L)
    add(out, P4H, P4L)
  }
}

const lane = new Uint32Array(2)

/** Takes eight bytes into an accumulator. */
function round(to: Word64, bytes: Uint8Array, at: number): void {
  set(lane, word(bytes, at + 4), word(bytes, at))
  multiply(lane, P2H, P2L)
  add(to, lane[0]!, lane[1]!)
  rotateLeft(to, 31)
  multiply(to, P1H, P1L)
}

/** Four bytes, the lowest first. */
function word(b: Uint8Array, at: number): number {
  return (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0
}

function set(a: Word64, high: number, low: number): void {
  a[0] = high
  a[1] = low
}
