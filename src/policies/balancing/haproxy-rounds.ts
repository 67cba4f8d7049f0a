/**
 * The queues of HAProxy's round robin: who has not yet been served in this round (`fresh`, heavy ones
 * first), who will be served again in it (`CURRENT`, by position), and whose next turn is in the next round;
 * at the end of a round the first and the last change places.
 *
 * Source: HAProxy 2.6.12, lb_fwrr.c: its init, curr and next trees.
 */

import { dequeue, EMPTY, enqueue, type Heaps, heaps } from '../../base/heaps.ts'
import { LARGEST } from './haproxy-weight.ts'

const NOWHERE = 0
export const CURRENT = 3

export interface Rounds {
  readonly heaps: Heaps
  /** The first of each queue: 1 and 2 are the fresh and the next in turn, see `fresh`; 3 the current. */
  readonly first: Int32Array
  /** Which queue each replica is in; `NOWHERE` when it is not ready. */
  readonly queue: Uint8Array
  /** Which queue is the fresh one: 1 or 2. */
  fresh: number
  /** Counts what is queued: equal keys are served in this order. */
  queued: number
  position: number
  /** Sum of the weights in this round and, changes included, in the next. */
  currentWeight: number
  nextWeight: number
  /** Of each replica: weight in sixteenths (0: not ready), next and last position, what division left over. */
  readonly share: Float64Array
  readonly turn: Float64Array
  readonly last: Float64Array
  readonly rest: Float64Array
}

/** Empty queues for so many replicas. */
export function rounds(size: number): Rounds {
  return {
    heaps: heaps(size),
    first: new Int32Array(4).fill(EMPTY),
    queue: new Uint8Array(size),
    fresh: 1,
    queued: 0,
    position: 0,
    currentWeight: 0,
    nextWeight: 0,
    share: new Float64Array(size),
    turn: new Float64Array(size),
    last: new Float64Array(size),
    rest: new Float64Array(size),
  }
}

/** Whose turn it is: who is due, else a fresh one, else who is due next. */
export function foremost(at: Rounds): number {
  const due = at.first[CURRENT]!
  if (due !== EMPTY && at.turn[due]! <= at.position) return due
  const fresh = at.first[at.fresh]!
  return fresh !== EMPTY ? fresh : due
}

/** Queues a replica by its position: in this round, or in the next if it does not fit any more. */
export function place(at: Rounds, i: number): void {
  const { turn, rest, share, currentWeight, nextWeight } = at
  if (turn[i]! >= 2 * currentWeight || turn[i]! >= currentWeight + nextWeight) {
    turn[i]! -= currentWeight
    insert(at, i, 3 - at.fresh, LARGEST - share[i]!)
  } else {
    insert(at, i, CURRENT, 256 * turn[i]! + Math.floor((LARGEST + rest[i]! - share[i]!) / 16))
  }
}

/** Puts a replica into a queue, behind all of the same key. */
export function insert(at: Rounds, i: number, queue: number, key: number): void {
  at.heaps.key[i] = key
  at.heaps.tie[i] = at.queued++
  at.queue[i] = queue
  at.first[queue] = enqueue(at.heaps, at.first[queue]!, i)
}

/** Takes a replica out of its queue. */
export function remove(at: Rounds, i: number): void {
  const queue = at.queue[i]!
  at.first[queue] = dequeue(at.heaps, at.first[queue]!, i)
  at.queue[i] = NOWHERE
}
