/**
 * Consistent hashing with bounded loads: no replica gets more than `factor` percent of its fair share of the
 * requests in flight; a key whose replica is full goes on round the ring to the next that is not.
 *
 * `haproxy` is its ring and key hash, with `hash-balance-factor`. `paper` has `points` a unit of weight,
 * placed by name, and the first point at or after the hash; places are shared out the same way, as the paper
 * leaves open who gets those that do not divide.
 *
 * Source: Mirrokni, Thorup & Zadimoghaddam 2018; HAProxy 2.6.12, lb_chash.c.
 */

import { hashAsked } from '../hashing/asked-hash.ts'
import { HAPROXY_CONSISTENT_KEY, haproxyHash, type KeyHash } from '../hashing/haproxy-key.ts'
import { nearestTo, nodes } from '../hashing/haproxy-ring.ts'
import { ON } from '../hashing/hashed-on.ts'
import { fresh, type Kept } from '../hashing/kept.ts'
import { type Sharing, sharingOf, slotsOf } from '../hashing/load-bounds.ts'
import { atOrAfter } from '../hashing/ring.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Memory extends Kept<Sharing>, KeyHash {
  /** Points a unit of weight; 0: HAProxy's ring. */
  readonly points: number
  readonly factor: number
  /** Requests in flight at all replicas, and at each as last seen. */
  served: number
  readonly seen: Int32Array
  /** The point that the last request without a key went to. */
  last: number
}

function remember(params: Params, pool: Pool): Memory {
  const points = params.rule === 'haproxy' ? 0 : (params.points as number)
  return {
    byAddress: params.on === 'address',
    function: params.function as string,
    avalanche: params.avalanche as boolean,
    points,
    factor: params.factor as number,
    served: pool.inFlight.reduce((sum, count) => sum + count, 0),
    seen: pool.inFlight.slice(),
    last: NONE,
    table: sharingOf(pool, { points }),
    isStale: false,
  }
}

const out = new Uint32Array(2)

function counted(pool: Pool, memory: Memory, replica: number): void {
  memory.served += pool.inFlight[replica]! - memory.seen[replica]!
  memory.seen[replica] = pool.inFlight[replica]!
}

/** Where the walk along the ring begins. */
function startOf(asked: Asked, { ring }: Sharing, memory: Memory): number {
  const count = ring.points.length
  if (memory.points === 0) {
    const hash = haproxyHash(asked, memory)
    if (hash !== undefined) return nearestTo(ring, hash)
    memory.last = (memory.last + 1) % count
    return memory.last
  }
  hashAsked(asked, memory.byAddress, out)
  return atOrAfter(ring.points, out[0]!) % count
}

function pick(pool: Pool, asked: Asked, memory: Memory): number {
  const table = fresh(pool, memory, sharingOf)
  const { owners } = table.ring
  if (owners.length === 0) return NONE
  const allowed = Math.floor(((memory.served + 1) * memory.factor + 99) / 100)
  let place = startOf(asked, table, memory)
  for (let steps = 0; steps < owners.length; steps++) {
    const replica = owners[place]!
    if (pool.inFlight[replica]! < slotsOf(table, replica, allowed)) return replica
    if (++place === owners.length) place = 0
  }
  return owners[place]!
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const trial = { ...memory }
  const table = fresh(pool, trial, sharingOf)
  const { owners } = table.ring
  if (owners.length === 0) return []
  const first = owners[startOf(asked, table, { ...trial })]
  const picked = pick(pool, asked, trial)
  const allowed = Math.floor(((memory.served + 1) * memory.factor + 99) / 100)
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const load = `${pool.inFlight[replica]} in flight of ${slotsOf(table, replica, allowed)} allowed`
    const note = replica === first ? `first for this key; ${load}` : load
    return { replica, score: replica === picked ? 0 : 1, note }
  })
}

export const boundedLoad: Strategy<Memory> = {
  name: 'bounded-load',
  title: 'Bounded load',
  summary:
    'Consistent hash with a limit: a replica with more than its share in flight lets further keys go to the next.',
  source: 'Mirrokni et al., Consistent Hashing with Bounded Loads, 2018; HAProxy 2.6.12, hash-balance-factor',
  params: {
    on: ON,
    factor: {
      kind: 'integer',
      title: 'Balance factor',
      summary: 'How much of its fair share of the requests in flight a replica may have, in percent.',
      default: 150,
      min: 101,
      max: 65_535,
    },
    rule: {
      kind: 'choice',
      title: 'Ring of',
      summary: "HAProxy's ring of 16 points a unit of weight, or one with a number of points to choose.",
      choices: ['haproxy', 'paper'],
      default: 'haproxy',
    },
    points: {
      kind: 'integer',
      title: 'Points',
      summary: "Points a unit of weight on the paper's ring.",
      default: 100,
      min: 1,
      max: 10_000,
    },
    ...HAPROXY_CONSISTENT_KEY,
  },
  bearsOldCounts: true,
  whenFull: 'wait',
  isKeyed: true,
  remember,
  pick,
  changed(pool, memory, replica) {
    counted(pool, memory, replica)
    const weight = pool.isReady[replica] === 1 ? nodes(pool.weight[replica]!) : 0
    if (memory.table.weight[replica] !== weight) memory.isStale = true
  },
  sent: counted,
  replied: counted,
  explain,
}
