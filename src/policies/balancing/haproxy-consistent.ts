/**
 * HAProxy's consistent hash: the node nearest to the key's hash on a ring with 16 nodes a unit of weight.
 * So few nodes make uneven shares. When a replica goes, only its own keys move.
 *
 * Requests without a key go round the ring node by node.
 *
 * Source: HAProxy 2.6.12, hash-type consistent (lb_chash.c).
 */

import { HAPROXY_CONSISTENT_KEY, haproxyHash, type KeyHash } from '../hashing/haproxy-key.ts'
import { haproxyRing, nearestShares, nearestTo } from '../hashing/haproxy-ring.ts'
import { ON } from '../hashing/hashed-on.ts'
import { fresh, type Kept, outdated, percent, scored } from '../hashing/kept.ts'
import type { Ring } from '../hashing/ring.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Memory extends Kept<Ring>, KeyHash {
  /** The node that the last request without a key went to. */
  last: number
}

function remember(params: Params, pool: Pool): Memory {
  return {
    byAddress: params.on === 'address',
    function: params.function as string,
    avalanche: params.avalanche as boolean,
    table: haproxyRing(pool),
    isStale: false,
    last: NONE,
  }
}

function pick(pool: Pool, asked: Asked, memory: Memory): number {
  const ring = fresh(pool, memory, haproxyRing)
  const { owners } = ring
  if (owners.length === 0) return NONE
  const hash = haproxyHash(asked, memory)
  if (hash !== undefined) return owners[nearestTo(ring, hash)]!
  memory.last = memory.last + 1 >= owners.length ? 0 : memory.last + 1
  return owners[memory.last]!
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const trial = { ...memory }
  const picked = pick(pool, asked, trial)
  const shares = nearestShares(trial.table, pool.size)
  return scored(pool, picked, (i) => `${percent(shares[i]!)} of the ring`)
}

export const haproxyConsistent: Strategy<Memory> = {
  name: 'haproxy-consistent',
  title: 'Consistent hash (HAProxy)',
  summary:
    'The nearest of 16 nodes a unit of weight: only the keys of a lost replica move, but shares are uneven.',
  source: 'HAProxy 2.6.12, hash-type consistent',
  params: { on: ON, ...HAPROXY_CONSISTENT_KEY },
  whenFull: 'wait',
  isKeyed: true,
  remember,
  pick,
  changed: outdated,
  explain,
}
