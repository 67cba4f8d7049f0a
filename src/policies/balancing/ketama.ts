/**
 * nginx's consistent hash: each replica has 160 points a unit of weight on a ring, placed by its name; a key
 * goes to the first point at or after its hash, or on to the next whose replica is ready, up to 20 further;
 * then round robin takes over.
 *
 * libketama, which nginx's hash is modelled on, places replicas and keys by MD5 instead of CRC-32, four points
 * with each digest.
 *
 * A replica that is not ready keeps its points: only its own keys move, and they come back with it.
 *
 * Source: nginx 1.22.1, `hash … consistent` (ngx_http_upstream_hash_module; Cache::Memcached::Fast); R. Jones,
 * libketama (2007).
 */

import { utf8 } from '../hashing/bytes.ts'
import { crc32 } from '../hashing/crc32.ts'
import { hashedBytes, ON } from '../hashing/hashed-on.ts'
import { fresh, type Kept, outdatedByWeight, percent, scored } from '../hashing/kept.ts'
import { md5 } from '../hashing/md5.ts'
import { atOrAfter, packed, type Ring, ringOf, sharesOf } from '../hashing/ring.ts'
import { rememberTurns, type TakesTurns, tellTurns, turns } from '../hashing/turns.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const POINTS = 160
const FURTHER = 20
/** Points that libketama takes from one digest. */
const PER_DIGEST = 4

const digest = new Uint32Array(PER_DIGEST)

interface Table {
  readonly ring: Ring
  readonly weight: Float64Array
}

interface Memory extends Kept<Table>, TakesTurns {
  readonly byAddress: boolean
  readonly byMd5: boolean
}

/** Of points that fall together nginx keeps one; the first is as good as any, as it is found first. */
function make(pool: Pool, { byMd5 }: { readonly byMd5: boolean }): Table {
  const counts = Float64Array.from(pool.weight, (weight) => pointsOf(weight, byMd5))
  const pairs = new Float64Array(counts.reduce((sum, count) => sum + count, 0))
  const place = byMd5 ? placeByMd5 : placeByCrc32
  let end = 0
  for (let i = 0; i < pool.size; i++) {
    place(pool.names[i]!, counts[i]!, (point) => {
      pairs[end++] = packed(point, i)
    })
  }
  return Object.freeze({ ring: ringOf(pairs), weight: pool.weight.slice() })
}

function pointsOf(weight: number, byMd5: boolean): number {
  if (!byMd5) return Math.max(1, Math.floor(weight * POINTS))
  return PER_DIGEST * Math.max(1, Math.floor((weight * POINTS) / PER_DIGEST))
}

function placeByCrc32(name: string, count: number, add: (point: number) => void): void {
  const previous = new Uint8Array(4)
  const base = crc32(nameBytes(name))
  for (let j = 0; j < count; j++) {
    const point = crc32(previous, base)
    for (let k = 0; k < 4; k++) previous[k] = point >>> (8 * k)
    add(point)
  }
}

function placeByMd5(name: string, count: number, add: (point: number) => void): void {
  for (let j = 0; j < count / PER_DIGEST; j++) {
    md5(utf8(`${name}-${j}`), digest)
    digest.forEach(add)
  }
}

/** Host, a zero, port: `10.0.0.1:80` is split at its colon, anything else has no port. */
function nameBytes(name: string): Uint8Array {
  if (/^unix:/i.test(name)) return utf8(`${name.slice(5)}\0`)
  const port = /:(\d*)$/.exec(name)
  return utf8(port ? `${name.slice(0, port.index)}\0${port[1]}` : `${name}\0`)
}

function remember(params: Params, pool: Pool): Memory {
  const byMd5 = params.rule === 'libketama'
  return {
    byAddress: params.on === 'address',
    byMd5,
    table: make(pool, { byMd5 }),
    isStale: false,
    turns: rememberTurns(pool),
  }
}

function hashOf(bytes: Uint8Array, byMd5: boolean): number {
  if (!byMd5) return crc32(bytes)
  md5(bytes, digest)
  return digest[0]!
}

function owner(pool: Pool, asked: Asked, { points, owners }: Ring, { byAddress, byMd5 }: Memory): number {
  const bytes = hashedBytes(asked, byAddress)
  if (bytes.length === 0 || pool.size === 1 || pool.readyCount === 0) return NONE
  let place = atOrAfter(points, hashOf(bytes, byMd5))
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
  const replica = owner(pool, asked, fresh(pool, memory, make).ring, memory)
  return replica === NONE ? turns.pick(pool, asked, memory.turns, random) : replica
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const { ring } = fresh(pool, { ...memory }, make)
  const picked = owner(pool, asked, ring, memory)
  if (picked === NONE) return turns.explain(pool, asked, memory.turns)
  const shares = sharesOf(ring, pool.size)
  return scored(pool, picked, (i) => `${percent(shares[i]!)} of the ring`)
}

export const ketama: Strategy<Memory> = {
  name: 'ketama',
  title: 'Ketama',
  summary:
    'Consistent hash with 160 points a unit of weight: when a replica goes, only its own keys move, and come back.',
  source: 'nginx 1.22.1, hash $key consistent; R. Jones, libketama, 2007',
  params: {
    on: ON,
    rule: {
      kind: 'choice',
      title: 'Rule of',
      summary: 'nginx places replicas and keys by CRC-32, libketama (memcached clients) by MD5.',
      choices: ['nginx', 'libketama'],
      default: 'nginx',
    },
  },
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
