/** Runs one eviction policy over requests: what is asked for and not held comes in at once. */

import { NO_ROW } from '../../../src/base/keyed-rows.ts'
import { type Stream, stream } from '../../../src/base/stream.ts'
import { ask, type Cache, cache, put } from '../../../src/policies/eviction/cache.ts'
import type { Eviction } from '../../../src/policies/eviction/eviction.ts'
import type { Params, ParamValue } from '../../../src/policies/policy.ts'

export interface Driven {
  readonly eviction: Eviction
  readonly cache: Cache
  readonly random: Stream
  now: number
}

/** The parameters given, the others by default. */
export function paramsOf(eviction: Eviction, given: Params = {}): Params {
  const filled: Record<string, ParamValue> = {}
  for (const [name, { default: value }] of Object.entries(eviction.params)) {
    filled[name] = given[name] ?? value
  }
  return Object.freeze(filled)
}

export function drive(eviction: Eviction, capacity: number, given: Params = {}, hasSizes = false): Driven {
  const made = cache(eviction, paramsOf(eviction, given), capacity, hasSizes)
  return { eviction, cache: made, random: stream(1, eviction.name), now: 0 }
}

/** One request; an object that is not held comes in, if the policy lets it. Gives whether it was a hit. */
export function request(d: Driven, key: number, size = 1): boolean {
  if (ask(d.eviction, d.cache, key, d.now) !== NO_ROW) {
    d.cache.gone.count = 0
    return true
  }
  put(d.eviction, d.cache, key, size, d.now, d.random)
  return false
}

/** The keys that left for the last request, in order. */
export function gone({ cache }: Driven): number[] {
  return [...cache.gone.keys.subarray(0, cache.gone.count)]
}

/** The keys that are held, in order of their slots. */
export function held({ cache }: Driven): number[] {
  const { table } = cache.shelf
  const slots = [...table.places].filter((place) => place > 0).map((place) => place - 1)
  return slots.sort((a, b) => a - b).map((slot) => table.keys[slot]!)
}

/** How many requests of a trace miss. */
export function missesOf(eviction: Eviction, capacity: number, trace: readonly number[]): number {
  const d = drive(eviction, capacity)
  return trace.filter((key) => !request(d, key)).length
}
