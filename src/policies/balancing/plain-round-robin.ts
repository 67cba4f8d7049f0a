/**
 * Round robin as it is written first: a pointer goes round the list, and where it meets a replica that is
 * not ready, the next ready one takes the request. Whoever stands behind a dead replica therefore gets its
 * share as well, twice as much as the others. Weights are ignored.
 *
 * Source: chproxy, issue 82; the same happens wherever a list is walked with a counter (`i++ % n`).
 */

import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Memory {
  /** The place in the list whose turn it is. */
  turn: number
}

function remember(): Memory {
  return { turn: 0 }
}

function pick(pool: Pool, _asked: unknown, memory: Memory): number {
  if (pool.readyCount === 0) return NONE
  const picked = nextReady(pool, memory.turn)
  memory.turn = memory.turn + 1 === pool.size ? 0 : memory.turn + 1
  return picked
}

/** The first ready replica from a place on, by halving: ready replicas stand in ascending order. */
function nextReady({ ready, readyCount }: Pool, from: number): number {
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
    const score = (replica - memory.turn + pool.size) % pool.size
    return { replica, score, note: score === 0 ? 'its turn' : `its turn comes ${score} later` }
  })
}

export const plainRoundRobin: Strategy<Memory> = {
  name: 'plain-round-robin',
  title: 'Plain round robin',
  summary:
    'A pointer goes round the list; the replica behind a dead one gets its share too. Simple, and uneven in trouble.',
  source: 'ContentSquare/chproxy, issue 82',
  params: {},
  remember,
  pick,
  explain,
}
