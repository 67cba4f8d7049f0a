/**
 * Varnish's round robin: the next ready replica after the one that was picked last. Weights are ignored.
 *
 * Source: Varnish 7.1.1, vmod_directors round_robin.
 */

import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Memory {
  /** The last pick; NONE before the first. */
  last: number
}

function remember(): Memory {
  return { last: NONE }
}

function pick(pool: Pool, _asked: unknown, memory: Memory): number {
  if (pool.readyCount === 0) return NONE
  memory.last = readyFrom(pool, memory.last + 1)
  return memory.last
}

/** The first ready replica from a number on, round the end: ready replicas stand in ascending order. */
export function readyFrom({ ready, readyCount }: Pool, from: number): number {
  let low = 0
  let high = readyCount
  while (low < high) {
    const middle = (low + high) >> 1
    if (ready[middle]! < from) low = middle + 1
    else high = middle
  }
  return ready[low === readyCount ? 0 : low]!
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const score = (replica - memory.last - 1 + pool.size) % pool.size
    return { replica, score, note: `${score + 1} after the last pick; the nearest is next` }
  })
}

export const varnishRoundRobin: Strategy<Memory> = {
  name: 'varnish-round-robin',
  title: "Varnish's round robin",
  summary: 'Each ready replica in turn, whatever its weight; one that is not ready is passed over.',
  source: 'Varnish 7.1.1, directors.round_robin',
  params: {},
  remember,
  pick,
  explain,
}
