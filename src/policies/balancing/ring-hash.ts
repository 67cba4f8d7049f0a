/**
 * Envoy's ring hash: a ring of at least `minRingSize` points, shared among the ready replicas by weight and
 * placed by their names; a key goes to the first point at or after its hash.
 *
 * The ring is made of the ready replicas alone. When one goes, the others get a few points more each, so
 * that the ring keeps its size; besides the lost one's keys a few others move.
 *
 * Source: Envoy, ring_hash_lb.cc (commit 0d2acde), with xxHash64; its other function, MurmurHash2, is left
 * out.
 */

import { hashAsked } from '../hashing/asked-hash.ts'
import { utf8 } from '../hashing/bytes.ts'
import { ON } from '../hashing/hashed-on.ts'
import { fresh, type Kept, outdated, percent, scored } from '../hashing/kept.ts'
import { placeOf, type Ring64, ring64, shares64 } from '../hashing/ring64.ts'
import { xxHash64 } from '../hashing/xxhash64.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const LARGEST = 8_388_608

interface Sizes {
  readonly minRingSize: number
  readonly maxRingSize: number
}

interface Memory extends Kept<Ring64>, Sizes {
  readonly byAddress: boolean
}

const out = new Uint32Array(2)

function make(pool: Pool, { minRingSize, maxRingSize }: Sizes): Ring64 {
  const ready = pool.ready.subarray(0, pool.readyCount)
  const total = ready.reduce((sum, i) => sum + pool.weight[i]!, 0)
  const least = ready.reduce((min, i) => Math.min(min, pool.weight[i]!), Infinity) / total
  const scale = Math.min(Math.ceil(least * minRingSize) / least, maxRingSize)
  const high: number[] = []
  const low: number[] = []
  const owners: number[] = []
  let target = 0
  for (const i of ready) {
    target += scale * (pool.weight[i]! / total)
    for (let n = 0; owners.length < target; n++) {
      xxHash64(utf8(`${pool.names[i]}_${n}`), 0, out)
      high.push(out[0]!)
      low.push(out[1]!)
      owners.push(i)
    }
  }
  return ring64(Uint32Array.from(high), Uint32Array.from(low), Int32Array.from(owners))
}

function remember(params: Params, pool: Pool): Memory {
  const minRingSize = params.minRingSize as number
  const sizes = { minRingSize, maxRingSize: Math.max(minRingSize, params.maxRingSize as number) }
  return { byAddress: params.on === 'address', ...sizes, table: make(pool, sizes), isStale: false }
}

function pick(pool: Pool, asked: Asked, memory: Memory): number {
  const ring = fresh(pool, memory, make)
  if (ring.owners.length === 0) return NONE
  hashAsked(asked, memory.byAddress, out)
  return ring.owners[placeOf(ring, out)]!
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const trial = { ...memory }
  const picked = pick(pool, asked, trial)
  const shares = shares64(trial.table, pool.size)
  return scored(pool, picked, (i) => `${percent(shares[i]!)} of the ring`)
}

export const ringHash: Strategy<Memory> = {
  name: 'ring-hash',
  title: 'Ring hash (Envoy)',
  summary:
    'Consistent hash on a ring of at least so many points: more points make evener shares, and a slower start.',
  source: 'Envoy, ring_hash_lb.cc (0d2acde); Karger et al. 1997',
  params: {
    on: ON,
    minRingSize: {
      kind: 'integer',
      title: 'Smallest ring',
      summary: 'Points on the ring, at least; the lightest replica gets a whole number of them.',
      default: 1024,
      min: 1,
      max: LARGEST,
    },
    maxRingSize: {
      kind: 'integer',
      title: 'Largest ring',
      summary: 'Points on the ring, at most; with more replicas than that, some get none.',
      default: LARGEST,
      min: 1,
      max: LARGEST,
    },
  },
  check: ({ minRingSize, maxRingSize }) =>
    Number(minRingSize) <= Number(maxRingSize) ? [] : ['minRingSize must not be above maxRingSize'],
  isKeyed: true,
  remember,
  pick,
  changed: outdated,
  explain,
}
