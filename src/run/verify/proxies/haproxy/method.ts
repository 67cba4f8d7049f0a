/** HAProxy's `balance`, `hash-type` and `hash-balance-factor`: which of our strategies they are. */

import { Unfit } from '../../unfit.ts'
import type { Choice } from '../driven.ts'

/** What of a request is hashed. */
export type Hashed = 'nothing' | 'value' | 'path' | 'path and query' | 'address'

/** - `turns`: HAProxy tries another server at once; `map`: its weights cannot be changed while it runs */
export interface Method {
  readonly choice: Choice
  readonly hashed: Hashed
  readonly takesTurns: boolean
  readonly isFixed: boolean
}

const FUNCTIONS = new Set(['sdbm', 'djb2', 'wt6', 'crc32'])

const TURNS: Readonly<Record<string, string>> = {
  roundrobin: 'haproxy-round-robin',
  'static-rr': 'static-rr',
}
const COUNTS: Readonly<Record<string, string>> = { leastconn: 'haproxy-leastconn', first: 'first' }

/** @throws Unfit when the words are not known */
export function methodOf(
  balance: readonly string[],
  hashType: readonly string[],
  factor: string | undefined,
): Method {
  const [word = 'roundrobin', ...options] = balance
  const plain = { hashed: 'nothing' as const, isFixed: word === 'static-rr' }
  const draws = /^random(?:\((\d+)\))?$/.exec(word)
  if (options.length === 0 && TURNS[word]) {
    return { choice: { strategy: TURNS[word], params: {} }, ...plain, takesTurns: true }
  }
  if (options.length === 0 && COUNTS[word]) {
    return { choice: { strategy: COUNTS[word], params: {} }, ...plain, takesTurns: false }
  }
  if (draws && options.length === 0) {
    const params = { rule: 'haproxy', choices: Number(draws[1] ?? 2) }
    return { choice: { strategy: 'two-choices', params }, ...plain, takesTurns: true }
  }
  const hashed = hashedOf(word, options)
  if (hashed === undefined) throw new Unfit(`unknown "balance ${balance.join(' ')}"`)
  return hashing(hashed, hashType, factor)
}

function hashedOf(word: string, options: readonly string[]): Hashed | undefined {
  if (/^hdr\([^)]+\)$/.test(word) && options.length === 0) return 'value'
  if (word === 'url_param' && options.length === 1) return 'value'
  if (word === 'source' && options.length === 0) return 'address'
  if (word !== 'uri') return undefined
  if (options.length === 0) return 'path'
  return options.length === 1 && options[0] === 'whole' ? 'path and query' : undefined
}

function hashing(hashed: Hashed, hashType: readonly string[], factor: string | undefined): Method {
  const [type = 'map-based', ...words] = hashType
  const name = words[0] !== 'avalanche' ? words[0] : undefined
  const rest = name === undefined ? words : words.slice(1)
  const isKnown =
    (type === 'consistent' || type === 'map-based') &&
    (name === undefined || FUNCTIONS.has(name)) &&
    (rest.length === 0 || (rest.length === 1 && rest[0] === 'avalanche'))
  if (!isKnown) throw new Unfit(`unknown "hash-type ${hashType.join(' ')}"`)
  const isConsistent = type === 'consistent'
  const params = {
    on: hashed === 'address' ? 'address' : 'key',
    function: name ?? 'sdbm',
    avalanche: rest.length > 0 || (isConsistent && name === undefined),
  }
  const method = { hashed, takesTurns: false, isFixed: !isConsistent }
  if (!isConsistent)
    return { choice: { strategy: 'hash', params: { ...params, rule: 'haproxy' } }, ...method }
  if (factor === undefined || factor === '0') {
    return { choice: { strategy: 'haproxy-consistent', params }, ...method }
  }
  if (!/^\d{3,5}$/.test(factor)) throw new Unfit(`unknown "hash-balance-factor ${factor}"`)
  const bounded = { ...params, rule: 'haproxy', factor: Number(factor) }
  return { choice: { strategy: 'bounded-load', params: bounded }, ...method }
}
