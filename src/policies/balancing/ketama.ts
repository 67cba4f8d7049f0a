/**
 * nginx's consistent hash: each replica has 160 points a unit of weight on a ring, placed by its name; a key
 * goes to the first point at or after its hash, or on to the next whose replica is ready, up to 20 further;
 * then round robin takes over.
 *
 * A replica that is not ready keeps its points: only its own keys move, and they come back with it.
 *
 * Source: nginx 1.22.1, `hash … consistent` (ngx_http_upstream_hash_module; Cache::Memcached::Fast).
 */

import { utf8 } from '../hashing/bytes.ts'
import { crc32 } from '../hashing/crc32.ts'
import { hashedBytes, ON } from '../hashing/hashed-on.ts'
import { fresh, type Kept, outdatedByWeight, percent, scored } from '../hashing/kept.ts'
import { atOrAfter, packed, type Ring, ringOf, sharesOf } from '../hashing/ring.ts'
import { rememberTurns, type TakesTurns, tellTurns, turns } from '../hashing/turns.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const POINTS = 160
const FURTHER = 20

interface Table {
  readonly ring: Ring
  readonly weight: Float64Array
}

interface Memory extends Kept<Table>, TakesTurns {
  readonly byAddress: boolean
}

/** Of points that fall together nginx keeps one; the first is as good as any, as it is found first. */
function make(pool: Pool): Table {
  const counts = Float64Array.from(pool.weight, (weight) => Math.max(1, Math.floor(weight * POINTS)))
  const pairs = new Float64Array(counts.reduce((sum, count) => sum + count, 0))
  const previous = new Uint8Array(4)
  let end = 0
  for (let i = 0; i < pool.size; i++) {
    const base = crc32(nameBytes(pool.names[i]!))
    previous.fill(0)
    for (let j = 0; j < counts[i]!; j++) {
      const point = crc32(previous, base)
      for (let k = 0; k < 4; k++) previous[k] = point >>> (8 * k)
      pairs[end++] = packed(point, i)
    }
  }
  return Object.freeze({ ring: ringOf(pairs), weight: pool.weight.slice() })
}

/** Host, a zero, port: `10.0.0.1:80` is split at its colon, anything else has no port. */
function nameBytes(name: string): Uint8Array {
  if (/^unix:/i.test(name)) return utf8(`${name.slice(5)}\0`)
  const port = /:(\d*)$/.exec(name)
  return utf8(port ? `${name.slice(0, port.index)}\0${port[1]}` : `${name}\0`)
}

function remember(params: Params, pool: Pool): Memory {
  return {
    byAddress: params.on === 'address',
    table: make(pool),
    isStale: false,
    turns: rememberTurns(pool),
  }
}

function owner(pool: Pool, asked: Asked, { points, owners }: Ring, byAddress: boolean): number {
  const bytes = hashedBytes(asked, byAddress)
  if (bytes.length === 0 || pool.size === 1 || pool.readyCount === 0) return NONE
  let place = atOrAfter(points, crc32(bytes))
  for (let tries = 0; tries <= FURTHER; tries++) {
    if (place === points.length) place = 0
    const replica = owners[place]!
    if (pool.isReady[replica] === 1) return replica
    const point = points[place]!
    while (points[++place] === point);
  }
  return NONE
}

function pick(pool: Pool, asked: Asked, memory: Memory, random: Float64Array): number {
  const replica = owner(pool, asked, fresh(pool, memory, make).ring, memory.byAddress)
  return replica === NONE ? turns.pick(pool, asked, memory.turns, random) : replica
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const { ring } = fresh(pool, { ...memory }, make)
  const picked = owner(pool, asked, ring, memory.byAddress)
  if (picked === NONE) return turns.explain(pool, asked, memory.turns)
  const shares = sharesOf(ring, pool.size)
  return scored(pool, picked, (i) => `${percent(shares[i]!)} of the ring`)
}

export const ketama: Strategy<Memory> = {
  name: 'ketama',
  title: 'Ketama',
  summary:
    'Consistent hash with 160 points a unit of weight: when a replica goes, only its own keys move, and come back.',
  source: 'nginx 1.22.1, hash $key consistent',
  params: { on: ON },
  isKeyed: true,
  remember,
  pick,
  changed(pool, memory, replica) {
    outdatedByWeight(pool, memory, replica)
    turns.changed?.(pool, memory.turns, replica)
  },
  ...tellTurns,
  explain,
}
