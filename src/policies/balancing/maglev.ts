/**
 * Maglev: a table of a prime number of places, in which the ready replicas take places in turn, each in an
 * order of its own; a key's hash modulo the size is its place. All replicas of equal weight have the same
 * number of places, give or take one. When a replica goes, the table is filled anew: besides its own keys
 * a few others move.
 *
 * Source: Eisenbud et al., "Maglev", NSDI 2016, 3.4; order, hashes and weights as in Envoy's maglev_lb.cc
 * (commit 104df3d).
 */

import { hashAsked } from '../hashing/asked-hash.ts'
import { utf8 } from '../hashing/bytes.ts'
import { ON } from '../hashing/hashed-on.ts'
import { fresh, type Kept, outdated, percent, scored } from '../hashing/kept.ts'
import { primeFrom } from '../hashing/primes.ts'
import { remainder } from '../hashing/words64.ts'
import { xxHash64 } from '../hashing/xxhash64.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Table {
  /** The replica at each place; all NONE when none is ready. */
  readonly places: Int32Array
}

interface Memory extends Kept<Table> {
  readonly byAddress: boolean
  readonly tableSize: number
}

const out = new Uint32Array(2)

/** In the order of names, so that the order of declaration does not matter. */
function make({ names, weight, ready, readyCount }: Pool, { tableSize }: { tableSize: number }): Table {
  const places = new Int32Array(tableSize).fill(NONE)
  const order = [...ready.subarray(0, readyCount)].sort((a, b) => byName(names[a]!, names[b]!) || a - b)
  const next = new Float64Array(readyCount)
  const skip = new Float64Array(readyCount)
  order.forEach((replica, i) => {
    xxHash64(utf8(names[replica]!), 0, out)
    next[i] = remainder(out, tableSize)
    xxHash64(utf8(names[replica]!), 1, out)
    skip[i] = remainder(out, tableSize - 1) + 1
  })
  const heaviest = order.reduce((most, replica) => Math.max(most, weight[replica]!), 0)
  const target = new Float64Array(readyCount)
  let filled = 0
  for (let turn = 1; filled < tableSize && readyCount > 0; turn++) {
    for (let i = 0; i < readyCount && filled < tableSize; i++) {
      const replica = order[i]!
      if (turn * weight[replica]! < target[i]!) continue
      target[i]! += heaviest
      let place = next[i]!
      while (places[place] !== NONE) place = (place + skip[i]!) % tableSize
      places[place] = replica
      next[i] = (place + skip[i]!) % tableSize
      filled++
    }
  }
  return Object.freeze({ places })
}

function byName(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function remember(params: Params, pool: Pool): Memory {
  const tableSize = primeFrom(params.tableSize as number)
  return { byAddress: params.on === 'address', tableSize, table: make(pool, { tableSize }), isStale: false }
}

function pick(pool: Pool, asked: Asked, memory: Memory): number {
  const { places } = fresh(pool, memory, make)
  hashAsked(asked, memory.byAddress, out)
  return places[remainder(out, places.length)]!
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const trial = { ...memory }
  const picked = pick(pool, asked, trial)
  const { places } = trial.table
  const counts = new Float64Array(pool.size)
  for (const replica of places) if (replica !== NONE) counts[replica]!++
  return scored(
    pool,
    picked,
    (i) => `${counts[i]} of ${places.length} places (${percent(counts[i]! / places.length)})`,
  )
}

export const maglev: Strategy<Memory> = {
  name: 'maglev',
  title: 'Maglev',
  summary:
    'Consistent hash with a table that is even to one place; a few more keys move than on a ring when a replica goes.',
  source: 'Eisenbud et al., Maglev, NSDI 2016; Envoy, maglev_lb.cc (104df3d)',
  params: {
    on: ON,
    tableSize: {
      kind: 'integer',
      title: 'Table size',
      summary:
        'Places in the table; the next prime is taken. A hundred times the number of replicas is plenty.',
      default: 65_537,
      min: 2,
      max: 5_000_011,
    },
  },
  isKeyed: true,
  remember,
  pick,
  changed: outdated,
  explain,
}
