/**
 * Smooth weighted round robin, as nginx does it: in each turn every ready replica gains its weight, the one
 * with the most wins (the first of equals) and pays the sum of all gains. A failure takes part of a replica's
 * weight; it comes back by one in each turn in which the replica is ready.
 *
 * nginx adds to every replica in every turn. Here a replica's current weight is kept as offset + weight x
 * turns, and replicas of equal weight stand in a list in order of their offsets, so that a pick costs one
 * comparison for each distinct weight, however many replicas there are. A replica that is not ready keeps
 * the current weight it had, as in nginx. Those that lack some of their weight stand apart and are looked at
 * one by one: they are few, and not for long.
 *
 * Source: nginx 1.22.1, ngx_http_upstream_round_robin; the picks are equal, the bookkeeping is not.
 */

import type { Params } from '../policy.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const NIL = -1

interface Memory {
  turns: number
  /** Sum of the listed replicas' weights. */
  total: number
  /** Current weight is offset + weight x turns while listed, else offset alone. */
  readonly offset: Float64Array
  readonly listed: Uint8Array
  /** What failures have taken of each replica's weight, and the ready replicas that lack something. */
  readonly lacks: Float64Array
  weak: number[]
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
    lacks: new Float64Array(pool.size),
    weak: [],
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

function pick(pool: Pool, _asked: unknown, memory: Memory): number {
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
  if (memory.weak.length > 0) return pickAmongWeak(pool, memory, best, most)
  if (best === NONE) return NONE
  offset[best]! -= memory.total
  unlink(memory, best)
  insert(memory, best)
  return best
}

/** The rest of a pick while some replicas lack weight. @param best the best of the others, with `most` */
function pickAmongWeak(pool: Pool, memory: Memory, best: number, most: number): number {
  const { offset, lacks, listed } = memory
  let total = memory.total
  for (const i of memory.weak) {
    const gain = pool.weight[i]! - lacks[i]!
    const current = offset[i]! + gain
    offset[i] = current
    total += gain
    lacks[i] = Math.max(0, lacks[i]! - 1)
    if (current > most || (current === most && i < best)) {
      most = current
      best = i
    }
  }
  offset[best]! -= total
  if (listed[best] === 1) {
    unlink(memory, best)
    insert(memory, best)
  }
  const whole = memory.weak.filter((i) => lacks[i] === 0)
  if (whole.length > 0) memory.weak = memory.weak.filter((i) => lacks[i] !== 0)
  for (const i of whole) enlist(pool, memory, i)
  return best
}

function changed(pool: Pool, memory: Memory, i: number): void {
  if (memory.listed[i] === 1) delist(memory, i)
  else memory.weak = memory.weak.filter((other) => other !== i)
  memory.lacks[i] = Math.min(memory.lacks[i]!, pool.weight[i]!)
  if (pool.isReady[i] === 0) return
  if (memory.lacks[i]! > 0) memory.weak.push(i)
  else enlist(pool, memory, i)
}

function penalised(pool: Pool, memory: Memory, i: number, weight: number): void {
  if (weight <= 0) return
  memory.lacks[i] = Math.min(pool.weight[i]!, memory.lacks[i]! + weight)
  if (memory.listed[i] === 0) return
  delist(memory, i)
  memory.weak.push(i)
}

function delist(memory: Memory, i: number): void {
  const weight = memory.weights[memory.kind[i]!]!
  unlink(memory, i)
  memory.listed[i] = 0
  memory.offset[i]! += weight * memory.turns
  memory.total -= weight
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const weight = pool.weight[replica]! - memory.lacks[replica]!
    const turns = memory.listed[replica] === 1 ? memory.turns + 1 : 1
    const current = memory.offset[replica]! + weight * turns
    const note = `has gathered ${current}, gaining ${weight} a turn; the most goes next and pays for all`
    return { replica, score: -current, figure: current, note }
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
  penalised,
  explain,
}
