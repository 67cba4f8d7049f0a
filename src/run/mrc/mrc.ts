/** The miss-ratio curve of a tier's caches: by policy and capacity, by requests and by bytes. */

import type { Eviction } from '../../policies/eviction/eviction.ts'
import { evictions } from '../../policies/eviction/index.ts'
import type { Chosen, Params } from '../../policies/policy.ts'
import { lruMisses, type Misses, noMisses, optimalMisses, policyMisses, type Steps } from './curves.ts'
import { approximateMisses, type Popularity } from './theory.ts'
import { type NodeTraffic, objectsOf } from './traffic.ts'

/** Miss ratios, each by capacity. */
export interface Curve {
  readonly policy: string
  readonly missRatio: readonly number[]
  /** Bytes missed of bytes asked for; null where nothing has a size. */
  readonly byteMissRatio: readonly (number | null)[]
}

export interface MissRatios {
  /** What each cache can hold. */
  readonly capacities: readonly number[]
  readonly unit: 'objects' | 'bytes'
  /** Requests that count, and those before them that only warm the caches. */
  readonly requests: number
  readonly warmUpRequests: number
  /** Different objects that were asked for, and what they take, summed over all caches. */
  readonly objects: number
  readonly bytes: number
  readonly caches: number
  /** Requests for what was never asked for before: no cache can hit them. */
  readonly firstRequestRatio: number
  readonly curves: readonly Curve[]
  /** Belady's optimum of the whole sequence; with sizes a good policy, but no bound. */
  readonly optimum: Curve
  /** By Che's approximation; absent where requests are not independent, or who asks which cache is not chance. */
  readonly theory?: readonly Curve[]
}

export interface Wanted {
  readonly policies: readonly Chosen[]
  readonly capacities: readonly number[]
  readonly unit: 'objects' | 'bytes'
  readonly seed: number | string
  /** undefined: there is no theory for this traffic. */
  readonly popularity: Popularity | undefined
}

const POLICIES_OF_THEORY = ['lru', 'fifo', 'random']

/** Works out all curves; yields the share that is done, 0 to 1, every few milliseconds. */
export function* missRatios(traffic: readonly NodeTraffic[], wanted: Wanted): Steps<MissRatios> {
  const { capacities, unit, policies } = wanted
  const all = traffic.reduce((sum, { requests }) => sum + requests, 0)
  const work = all * capacities.length * (policies.length + 1)
  let done = 0
  function* through(steps: Steps<void>, parts = 1): Steps<void> {
    for (const requests of steps) {
      done += requests * parts
      yield work > 0 ? Math.min(1, done / work) : 1
    }
  }
  const totals = { requests: 0, bytes: 0, first: 0 }
  for (const one of traffic) count(one, totals)
  const curveOf = (policy: string, { requests, bytes }: Misses): Curve => ({
    policy,
    missRatio: Array.from(requests, (n) => (totals.requests > 0 ? n / totals.requests : 0)),
    byteMissRatio: Array.from(bytes, (n) => (totals.bytes > 0 ? n / totals.bytes : null)),
  })

  const curves: Curve[] = []
  for (const { policy, params } of policies) {
    const misses = noMisses(capacities)
    for (const one of traffic) yield* through(ofPolicy(one, policy, params, wanted, misses))
    curves.push(curveOf(policy, misses))
  }
  const best = noMisses(capacities)
  for (const one of traffic) {
    for (const [place, capacity] of capacities.entries()) {
      yield* through(optimalMisses(one, capacity, unit === 'bytes', best, place))
    }
  }
  const { popularity } = wanted
  return {
    capacities,
    unit,
    requests: totals.requests,
    warmUpRequests: all - totals.requests,
    objects: traffic.reduce((sum, one) => sum + objectsOf(one), 0),
    bytes: traffic.reduce((sum, one) => sum + one.sizes.reduce((bytes, size) => bytes + size, 0), 0),
    caches: traffic.length,
    firstRequestRatio: totals.requests > 0 ? totals.first / totals.requests : 0,
    curves,
    optimum: curveOf('optimum', best),
    ...(popularity && unit === 'objects' ? { theory: theoryOf(curves, popularity, capacities) } : {}),
  }

  function* ofPolicy(
    one: NodeTraffic,
    policy: string,
    params: Params,
    { seed }: Wanted,
    into: Misses,
  ): Steps<void> {
    const hasSizes = unit === 'bytes'
    const eviction = evictions.get(policy) as Eviction
    const largest = hasSizes ? one.sizes.reduce((most, size) => Math.max(most, size), 0) : 1
    const isOnePass = policy === 'lru' && Number(params.interval) === 0
    const places = capacities.map((_, place) => place)
    const inOne = isOnePass ? places.filter((place) => capacities[place]! >= largest) : []
    if (inOne.length > 0) {
      const part = noMisses(inOne.map((place) => capacities[place]!))
      yield* scaled(
        lruMisses(
          one,
          inOne.map((place) => capacities[place]!),
          hasSizes,
          part,
        ),
        inOne.length,
      )
      for (const [i, place] of inOne.entries()) {
        into.requests[place]! += part.requests[i]!
        into.bytes[place]! += part.bytes[i]!
      }
    }
    for (const place of places.filter((each) => !inOne.includes(each))) {
      const how = { eviction, params, seed: String(seed) }
      yield* policyMisses(one, how, capacities[place]!, hasSizes, into, place)
    }
  }
}

function* scaled(steps: Steps<void>, times: number): Steps<void> {
  for (const requests of steps) yield requests * times
}

function count(
  { objects, sizes, requests, measured, keys }: NodeTraffic,
  into: { requests: number; bytes: number; first: number },
): void {
  const seen = new Uint8Array(keys.length)
  for (let i = 0; i < requests; i++) {
    const object = objects[i]!
    if (i >= measured) {
      into.requests++
      into.bytes += sizes[object]!
      if (seen[object] === 0) into.first++
    }
    seen[object] = 1
  }
}

function theoryOf(curves: readonly Curve[], popularity: Popularity, capacities: readonly number[]): Curve[] {
  return curves
    .filter(({ policy }) => POLICIES_OF_THEORY.includes(policy))
    .map(({ policy }) => ({
      policy,
      missRatio: capacities.map((capacity) => approximateMisses(popularity, capacity, policy === 'lru')),
      byteMissRatio: capacities.map(() => null),
    }))
}
