/**
 * Miss ratios of eviction policies over capacity, for given traffic: the product's own policies, asked for the
 * same objects in the same order. An object comes in at once when it is missed and leaves only for another:
 * ttls, fetch times and purges are left out. LRU's curve is read off in one pass over the traffic.
 *
 * Every part is a generator that yields after a slice of work, so that whoever drives it can stop.
 */

import { NO_ROW } from '../../base/keyed-rows.ts'
import { stream } from '../../base/stream.ts'
import { belady } from '../../policies/eviction/belady.ts'
import { ask, cache, put } from '../../policies/eviction/cache.ts'
import type { Eviction } from '../../policies/eviction/eviction.ts'
import { nextDistance, stackDistances } from '../../policies/eviction/stack-distances.ts'
import type { Params } from '../../policies/policy.ts'
import { type NodeTraffic, objectsOf } from './traffic.ts'

/** Misses and the bytes of them, by capacity. */
export interface Misses {
  readonly requests: Float64Array
  readonly bytes: Float64Array
}

/** Work is done in slices of so many requests. */
const SLICE = 200_000

export type Steps<T> = Generator<number, T, void>

/** What objects take, in the unit of the capacities. */
const takes = ({ sizes }: NodeTraffic, object: number, hasSizes: boolean): number =>
  hasSizes ? sizes[object]! : 1

export function noMisses(capacities: readonly number[]): Misses {
  return { requests: new Float64Array(capacities.length), bytes: new Float64Array(capacities.length) }
}

/** True LRU at all capacities in one pass. Yields the number of requests done since. */
export function* lruMisses(
  traffic: NodeTraffic,
  capacities: readonly number[],
  hasSizes: boolean,
  into: Misses,
): Steps<void> {
  const { objects, sizes, requests, measured } = traffic
  const distances = stackDistances(requests, objectsOf(traffic))
  // Misses at the i-th capacity in ascending order are those that fit into none of the first i.
  const ascending = capacities.map((_, i) => i).sort((a, b) => capacities[a]! - capacities[b]!)
  const sorted = ascending.map((i) => capacities[i]!)
  const missed = noMisses([...sorted, Infinity])
  for (let i = 0; i < requests; i++) {
    const object = objects[i]!
    const distance = nextDistance(distances, object, takes(traffic, object, hasSizes))
    if (i >= measured) {
      const fits = firstAtLeast(sorted, distance)
      missed.requests[fits]!++
      missed.bytes[fits]! += sizes[object]!
    }
    if (i % SLICE === SLICE - 1) yield SLICE
  }
  let n = 0
  let bytes = 0
  for (let place = sorted.length - 1; place >= 0; place--) {
    n += missed.requests[place + 1]!
    bytes += missed.bytes[place + 1]!
    into.requests[ascending[place]!]! += n
    into.bytes[ascending[place]!]! += bytes
  }
  yield requests % SLICE
}

/** One policy at one capacity. Yields the number of requests done since. */
export function* policyMisses(
  traffic: NodeTraffic,
  { eviction, params, seed }: { readonly eviction: Eviction; readonly params: Params; readonly seed: string },
  capacity: number,
  hasSizes: boolean,
  into: Misses,
  place: number,
): Steps<void> {
  const { objects, keys, sizes, at, requests, measured } = traffic
  const one = cache(eviction, params, capacity, hasSizes)
  const random = stream(seed, `mrc/${eviction.name}`)
  for (let i = 0; i < requests; i++) {
    const object = objects[i]!
    const key = keys[object]!
    if (ask(eviction, one, key, at[i]!) === NO_ROW) {
      put(eviction, one, key, sizes[object]!, at[i]!, random)
      if (i >= measured) {
        into.requests[place]!++
        into.bytes[place]! += sizes[object]!
      }
    }
    if (i % SLICE === SLICE - 1) yield SLICE
  }
  yield requests % SLICE
}

/** Belady's optimum at one capacity, which may serve an object without keeping it. */
export function* optimalMisses(
  traffic: NodeTraffic,
  capacity: number,
  hasSizes: boolean,
  into: Misses,
  place: number,
): Steps<void> {
  const { sizes, requests, measured } = traffic
  const keys = traffic.objects.subarray(0, requests)
  const all = hasSizes ? { keys, sizes: Float64Array.from(keys, (object) => sizes[object]!) } : { keys }
  const hits = belady(all, capacity, true)
  for (let i = measured; i < requests; i++) {
    if (hits[i] === 1) continue
    into.requests[place]!++
    into.bytes[place]! += sizes[keys[i]!]!
  }
  yield requests
}

/** The place of the first that is not below; their number when all are. */
function firstAtLeast(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! >= value) high = middle
    else low = middle + 1
  }
  return low
}
