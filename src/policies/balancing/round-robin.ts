/**
 * Smooth weighted round robin, as nginx does it: in each turn every ready replica gains its weight, the one
 * with the most wins (the first of equals) and pays the sum of all weights.
 *
 * nginx adds to every replica in every turn. Here a replica's current weight is kept as offset + weight x
 * turns, and replicas of equal weight stand in a list in order of their offsets, so that a pick costs one
 * comparison for each distinct weight, however many replicas there are. A replica that is not ready keeps
 * the current weight it had, as in nginx.
 *
 * Source: nginx 1.22.1, ngx_http_upstream_round_robin; the picks are equal, the bookkeeping is not.
 */

import type { Params } from '../policy.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const NIL = -1

interface Memory {
  turns: number
  /** Sum of the ready replicas' weights. */
  total: number
  /** Current weight is offset + weight x turns while listed, else offset alone. */
  readonly offset: Float64Array
  readonly listed: Uint8Array
  /** Distinct weights, and which one each replica has; the lists of each, by offset falling, number rising. */
  weights: number[]
  readonly kind: Int32Array
  heads: number[]
  tails: number[]
  readonly next: Int32Array
  readonly previous: Int32Array
}

function remember(_params: Params, pool: Pool): Memory {
  const memory: Memory = {
    turns: 0,
    total: 0,
    offset: new Float64Array(pool.size),
    listed: new Uint8Array(pool.size),
    weights: [],
    kind: new Int32Array(pool.size),
    heads: [],
    tails: [],
    next: new Int32Array(pool.size).fill(NIL),
    previous: new Int32Array(pool.size).fill(NIL),
  }
  for (let i = 0; i < pool.size; i++) if (pool.isReady[i] === 1) enlist(pool, memory, i)
  return memory
}

function pick(_pool: Pool, _asked: unknown, memory: Memory): number {
  const { weights, heads, offset } = memory
  const turns = ++memory.turns
  let best = NONE
  let most = -Infinity
  for (let k = 0; k < weights.length; k++) {
    const first = heads[k]!
    if (first === NIL) continue
    const current = offset[first]! + weights[k]! * turns
    if (current > most || (current === most && first < best)) {
      most = current
      best = first
    }
  }
  if (best === NONE) return NONE
  offset[best]! -= memory.total
  unlink(memory, best)
  insert(memory, best)
  return best
}

function changed(pool: Pool, memory: Memory, i: number): void {
  if (memory.listed[i] === 1) {
    const weight = memory.weights[memory.kind[i]!]!
    unlink(memory, i)
    memory.listed[i] = 0
    memory.offset[i]! += weight * memory.turns
    memory.total -= weight
  }
  if (pool.isReady[i] === 1) enlist(pool, memory, i)
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const weight = memory.weights[memory.kind[replica]!]!
    const current = memory.offset[replica]! + weight * (memory.turns + 1)
    return { replica, score: -current, note: `current weight ${current}, most wins` }
  })
}

function enlist(pool: Pool, memory: Memory, i: number): void {
  const weight = pool.weight[i]!
  let kind = memory.weights.indexOf(weight)
  if (kind < 0) {
    kind = memory.weights.push(weight) - 1
    memory.heads.push(NIL)
    memory.tails.push(NIL)
  }
  memory.kind[i] = kind
  memory.listed[i] = 1
  memory.offset[i]! -= weight * memory.turns
  memory.total += weight
  insert(memory, i)
}

/** From the back: who has just been picked is nearly always last. */
function insert(memory: Memory, i: number): void {
  const { offset, next, previous, heads, tails } = memory
  const kind = memory.kind[i]!
  const mine = offset[i]!
  let before = tails[kind]!
  while (before !== NIL && (offset[before]! < mine || (offset[before] === mine && before > i))) {
    before = previous[before]!
  }
  const after = before === NIL ? heads[kind]! : next[before]!
  previous[i] = before
  next[i] = after
  if (before === NIL) heads[kind] = i
  else next[before] = i
  if (after === NIL) tails[kind] = i
  else previous[after] = i
}

function unlink(memory: Memory, i: number): void {
  const { next, previous, heads, tails } = memory
  const kind = memory.kind[i]!
  const after = next[i]!
  const before = previous[i]!
  if (before === NIL) heads[kind] = after
  else next[before] = after
  if (after === NIL) tails[kind] = before
  else previous[after] = before
}

export const roundRobin: Strategy<Memory> = {
  name: 'round-robin',
  title: 'Round robin',
  summary:
    'Each replica in turn; with weights, smoothly: a replica of weight 5 gets five turns in seven, spread out.',
  source: 'nginx 1.22.1, smooth weighted round robin',
  params: {},
  remember,
  pick,
  changed,
  explain,
}
