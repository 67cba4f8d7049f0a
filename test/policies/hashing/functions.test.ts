import { createHash } from 'node:crypto'
import { crc32 as zlib } from 'node:zlib'
import { expect, test } from 'vitest'
import { dotted, utf8 } from '../../../src/policies/hashing/bytes.ts'
import { crc32 } from '../../../src/policies/hashing/crc32.ts'
import { avalanche } from '../../../src/policies/hashing/haproxy-functions.ts'
import { sha256 } from '../../../src/policies/hashing/sha256.ts'
import { multiply, remainder } from '../../../src/policies/hashing/words64.ts'
import { xxHash64 } from '../../../src/policies/hashing/xxhash64.ts'

const texts = Array.from({ length: 200 }, (_, n) =>
  Array.from({ length: n }, (_, i) => String.fromCharCode(33 + ((i * 7 + n * 13) % 94))).join(''),
)

test.each(['', 'a', 'é', '€', '😀', 'a😀é€b', '\ud800', '\udc00x', 'x\ud83d'])('%j as UTF-8', (text) => {
  expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)])
})

test('an address is written with dots', () => {
  expect(dotted(0x0a000304)).toBe('10.0.3.4')
  expect(dotted(0xffffff01)).toBe('255.255.255.1')
})

test('CRC-32 is that of zlib, also in two parts', () => {
  for (const text of texts) expect(crc32(utf8(text))).toBe(zlib(text))
  const first = crc32(utf8('123'))
  expect(crc32(utf8('456789'), first)).toBe(0xcbf43926)
})

test('SHA-256 is that of OpenSSL', () => {
  for (const text of texts) {
    const hex = [...sha256(utf8(text))].map((word) => word.toString(16).padStart(8, '0')).join('')
    expect(hex).toBe(createHash('sha256').update(text).digest('hex'))
  }
})

const out = new Uint32Array(2)
const value = (word: Uint32Array) => (BigInt(word[0]!) << 32n) | BigInt(word[1]!)

test.each([
  ['', 0, 0xef46db3751d8e999n],
  ['a', 0, 0xd24ec4f1a98c6e5bn],
  ['abc', 0, 0x44bc2cf5ad770999n],
  ['Nobody inspects the spammish repetition', 0, 0xfbcea83c8a378bf1n],
])('xxHash64 of %j with seed %i is as published', (text, seed, expected) => {
  xxHash64(utf8(text), seed, out)
  expect(value(out)).toBe(expected)
})

test('xxHash64 is what its specification gives in 64-bit arithmetic, for all lengths and seeds', () => {
  for (const text of texts) {
    for (const seed of [0, 1, 0xffffffff]) {
      xxHash64(utf8(text), seed, out)
      expect(value(out)).toBe(specified(new TextEncoder().encode(text), BigInt(seed)))
    }
  }
})

const M = 2n ** 64n - 1n
const [P1, P2, P3, P4, P5] = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
] as const
const rotate = (x: bigint, n: bigint) => ((x << n) | (x >> (64n - n))) & M
const round = (sum: bigint, lane: bigint) => (rotate((sum + lane * P2) & M, 31n) * P1) & M

function specified(bytes: Uint8Array, seed: bigint): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const { length } = bytes
  let at = 0
  let hash = (seed + P5) & M
  if (length >= 32) {
    const sums = [(seed + P1 + P2) & M, (seed + P2) & M, seed, (seed - P1) & M]
    for (; at + 32 <= length; at += 32) {
      for (let i = 0; i < 4; i++) sums[i] = round(sums[i]!, view.getBigUint64(at + 8 * i, true))
    }
    hash = [1n, 7n, 12n, 18n].reduce((sum, n, i) => (sum + rotate(sums[i]!, n)) & M, 0n)
    for (const sum of sums) hash = ((hash ^ round(0n, sum)) * P1 + P4) & M
  }
  hash = (hash + BigInt(length)) & M
  for (; at + 8 <= length; at += 8) {
    hash = (rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4) & M
  }
  if (at + 4 <= length) {
    hash = (rotate(hash ^ ((BigInt(view.getUint32(at, true)) * P1) & M), 23n) * P2 + P3) & M
    at += 4
  }
  for (; at < length; at++) hash = (rotate(hash ^ ((BigInt(bytes[at]!) * P5) & M), 11n) * P1) & M
  hash = ((hash ^ (hash >> 33n)) * P2) & M
  hash = ((hash ^ (hash >> 29n)) * P3) & M
  return hash ^ (hash >> 32n)
}

test('products and remainders of 64 bits are exact', () => {
  let x = 0x0123456789abcdefn
  for (let n = 0; n < 2_000; n++) {
    const y = (x * P1 + 1n) & M
    const a = Uint32Array.of(Number(x >> 32n), Number(x & 0xffffffffn))
    expect(remainder(a, 4_294_967_291)).toBe(Number(x % 4_294_967_291n))
    expect(remainder(a, 65_537)).toBe(Number(x % 65_537n))
    multiply(a, Number(y >> 32n), Number(y & 0xffffffffn))
    expect(value(a)).toBe((x * y) & M)
    x = y ^ (x >> 7n)
  }
})

test('the avalanche keeps hashes apart and moves half of the bits', () => {
  const seen = new Set(Array.from({ length: 10_000 }, (_, i) => avalanche(i)))
  expect(seen.size).toBe(10_000)
  const bits = (x: number) => [...x.toString(2)].filter((bit) => bit === '1').length
  let flipped = 0
  for (let i = 0; i < 10_000; i++) flipped += bits((avalanche(i) ^ avalanche(i ^ 1)) >>> 0)
  expect(flipped / 10_000).toBeGreaterThan(15)
  expect(flipped / 10_000).toBeLessThan(17)
})
