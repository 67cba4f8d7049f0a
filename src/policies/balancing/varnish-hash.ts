/**
 * Varnish's hash director: the key's hash as a place on a line of the healthy backends' weights. When one is
 * sick the line closes up, and a quarter to a half of all keys move.
 *
 * Source: Varnish 7.1.1, vmod_directors hash.
 */

import { hashedBytes, ON } from '../hashing/hashed-on.ts'
import { fresh, type Kept, outdated, percent, scored } from '../hashing/kept.ts'
import { varnishHash32 } from '../hashing/sha256.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Table {
  /** Sums of the weights of the ready replicas up to each place of `pool.ready`. */
  readonly sums: Float64Array
}

interface Memory extends Kept<Table> {
  readonly byAddress: boolean
}

function make(pool: Pool): Table {
  const sums = new Float64Array(pool.readyCount)
  let sum = 0
  for (let place = 0; place < sums.length; place++) {
    sum += pool.weight[pool.ready[place]!]!
    sums[place] = sum
  }
  return Object.freeze({ sums })
}

function remember(params: Params, pool: Pool): Memory {
  return { byAddress: params.on === 'address', table: make(pool), isStale: false }
}

function pick(pool: Pool, asked: Asked, memory: Memory): number {
  const { sums } = fresh(pool, memory, make)
  if (sums.length === 0) return NONE
  const mark = (varnishHash32(hashedBytes(asked, memory.byAddress)) / 2 ** 32) * sums[sums.length - 1]!
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sums[middle]! > mark) high = middle
    else low = middle + 1
  }
  return pool.ready[low]!
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const trial = { ...memory }
  const picked = pick(pool, asked, trial)
  const total = trial.table.sums[pool.readyCount - 1]!
  return scored(pool, picked, (i) => `${percent(pool.weight[i]! / total)} of the hashes`)
}

export const varnishHash: Strategy<Memory> = {
  name: 'varnish-hash',
  title: 'Hash (Varnish)',
  summary:
    'By weight and key, without a ring: when one replica is sick, a quarter to a half of all keys move.',
  source: 'Varnish 7.1.1, directors.hash',
  params: { on: ON },
  isKeyed: true,
  remember,
  pick,
  changed: outdated,
  explain,
}
