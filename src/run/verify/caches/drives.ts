/** Caches under independent requests, one request at a time: the product's own policies and caching rules. */

import { exponential } from '../../../base/exponential.ts'
import { NO_ROW } from '../../../base/keyed-rows.ts'
import { below, type Stream, stream, uniform } from '../../../base/stream.ts'
import { rendezvous } from '../../../policies/balancing/rendezvous.ts'
import type { Asked, Strategy } from '../../../policies/balancing/strategy.ts'
import {
  ANSWER,
  beginFetch,
  cacheNode,
  endFetch,
  fetchOf,
  store,
} from '../../../policies/caching/cache-node.ts'
import { lookUp } from '../../../policies/caching/look-up.ts'
import type { CachingSettings } from '../../../policies/caching/settings.ts'
import { isServed, MISS } from '../../../policies/caching/verdicts.ts'
import { ask, cache, put } from '../../../policies/eviction/cache.ts'
import type { Eviction } from '../../../policies/eviction/eviction.ts'
import { keySamplerOf } from '../../../policies/keys/index.ts'
import type { Params } from '../../../policies/policy.ts'
import { balancerOf, place } from '../hashing/balancer.ts'
import { UNIT } from '../units.ts'

/** Draws a key. */
export type Draw = (random: Stream) => number

/** One request; true when it is a hit. */
export type Drive = () => boolean

export function zipfDraw(keys: number, exponent: number): Draw {
  const sampler = keySamplerOf({ policy: 'zipf', params: { count: keys, exponent } })
  return (random) => sampler(random, 0)
}

/** Key i with the i-th of these shares, which sum to 1. */
export function shareDraw(shares: readonly number[]): Draw {
  return (random) => {
    let left = uniform(random)
    for (const [key, share] of shares.entries()) {
      left -= share
      if (left < 0) return key
    }
    return shares.length - 1
  }
}

export function defaultsOf({ params }: Eviction): Params {
  return Object.fromEntries(Object.entries(params).map(([name, { default: value }]) => [name, value]))
}

/** `nodes` caches of so many objects each, one of which is asked at random. */
export function policyDrive(
  eviction: Eviction,
  capacity: number,
  nodes: number,
  draw: Draw,
  seed: string,
): Drive {
  const params = defaultsOf(eviction)
  const caches = Array.from({ length: nodes }, () => cache(eviction, params, capacity))
  const keys = stream(seed, 'keys')
  const random = stream(seed, 'eviction')
  const routes = stream(seed, 'routes')
  return () => {
    const one = caches[nodes === 1 ? 0 : below(routes, nodes)]!
    const key = draw(keys)
    const isHit = ask(eviction, one, key, 0) !== NO_ROW
    if (!isHit) put(eviction, one, key, 1, 0, random)
    return isHit
  }
}

/** `nodes` caches that share a capacity; each key has its own one, by rendezvous hashing. */
export function shardedDrive(
  eviction: Eviction,
  { keys, draw, capacity, nodes }: Sharded,
  seed: string,
): Drive {
  const balancer = balancerOf(rendezvous as Strategy, nodes, seed)
  const asked: Asked = { key: 0, text: undefined, address: 0 }
  const owners = Int32Array.from({ length: keys }, (_, key) => place(balancer, { ...asked, key }))
  const params = defaultsOf(eviction)
  const caches = Array.from({ length: nodes }, () => cache(eviction, params, Math.floor(capacity / nodes)))
  const keysDrawn = stream(seed, 'keys')
  const random = stream(seed, 'eviction')
  return () => {
    const key = draw(keysDrawn)
    const one = caches[owners[key]!]!
    const isHit = ask(eviction, one, key, 0) !== NO_ROW
    if (!isHit) put(eviction, one, key, 1, 0, random)
    return isHit
  }
}

export interface Sharded {
  readonly keys: number
  readonly draw: Draw
  readonly capacity: number
  readonly nodes: number
}

/** The best that can be held for ever, keys being numbered by popularity. */
export function staticDrive(capacity: number, draw: Draw, seed: string): Drive {
  const keys = stream(seed, 'keys')
  return () => draw(keys) < capacity
}

/** Caches without an end to their room, whose objects live for a ttl; Poisson requests. */
export interface TtlDrive {
  readonly next: Drive
  /** ns. */
  now(): number
  /** When each object was stored, ns. */
  readonly stores: readonly number[]
}

export function ttlDrive(
  settings: CachingSettings,
  { rate, ttl, nodes }: { readonly rate: number; readonly ttl: number; readonly nodes: number },
  draw: Draw,
  seed: string,
): TtlDrive {
  const caches = Array.from({ length: nodes }, () => cacheNode(settings))
  const [keys, gaps, routes, random] = ['keys', 'gaps', 'routes', 'eviction'].map((of) => stream(seed, of))
  const stores: number[] = []
  let now = 0
  return {
    stores,
    now: () => now,
    next() {
      now += Math.round((exponential(gaps!) / rate) * UNIT)
      const one = caches[nodes === 1 ? 0 : below(routes!, nodes)]!
      const key = draw(keys!)
      if (isServed(lookUp(one, settings, key, now))) return true
      store(one, settings, key, 1, ANSWER, { ttl: ttl * UNIT, grace: 0 }, now, random!)
      stores.push(now)
      return false
    },
  }
}

/** One object that takes time to fetch, while others wait for it. @returns fetches, and ns passed, after n requests */
export function fetchDrive(
  settings: CachingSettings,
  { rate, ttl, fetchTime }: { readonly rate: number; readonly ttl: number; readonly fetchTime: number },
  n: number,
  seed: string,
): { readonly fetches: number; readonly passed: number } {
  const one = cacheNode(settings)
  const gaps = stream(seed, 'gaps')
  const random = stream(seed, 'eviction')
  let fetches = 0
  let now = 0
  let back = Infinity
  for (let i = 0; i < n; i++) {
    now += Math.round((exponential(gaps) / rate) * UNIT)
    if (back <= now) {
      endFetch(one, fetchOf(one, 0))
      store(one, settings, 0, 1, ANSWER, { ttl: ttl * UNIT, grace: 0 }, back, random)
      back = Infinity
    }
    if (lookUp(one, settings, 0, now) !== MISS) continue
    fetches++
    beginFetch(one, 0, 0, now)
    back = now + fetchTime * UNIT
  }
  return { fetches, passed: now }
}
