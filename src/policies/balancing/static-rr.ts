/**
 * Round robin over a fixed list in which each replica stands as often as its weight says; the list is made
 * anew when a replica comes or goes, and the walk goes on from the same place. Full replicas are passed over.
 *
 * Source: HAProxy 2.6.12, lb_map.c (`balance static-rr`).
 */

import type { Params } from '../policy.ts'
import { mapOf } from './haproxy-map.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Memory {
  map: Int32Array
  /** The pool has changed since the map was made. */
  isStale: boolean
  /** The place of the next turn. */
  place: number
}

function remember(_params: Params, pool: Pool): Memory {
  return { map: mapOf(pool), isStale: false, place: 0 }
}

function pick(pool: Pool, _asked: unknown, memory: Memory): number {
  if (memory.isStale) {
    memory.map = mapOf(pool)
    memory.isStale = false
  }
  const { map } = memory
  if (memory.place >= map.length) memory.place = 0
  for (let steps = 0; steps < map.length; steps++) {
    const place = (memory.place + steps) % map.length
    const replica = map[place]!
    if (pool.isFull[replica] === 1) continue
    memory.place = place + 1
    return replica
  }
  return NONE
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  const map = memory.isStale ? mapOf(pool) : memory.map
  const turns = new Float64Array(pool.size)
  const start = memory.place >= map.length ? 0 : memory.place
  for (let ahead = map.length - 1; ahead >= 0; ahead--) turns[map[(start + ahead) % map.length]!] = ahead
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    if (pool.isFull[replica] === 1) return { replica, score: map.length, note: 'full' }
    const ahead = turns[replica]!
    return { replica, score: ahead, note: ahead === 0 ? 'its turn is next' : `its turn is ${ahead} later` }
  })
}

export const staticRr: Strategy<Memory> = {
  name: 'static-rr',
  title: 'Static round robin',
  summary:
    'Each replica in turn from a fixed list by weight: as even as round robin, but weights cannot change smoothly.',
  source: 'HAProxy 2.6.12, balance static-rr (lb_map.c)',
  params: {},
  whenFull: 'see',
  remember,
  pick,
  changed: (_pool, memory) => {
    memory.isStale = true
  },
  explain,
}
