/**
 * One line of an access log in common or combined format, read byte by byte up to the size; what follows
 * (referer, user agent) is not looked at, so nothing odd in it can do harm.
 *
 *     address ident user [time] "request" status size "referer" "user agent"
 *
 * Source: Apache HTTP Server documentation, mod_log_config; nginx's `combined` is the same.
 */

import { addressOf } from './address.ts'
import { hashBytes } from './hash.ts'
import { STAMP_LENGTH, secondsOf } from './time-stamp.ts'

export interface Line {
  /** Unix time, seconds. */
  second: number
  address: number
  key: number
  size: number
}

/** Sizes are held in 32 bits: a larger one counts as this. */
export const LARGEST_SIZE = 4294967295

/** What can be wrong with a line: the index into `FLAWS`. */
export type Flaw = number
export const FINE: Flaw = 0
export const BLANK: Flaw = 1
const NO_TIME = 2
const NO_REQUEST = 3
const NO_SIZE = 4
export const TOO_LONG: Flaw = 5
export const STRAY: Flaw = 6
export const FLAWS = [
  'fine',
  'blank',
  'it has no time such as [17/May/2015:10:05:03 +0000]',
  'it has no request in quotes with a status such as "GET / HTTP/1.1" 200',
  'its size is neither a number nor "-"',
  'it is longer than 64 KiB',
  'its time is far from that of the lines around it',
] as const

const SPACE = 0x20
const QUOTE = 0x22
const DASH = 0x2d
const BRACKET = 0x5b
const BACKSLASH = 0x5c
const QUESTION = 0x3f

/** Reads bytes[from, to), which is a line without its end, into `into`; leaves it undefined unless FINE. */
export function parseLine(b: Uint8Array, from: number, to: number, into: Line): Flaw {
  let i = from
  while (i < to && b[i]! > SPACE) i++
  if (i === from) return isBlank(b, from, to) ? BLANK : NO_TIME
  const addressEnd = i

  let second = NaN
  for (; i < to; i++) {
    if (b[i] !== BRACKET) continue
    second = secondsOf(b, i, to)
    if (!Number.isNaN(second)) break
  }
  if (i === to) return NO_TIME

  const open = i + STAMP_LENGTH + 1
  if (b[open - 1] !== SPACE || b[open] !== QUOTE || open >= to) return NO_REQUEST
  const close = endOfRequest(b, open + 1, to)
  if (close < 0) return NO_REQUEST

  const size = sizeAt(b, b[close + 2] === DASH ? close + 4 : close + 6, to)
  if (Number.isNaN(size)) return NO_SIZE
  into.second = second
  into.address = addressOf(b, from, addressEnd)
  into.key = keyOf(b, open + 1, close)
  into.size = size
  return FINE
}

function isBlank(b: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (b[i] !== SPACE && b[i] !== 0x09) return false
  return true
}

/** The first quote that is not escaped and has a status after it (some servers do not escape); or -1. */
function endOfRequest(b: Uint8Array, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const c = b[i]!
    if (c === BACKSLASH) i++
    else if (c === QUOTE && hasStatus(b, i + 1, to)) return i
  }
  return -1
}

/** A space and then `200` or `-`, as a word of its own. */
function hasStatus(b: Uint8Array, at: number, to: number): boolean {
  if (b[at] !== SPACE) return false
  const end = b[at + 1] === DASH ? at + 2 : at + 4
  if (end > to || (end < to && b[end] !== SPACE)) return false
  return end === at + 2 || (isDigit(b[at + 1]!) && isDigit(b[at + 2]!) && isDigit(b[at + 3]!))
}

function sizeAt(b: Uint8Array, at: number, to: number): number {
  if (at >= to) return NaN
  let i = at
  let size = 0
  if (b[i] === DASH) i++
  else for (; i < to && isDigit(b[i]!); i++) size = Math.min(LARGEST_SIZE, size * 10 + (b[i]! - 0x30))
  return i > at && (i === to || b[i] === SPACE) ? size : NaN
}

/**
 * The key of a request line: the hash of its target without the query. A line that is no HTTP request ("-",
 * the bytes of a TLS handshake) is hashed as it stands.
 */
function keyOf(b: Uint8Array, from: number, to: number): number {
  let start = from
  while (start < to && b[start] !== SPACE) start++
  if (start === to) return hashBytes(b, from, to)
  start++
  let end = to
  const last = b.lastIndexOf(SPACE, to - 1)
  const isVersion = last >= start && b[last + 1] === 0x48 && b[last + 2] === 0x54 && b[last + 3] === 0x54
  if (isVersion) end = last
  let query = start
  while (query < end && b[query] !== QUESTION) query++
  return hashBytes(b, start, query)
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39
}
