/**
 * Hash modulo the number of replicas, as nginx and as HAProxy do it. Cheap and even, but nearly all keys
 * move when the number of replicas changes.
 *
 * nginx counts replicas that are not ready too, and hashes again up to 20 times to get past one (then round
 * robin takes over); so only the keys of a failed replica move. HAProxy makes its map anew of those that are
 * ready; so nearly all keys move.
 */

import { crc32 } from '../hashing/crc32.ts'
import { HAPROXY_KEY, haproxyHash, type KeyHash } from '../hashing/haproxy-key.ts'
import { hashedBytes, ON } from '../hashing/hashed-on.ts'
import { fresh, type Kept, percent, scored } from '../hashing/kept.ts'
import { rememberTurns, type TakesTurns, tellTurns, turns } from '../hashing/turns.ts'
import { standingAt, type WeightLine, weightLine } from '../hashing/weight-line.ts'
import type { Params } from '../policy.ts'
import { mapOf } from './haproxy-map.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const RETRIES = 20

/** One of the two is made, the other empty. */
interface Table {
  readonly line: WeightLine | undefined
  readonly map: Int32Array
}

interface Memory extends Kept<Table>, TakesTurns, KeyHash {
  readonly isMap: boolean
  /** Where HAProxy's round robin stands that places requests without a key. */
  place: number
}

function make(pool: Pool, { isMap }: { readonly isMap: boolean }): Table {
  return Object.freeze({
    line: isMap ? undefined : weightLine(pool),
    map: isMap ? mapOf(pool) : new Int32Array(0),
  })
}

function remember(params: Params, pool: Pool): Memory {
  const isMap = params.rule === 'haproxy'
  return {
    isMap,
    byAddress: params.on === 'address',
    function: params.function as string,
    avalanche: params.avalanche as boolean,
    place: 0,
    table: make(pool, { isMap }),
    isStale: false,
    turns: rememberTurns(pool),
  }
}

/** CRC-32 of the digits that nginx puts before the key when it hashes again. */
const again = Array.from({ length: RETRIES + 1 }, (_, n) =>
  n === 0 ? 0 : crc32(Uint8Array.from(String(n), (digit) => digit.charCodeAt(0))),
)

function nginxOwner(pool: Pool, asked: Asked, line: WeightLine, byAddress: boolean): number {
  const bytes = hashedBytes(asked, byAddress)
  if (bytes.length === 0 || pool.size === 1 || pool.readyCount === 0) return NONE
  let hash = 0
  for (let tries = 0; tries <= RETRIES; tries++) {
    hash += (crc32(bytes, again[tries]) >>> 16) & 0x7fff
    const replica = standingAt(line, hash)
    if (pool.isReady[replica] === 1) return replica
  }
  return NONE
}

function haproxyOwner(asked: Asked, { map }: Table, memory: Memory): number {
  if (map.length === 0) return NONE
  const hash = haproxyHash(asked, memory)
  if (hash !== undefined) return map[hash % map.length]!
  if (memory.place >= map.length) memory.place = 0
  return map[memory.place++]!
}

function pick(pool: Pool, asked: Asked, memory: Memory, random: Float64Array): number {
  const table = fresh(pool, memory, make)
  if (memory.isMap) return haproxyOwner(asked, table, memory)
  const replica = nginxOwner(pool, asked, table.line!, memory.byAddress)
  return replica === NONE ? turns.pick(pool, asked, memory.turns, random) : replica
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const trial = { ...memory }
  const { line, map } = fresh(pool, trial, make)
  if (line) {
    const picked = nginxOwner(pool, asked, line, memory.byAddress)
    if (picked === NONE) return turns.explain(pool, asked, memory.turns)
    return scored(pool, picked, (i) => `${percent(pool.weight[i]! / line.total)} of the hashes`)
  }
  const places = new Float64Array(pool.size)
  for (const replica of map) places[replica]!++
  const picked = haproxyOwner(asked, { line, map }, trial)
  return scored(pool, picked, (i) => `${places[i]} of ${map.length} places in the map`)
}

export const hash: Strategy<Memory> = {
  name: 'hash',
  title: 'Hash (modulo)',
  summary:
    'The same key always goes to the same replica, by hash modulo; nearly all keys move when replicas are added.',
  source: 'nginx 1.22.1, hash $key; HAProxy 2.6.12, hash-type map-based',
  params: {
    on: ON,
    rule: {
      kind: 'choice',
      title: 'Rule of',
      summary: 'nginx hashes again past a replica that is not ready; haproxy makes its map anew without it.',
      choices: ['nginx', 'haproxy'],
      default: 'nginx',
    },
    ...HAPROXY_KEY,
  },
  whenFull: ({ rule }) => (rule === 'haproxy' ? 'wait' : 'skip'),
  isKeyed: true,
  remember,
  pick,
  changed(pool, memory, replica) {
    const { line } = memory.table
    if (line === undefined || line.weight[replica] !== pool.weight[replica]) memory.isStale = true
    turns.changed?.(pool, memory.turns, replica)
  },
  ...tellTurns,
  explain,
}
