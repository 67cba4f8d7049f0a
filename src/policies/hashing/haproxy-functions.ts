/** The hash functions that HAProxy offers for keys, and its avalanche. Source: HAProxy 2.6.12, hash.c. */

import { crc32 } from './crc32.ts'

/** The default. */
export function sdbm(bytes: Uint8Array): number {
  let hash = 0
  for (let i = 0; i < bytes.length; i++) hash = (bytes[i]! + (hash << 6) + (hash << 16) - hash) | 0
  return hash >>> 0
}

export function djb2(bytes: Uint8Array): number {
  let hash = 5381
  for (let i = 0; i < bytes.length; i++) hash = ((hash << 5) + hash + bytes[i]!) | 0
  return hash >>> 0
}

export function wt6(bytes: Uint8Array): number {
  let a = 0xa53c965a | 0
  let b = 0x5ca6953a
  let left = 6
  let right = 18
  for (let i = 0; i < bytes.length; i++) {
    a = ~(a ^ bytes[i]!)
    b = ~(b + bytes[i]!)
    const turned = (b << left) | (b >>> (32 - left))
    b = (a << right) | (a >>> (32 - right))
    a = turned
    const steps = ((a >>> 16) ^ b) & 0xffff
    left = steps & 31
    right = steps >>> 11
  }
  return (a ^ b) >>> 0
}

export const keyFunctions: Readonly<Record<string, (bytes: Uint8Array) => number>> = {
  sdbm,
  djb2,
  wt6,
  crc32: (bytes) => crc32(bytes),
}

/** Bob Jenkins' 32-bit avalanche in six steps, spread over the whole range by a large factor. */
export function avalanche(word: number): number {
  let a = word | 0
  a = (a + 0x7ed55d16 + (a << 12)) | 0
  a = a ^ 0xc761c23c ^ (a >>> 19)
  a = (a + 0x165667b1 + (a << 5)) | 0
  a = (a + 0xd3a2646c) ^ (a << 9)
  a = (a + 0xfd7046c5 + (a << 3)) | 0
  a = a ^ 0xb55a4f09 ^ (a >>> 16)
  return Math.imul(a, 3221225473) >>> 0
}
