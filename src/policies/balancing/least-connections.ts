/**
 * Least connections: the replica with the fewest requests in flight for its weight; among equals, the one
 * that has had that many for longest.
 *
 * Replicas of equal weight stand in lists by their number in flight, so a pick is one comparison for each
 * distinct weight and a change of count moves one replica between two lists: nothing is scanned.
 */

import type { Params } from '../policy.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const NIL = -1

interface Memory {
  /** Distinct weights; for each the number of replicas listed and a count below which no list is filled. */
  weights: number[]
  listed: number[]
  least: number[]
  readonly kind: Int32Array
  /** In flight as listed; -1: not listed, because not ready. */
  readonly level: Int32Array
  readonly next: Int32Array
  readonly previous: Int32Array
  /** For each weight, the first and last replica by number in flight. */
  heads: Int32Array[]
  tails: Int32Array[]
}

function remember(_params: Params, pool: Pool): Memory {
  const memory: Memory = {
    weights: [],
    listed: [],
    least: [],
    kind: new Int32Array(pool.size),
    level: new Int32Array(pool.size).fill(NIL),
    next: new Int32Array(pool.size),
    previous: new Int32Array(pool.size),
    heads: [],
    tails: [],
  }
  for (let i = 0; i < pool.size; i++) changed(pool, memory, i)
  return memory
}

function pick(_pool: Pool, _asked: unknown, memory: Memory): number {
  const { weights, listed, least, heads } = memory
  let best = NONE
  let bestCount = 0
  let bestWeight = 1
  for (let k = 0; k < weights.length; k++) {
    if (listed[k] === 0) continue
    const lists = heads[k]!
    let count = least[k]!
    while (lists[count] === NIL) count++
    least[k] = count
    const weight = weights[k]!
    if (best === NONE || count * bestWeight < bestCount * weight) {
      best = lists[count]!
      bestCount = count
      bestWeight = weight
    }
  }
  return best
}

function changed(pool: Pool, memory: Memory, i: number): void {
  if (memory.level[i] !== NIL) {
    unlink(memory, i)
    memory.listed[memory.kind[i]!]!--
    memory.level[i] = NIL
  }
  if (pool.isReady[i] === 0) return
  let kind = memory.weights.indexOf(pool.weight[i]!)
  if (kind < 0) {
    kind = memory.weights.push(pool.weight[i]!) - 1
    memory.listed.push(0)
    memory.least.push(0)
    memory.heads.push(new Int32Array(16).fill(NIL))
    memory.tails.push(new Int32Array(16).fill(NIL))
  }
  memory.kind[i] = kind
  memory.listed[kind]!++
  append(memory, i, pool.inFlight[i]!)
}

function counted(pool: Pool, memory: Memory, i: number): void {
  if (memory.level[i] === NIL) return
  unlink(memory, i)
  append(memory, i, pool.inFlight[i]!)
}

function append(memory: Memory, i: number, count: number): void {
  const kind = memory.kind[i]!
  let tails = memory.tails[kind]!
  if (count >= tails.length) {
    memory.heads[kind] = widened(memory.heads[kind]!, count)
    tails = memory.tails[kind] = widened(tails, count)
  }
  const last = tails[count]!
  memory.level[i] = count
  memory.previous[i] = last
  memory.next[i] = NIL
  if (last === NIL) memory.heads[kind]![count] = i
  else memory.next[last] = i
  tails[count] = i
  if (count < memory.least[kind]!) memory.least[kind] = count
}

function unlink(memory: Memory, i: number): void {
  const kind = memory.kind[i]!
  const count = memory.level[i]!
  const after = memory.next[i]!
  const before = memory.previous[i]!
  if (before === NIL) memory.heads[kind]![count] = after
  else memory.next[before] = after
  if (after === NIL) memory.tails[kind]![count] = before
  else memory.previous[after] = before
}

function widened(lists: Int32Array, count: number): Int32Array {
  const wide = new Int32Array(2 * count + 2).fill(NIL)
  wide.set(lists)
  return wide
}

function explain(pool: Pool): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => ({
    replica,
    score: pool.inFlight[replica]! / pool.weight[replica]!,
    note: `${pool.inFlight[replica]} in flight, weight ${pool.weight[replica]}`,
  }))
}

export const leastConnections: Strategy<Memory> = {
  name: 'least-connections',
  title: 'Least connections',
  summary:
    'The replica with the fewest requests in flight for its weight. Adapts to slow replicas by itself.',
  source: 'The common rule of nginx least_conn and HAProxy leastconn; ties by longest standing',
  params: {},
  remember,
  pick,
  changed,
  sent: counted,
  replied: counted,
  explain,
}
