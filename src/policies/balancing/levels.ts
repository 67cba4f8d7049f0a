/**
 * Replicas by weight and by number in flight: a queue for each pair, ordered by nginx's current weight; what
 * all of a queue gain together is kept once. Replicas from whose weight failures have taken gain each at their
 * own pace: they are few, and stand apart.
 */

import { dequeue, EMPTY, enqueue, type Heaps, heaps } from '../../base/heaps.ts'
import type { Pool } from './strategy.ts'

/** The level of a replica that is in no queue. */
export const UNLISTED = -1

export interface Levels {
  /** By queue: gain minus current weight, by number. */
  readonly heaps: Heaps
  /** Current weight of a replica that is in no queue. */
  readonly current: Float64Array
  readonly kind: Int32Array
  /** In flight as queued, or `UNLISTED`. */
  readonly level: Int32Array
  /** The queues of each distinct weight. */
  readonly kinds: Kind[]
  /** What failures have taken of each replica's weight, and the ready replicas that lack something. */
  readonly lacks: Float64Array
  weak: number[]
}

/** The queues of the replicas of one weight, by their number in flight. */
export interface Kind {
  readonly weight: number
  /** How many are queued, and a count below which no queue is filled. */
  listed: number
  least: number
  /** Of each queue: its first, how many it has, and what it has gained so far. */
  first: Int32Array
  size: Int32Array
  gained: Float64Array
}

/** No replica is queued yet. */
export function levels(size: number): Levels {
  return {
    heaps: heaps(size),
    current: new Float64Array(size),
    kind: new Int32Array(size),
    level: new Int32Array(size).fill(UNLISTED),
    kinds: [],
    lacks: new Float64Array(size),
    weak: [],
  }
}

/** Readiness or weight has changed. */
export function changed(pool: Pool, memory: Levels, i: number): void {
  const { kinds, lacks } = memory
  const weight = pool.weight[i]!
  if (memory.level[i] !== UNLISTED) leave(memory, i)
  else if (memory.weak.length > 0) memory.weak = memory.weak.filter((other) => other !== i)
  lacks[i] = Math.min(lacks[i]!, weight)
  if (pool.isReady[i] === 0) return
  if (lacks[i]! > 0) {
    memory.weak.push(i)
    return
  }
  let k = kinds.findIndex((kind) => kind.weight === weight)
  if (k < 0) k = kinds.push(kindOf(weight)) - 1
  memory.kind[i] = k
  join(memory, i, pool.inFlight[i]!)
}

/** Failures have taken so much of a replica's weight. */
export function weaken(pool: Pool, memory: Levels, i: number, weight: number): void {
  if (weight <= 0) return
  memory.lacks[i]! += weight
  changed(pool, memory, i)
}

/** What a weak replica gains in a step that it takes part in; one of its weight comes back. */
export function gainOfWeak(pool: Pool, { lacks, current }: Levels, i: number): number {
  const gain = pool.weight[i]! - lacks[i]!
  current[i]! += gain
  lacks[i] = Math.max(0, lacks[i]! - 1)
  return gain
}

/** Weak replicas that have all their weight again go back to the queues. */
export function restore(pool: Pool, memory: Levels): void {
  for (const i of memory.weak) if (memory.lacks[i] === 0) changed(pool, memory, i)
}

/** The number in flight has changed. */
export function counted(pool: Pool, memory: Levels, i: number): void {
  if (memory.level[i] === UNLISTED) return
  leave(memory, i)
  join(memory, i, pool.inFlight[i]!)
}

function join(memory: Levels, i: number, count: number): void {
  const kind = memory.kinds[memory.kind[i]!]!
  if (count >= kind.first.length) widen(kind, count)
  memory.level[i] = count
  memory.heaps.key[i] = kind.gained[count]! - memory.current[i]!
  memory.heaps.tie[i] = i
  kind.first[count] = enqueue(memory.heaps, kind.first[count]!, i)
  kind.size[count]!++
  kind.listed++
  if (count < kind.least) kind.least = count
}

function leave(memory: Levels, i: number): void {
  const kind = memory.kinds[memory.kind[i]!]!
  const count = memory.level[i]!
  memory.level[i] = UNLISTED
  memory.current[i] = kind.gained[count]! - memory.heaps.key[i]!
  kind.first[count] = dequeue(memory.heaps, kind.first[count]!, i)
  kind.size[count]!--
  kind.listed--
}

function kindOf(weight: number): Kind {
  const first = new Int32Array(16).fill(EMPTY)
  return { weight, listed: 0, least: 0, first, size: new Int32Array(16), gained: new Float64Array(16) }
}

function widen(kind: Kind, count: number): void {
  const length = 2 * count + 2
  const { first, size, gained } = kind
  kind.first = new Int32Array(length).fill(EMPTY)
  kind.first.set(first)
  kind.size = new Int32Array(length)
  kind.size.set(size)
  kind.gained = new Float64Array(length)
  kind.gained.set(gained)
}
