/**
 * Rendezvous hashing (highest random weight): every replica draws a number for the key from the hash of
 * both, and the best has it. When a replica goes, its keys spread over all others by weight, and no other
 * key moves.
 *
 * Drawing for all replicas is a scan, so pools of more than 64 have an equal in law without one: the key
 * throws darts at the list of replicas, the same ones every time, and the first that hits a ready replica
 * counts, with a chance in proportion to the weight. The best replica is the one hit first.
 *
 * Source: Thaler & Ravishankar 1998; weights: Schindelhauer & Schomaker 2005; darts: Shrivastava 2016.
 */

import { hashAsked } from '../hashing/asked-hash.ts'
import { ON } from '../hashing/hashed-on.ts'
import { percent, scored } from '../hashing/kept.ts'
import { costOf, type Draws, dart, drawsOf } from '../hashing/rendezvous-draws.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

/** Up to so many replicas draw for each request. */
const FEW = 64
/** So many darts are thrown; then, with hardly any replica ready, those that are draw after all. */
const DARTS = 2_000

interface Memory {
  readonly byAddress: boolean
  readonly draws: Draws
  /** The largest weight there has been: a dart that hits it always counts. */
  heaviest: number
}

function remember(params: Params, pool: Pool): Memory {
  return {
    byAddress: params.on === 'address',
    draws: drawsOf(pool.names),
    heaviest: pool.weight.reduce((most, weight) => Math.max(most, weight), 0),
  }
}

const hash = new Uint32Array(2)

function pick(pool: Pool, asked: Asked, { byAddress, draws, heaviest }: Memory): number {
  hashAsked(asked, byAddress, hash)
  if (pool.size <= FEW) return best(pool, draws)
  if (pool.readyCount === 0) return NONE
  for (let n = 0; n < DARTS; n++) {
    const hit = dart(hash, n) * pool.size
    const replica = Math.floor(hit)
    if (pool.isReady[replica] === 1 && (hit - replica) * heaviest < pool.weight[replica]!) return replica
  }
  return best(pool, draws)
}

/** By the literal rule. */
function best(pool: Pool, draws: Draws): number {
  let winner = NONE
  let least = Infinity
  for (let place = 0; place < pool.readyCount; place++) {
    const replica = pool.ready[place]!
    const cost = costOf(draws, hash[1]!, replica, pool.weight[replica]!)
    if (cost >= least) continue
    least = cost
    winner = replica
  }
  return winner
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const picked = pick(pool, asked, memory)
  const ready = pool.ready.subarray(0, pool.readyCount)
  if (pool.size > FEW) {
    const total = ready.reduce((sum, i) => sum + pool.weight[i]!, 0)
    return scored(pool, picked, (i) => `has ${percent(pool.weight[i]! / total)} of the keys`)
  }
  return Array.from(ready, (replica) => {
    const score = costOf(memory.draws, hash[1]!, replica, pool.weight[replica]!)
    return { replica, score, note: `draws ${score.toFixed(4)} for this key; the least has the key` }
  })
}

export const rendezvous: Strategy<Memory> = {
  name: 'rendezvous',
  title: 'Rendezvous hash',
  summary:
    'Each replica draws a number for the key, the best has it: even by weight, and only the keys of a lost one move.',
  source:
    'Thaler & Ravishankar 1998; Schindelhauer & Schomaker 2005 (weights); Shrivastava 2016 (large pools)',
  params: { on: ON },
  isKeyed: true,
  remember,
  pick,
  changed(pool, memory, replica) {
    memory.heaviest = Math.max(memory.heaviest, pool.weight[replica]!)
  },
  explain,
}
