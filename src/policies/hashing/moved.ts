/** What share of the keys moved when a pool changed. */

import { stream } from '../../base/stream.ts'
import type { Asked, Pool, Strategy } from '../balancing/strategy.ts'

/** Spreads keys over the addresses (the fraction of the golden ratio, in 32 bits). */
const SPREAD = 2_654_435_769

export interface Moved {
  /** Share of the keys that have another replica, 0 to 1. */
  readonly moved: number
  /** The part of it that need not have: neither did the key's replica go, nor did it move to one that came. */
  readonly needlessly: number
}

/** The replica that a balancer would pick now for each key from 0 on, asked for from an address of its own. */
export function placesOf<M>(strategy: Strategy<M>, pool: Pool, memory: M, keys: number): Int32Array {
  const random = stream(1, 'keys-moved')
  const asked: Asked = { key: 0, text: undefined, address: 0 }
  return Int32Array.from({ length: keys }, (_, key) => {
    asked.key = key
    asked.address = (key * SPREAD) % 2 ** 32
    return strategy.pick(pool, asked, memory, random)
  })
}

/** Compares where the same keys were and are (a replica for each key). */
export function sharesMoved(before: ArrayLike<number>, after: ArrayLike<number>): Moved {
  const old = new Set(Array.from(before))
  const now = new Set(Array.from(after))
  let moved = 0
  let needless = 0
  for (let key = 0; key < before.length; key++) {
    if (before[key] === after[key]) continue
    moved++
    if (now.has(before[key]!) && old.has(after[key]!)) needless++
  }
  return { moved: moved / before.length, needlessly: needless / before.length }
}
