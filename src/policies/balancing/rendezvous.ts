/**
 * Rendezvous hashing (highest random weight): every replica draws a score for the key from the hash of both;
 * the best has it. When a replica goes, its keys spread over all others by weight, and no other key moves.
 *
 * Scoring all replicas for each request would be a scan, so pools of more than 64 have a table, as those who
 * use it at scale do: the key's hash chooses one of `slots`, and the slot is what replicas are scored for,
 * when it is first asked for. A replica that comes is held against the slots' owners; one that goes leaves
 * its slots to be scored again.
 *
 * Source: Thaler & Ravishankar 1998; weights: Schindelhauer & Schomaker 2005; the table: GitHub's GLB.
 */

import { hashedBytes, ON } from '../hashing/hashed-on.ts'
import { costOf, type Draws, drawsOf } from '../hashing/rendezvous-draws.ts'
import { xxHash64 } from '../hashing/xxhash64.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

/** Up to so many replicas are scored for each request. */
const FEW = 64
/** When more replicas than this have come since the last pick, the table is begun anew. */
const MANY = 16

interface Memory {
  readonly byAddress: boolean
  readonly draws: Draws
  /** The owner of each slot, NONE where it has not been looked for; no slots for few replicas. */
  readonly owners: Int32Array
  /** Replicas that came, or changed weight, since the last pick. */
  came: number[]
}

function remember(params: Params, pool: Pool): Memory {
  const slots = pool.size > FEW ? (params.slots as number) : 0
  return {
    byAddress: params.on === 'address',
    draws: drawsOf(pool.names),
    owners: new Int32Array(slots).fill(NONE),
    came: [],
  }
}

const out = new Uint32Array(2)

/** What the replicas are scored for: the slot of the key, or its hash. */
function subject(asked: Asked, { byAddress, owners }: Memory): number {
  xxHash64(hashedBytes(asked, byAddress), 0, out)
  return owners.length === 0 ? out[1]! : out[1]! % owners.length
}

function best(pool: Pool, draws: Draws, of: number): number {
  let winner = NONE
  let least = Infinity
  for (let place = 0; place < pool.readyCount; place++) {
    const replica = pool.ready[place]!
    const cost = costOf(draws, of, replica, pool.weight[replica]!)
    if (cost >= least) continue
    least = cost
    winner = replica
  }
  return winner
}

function pick(pool: Pool, asked: Asked, memory: Memory): number {
  const { owners, draws } = memory
  const slot = subject(asked, memory)
  if (owners.length === 0) return best(pool, draws, slot)
  if (memory.came.length > 0) admit(pool, memory)
  const owner = owners[slot]!
  if (owner !== NONE && pool.isReady[owner] === 1) return owner
  const winner = best(pool, draws, slot)
  owners[slot] = winner
  return winner
}

/** Holds the replicas that came against the owners of the slots. */
function admit(pool: Pool, memory: Memory): void {
  const { owners, came } = memory
  memory.came = []
  if (came.length > MANY) {
    owners.fill(NONE)
    return
  }
  for (const replica of came) {
    if (pool.isReady[replica] === 0) continue
    for (let slot = 0; slot < owners.length; slot++) {
      const owner = owners[slot]!
      if (owner === replica) owners[slot] = NONE
      else if (owner !== NONE && isBeaten(pool, memory.draws, slot, owner, replica)) owners[slot] = replica
    }
  }
}

function isBeaten(pool: Pool, draws: Draws, slot: number, owner: number, by: number): boolean {
  const theirs = costOf(draws, slot, owner, pool.weight[owner]!)
  const mine = costOf(draws, slot, by, pool.weight[by]!)
  return mine < theirs || (mine === theirs && by < owner)
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const of = subject(asked, memory)
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const score = costOf(memory.draws, of, replica, pool.weight[replica]!)
    return { replica, score, note: `draws ${score.toFixed(4)} for this key, least wins` }
  })
}

export const rendezvous: Strategy<Memory> = {
  name: 'rendezvous',
  title: 'Rendezvous hash',
  summary:
    'Each replica draws a score for the key, the best has it: even by weight, and only the keys of a lost one move.',
  source: 'Thaler & Ravishankar 1998; Schindelhauer & Schomaker 2005 (weights); GitHub GLB (table)',
  params: {
    on: ON,
    slots: {
      kind: 'integer',
      title: 'Slots',
      summary:
        'Size of the table for pools of more than 64 replicas; smaller pools are scored for every key.',
      default: 65_536,
      min: 1024,
      max: 1_048_576,
    },
  },
  remember,
  pick,
  changed(_pool, memory, replica) {
    if (memory.owners.length > 0 && memory.came.length <= MANY) memory.came.push(replica)
  },
  explain,
}
