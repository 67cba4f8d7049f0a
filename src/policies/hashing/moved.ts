/** What share of the keys moved when a pool changed. */

import { stream } from '../../base/stream.ts'
import type { Asked, Pool, Strategy } from '../balancing/strategy.ts'
import type { Params } from '../policy.ts'

/** Spreads keys over the addresses (the fraction of the golden ratio, in 32 bits). */
const SPREAD = 2_654_435_769

export interface Moved {
  /** Share of the keys that have another replica, 0 to 1. */
  readonly moved: number
  /** The part of it that need not have: neither did the key's replica go, nor did it move to one that came. */
  readonly needlessly: number
}

/**
 * Sends the same keys, each from an address of its own, to idle replicas before and after a change of which are
 * ready or of their weights. Replicas have the same numbers in both pools, of which only readiness, weights and
 * names are looked at.
 * @returns undefined when it is not keys that decide
 */
export function keysMoved<M>(
  strategy: Strategy<M>,
  params: Params,
  before: Pool,
  after: Pool,
  keys = 10_000,
): Moved | undefined {
  if (!strategy.isKeyed) return undefined
  return sharesMoved(ownersIn(strategy, params, before, keys), ownersIn(strategy, params, after, keys))
}

/** The replica of each key from 0 on, as a new balancer with idle replicas places it. */
function ownersIn<M>(strategy: Strategy<M>, params: Params, of: Pool, keys: number): Int32Array {
  const pool: Pool = {
    ...of,
    inFlight: new Int32Array(of.size),
    isFull: new Uint8Array(of.size),
    inSystem: new Int32Array(of.size),
  }
  return placesOf(strategy, pool, strategy.remember(params, pool), keys)
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
