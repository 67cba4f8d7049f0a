/** Rows about caches: hit ratios of eviction policies and of ttl caches, topologies, and misses of fixed traces. */

import { NO_ROW } from '../../../base/keyed-rows.ts'
import { stream } from '../../../base/stream.ts'
import type { CachingSettings } from '../../../policies/caching/settings.ts'
import { belady } from '../../../policies/eviction/belady.ts'
import { ask, cache, put } from '../../../policies/eviction/cache.ts'
import type { Eviction } from '../../../policies/eviction/eviction.ts'
import { evictions } from '../../../policies/eviction/index.ts'
import { lru } from '../../../policies/eviction/lru.ts'
import type { Params } from '../../../policies/policy.ts'
import { computed, type Experiment, type Reader } from '../experiment.ts'
import { type Given, given } from '../given.ts'
import type { Row } from '../row.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { UNIT } from '../units.ts'
import {
  type Draw,
  defaultsOf,
  fetchDrive,
  policyDrive,
  shareDraw,
  staticDrive,
  ttlDrive,
  zipfDraw,
} from './drives.ts'
import { lanesExperiment } from './measured.ts'

const NAMES: Readonly<Record<string, string>> = { s3fifo: 's3-fifo', wtinylfu: 'w-tinylfu' }
/** SIEVE's hand goes round rarely, so it takes long to settle. */
const WARM_UP = 1_000_000
const MOST_OBJECTS = 1_000_000

const models = [
  /^(?:LRU|FIFO|RANDOM eviction|FIFO = RANDOM), exact$/,
  /^(?:LRU|FIFO\/RANDOM), Che/,
  /^perfect LFU/,
  / under Zipf/,
  / on a fixed trace$/,
  /^TTL cache/,
  /^LRU, (?:shared cache|per-replica cache|keys hashed)/,
  /^cache topology$/,
  /^published trace simulations$/,
]

export const readCaches: Reader = (row) => {
  if (!models.some((model) => model.test(row.model))) return undefined
  return unlessUnfit(() => {
    const parameters = given(row.parameters)
    const made = experiment(row, parameters)
    parameters.done()
    return made
  })
}

function experiment(row: Row, g: Given): Experiment {
  const { model, quantity } = row
  g.skip('requests', 'policy_details', 'arrivals')
  if (/^published/.test(model)) throw new Unfit('its traces are not at hand')
  if (/ on a fixed trace$/.test(model)) return traceExperiment(row, g)
  if (/^TTL cache/.test(model)) return ttlExperiment(row, g)
  if (model === 'cache topology' || /^LRU, (?:shared|per-replica|keys hashed)/.test(model))
    return topology(row, g)
  const draw = drawOf(g)
  const capacity = whole(g, 'capacity')
  const key = JSON.stringify(row.parameters)
  const names = policiesOf(row, g)
  if (names[0] === 'static') {
    return lanesExperiment({
      key: `static ${key}`,
      warmUp: 0,
      begin: (seed) => [staticDrive(capacity, draw, seed)],
      figure: (_, [ratio]) => ratio!,
    })
  }
  const figure = figureOf(quantity, names)
  return lanesExperiment({
    key: `policies ${names.join()} ${key}`,
    warmUp: WARM_UP,
    begin: (seed) => names.map((name) => policyDrive(called(name), capacity, 1, draw, seed)),
    figure: (_, ratios) => figure(ratios),
  })
}

/** Which policies a row is about; the first one is compared with the second. */
function policiesOf({ model, value }: Row, g: Given): readonly string[] {
  const named = g.text('policy')
  if (/^perfect LFU/.test(model)) return ['static']
  if (/^policy ordering/.test(model)) {
    if (!Array.isArray(value)) throw new Unfit('its value must be a list of policies')
    return value.map(String)
  }
  const policy = named ?? /^\w+/.exec(model)![0].toLowerCase()
  return / compared with FIFO/.test(model) ? [policy, 'fifo'] : [policy]
}

function figureOf(
  quantity: string,
  names: readonly string[],
): (ratios: readonly number[]) => number | readonly string[] {
  if (quantity === 'hit_ratio') return ([ratio]) => ratio!
  if (quantity === 'miss_ratio') return ([ratio]) => 1 - ratio!
  if (quantity === 'relative_miss_ratio_reduction_from_fifo') {
    return ([own, fifo]) => (own! - fifo!) / (1 - fifo!)
  }
  if (quantity === 'policies_from_worst_to_best_hit_ratio') {
    return (ratios) => names.toSorted((a, b) => ratios[names.indexOf(a)]! - ratios[names.indexOf(b)]!)
  }
  throw new Unfit(`unknown quantity "${quantity}"`)
}

function topology(row: Row, g: Given): Experiment {
  if (/keys hashed/.test(row.model)) throw new Unfit('its tolerance counts seeds of hashes')
  const draw = drawOf(g)
  const total = whole(g, 'total_capacity')
  const nodes = whole(g, 'nodes')
  const isOrder = row.quantity === 'topologies_from_best_to_worst_hit_ratio'
  if (!isOrder && row.quantity !== 'hit_ratio') throw new Unfit(`unknown quantity "${row.quantity}"`)
  const names = isOrder ? ['shared', 'per-replica'] : [/shared/.test(row.model) ? 'shared' : 'per-replica']
  return lanesExperiment({
    key: `topology ${names.join()} ${JSON.stringify(row.parameters)}`,
    warmUp: WARM_UP,
    begin: (seed) =>
      names.map((name) =>
        name === 'shared'
          ? policyDrive(lru as Eviction, total, 1, draw, seed)
          : policyDrive(lru as Eviction, Math.floor(total / nodes), nodes, draw, seed),
      ),
    figure: (_, ratios) =>
      isOrder ? names.toSorted((a, b) => ratios[names.indexOf(b)]! - ratios[names.indexOf(a)]!) : ratios[0]!,
  })
}

function traceExperiment(row: Row, g: Given): Experiment {
  if (row.quantity !== 'misses') throw new Unfit(`unknown quantity "${row.quantity}"`)
  const trace = g.raw('trace')
  if (!Array.isArray(trace) || !trace.every((key) => Number.isInteger(key))) {
    throw new Unfit('"trace" must be a list of whole numbers')
  }
  const capacity = whole(g, 'capacity')
  const name = g.text('policy') ?? ''
  const misses = name === 'opt' ? optimalMisses(trace, capacity) : missesOf(called(name), trace, capacity)
  return computed(`trace ${row.id}`, () => misses)
}

function missesOf(eviction: Eviction, trace: readonly number[], capacity: number): number {
  const one = cache(eviction, defaultsOf(eviction), capacity)
  const random = stream('trace', eviction.name)
  let misses = 0
  for (const key of trace) {
    if (ask(eviction, one, key, 0) !== NO_ROW) continue
    misses++
    put(eviction, one, key, 1, 0, random)
  }
  return misses
}

function optimalMisses(keys: readonly number[], capacity: number): number {
  return keys.length - belady({ keys }, capacity).reduce((sum, hit) => sum + hit, 0)
}

function ttlExperiment(row: Row, g: Given): Experiment {
  const { model, quantity } = row
  if (/renewed on/.test(model)) throw new Unfit('a hit does not renew a ttl here')
  if (/every miss fetches/.test(model)) throw new Unfit('every answer renews a ttl here, not only the first')
  const rate = positive(g, 'request_rate')
  const ttl = positive(g, 'ttl')
  const fetchTime = g.number('fetch_time') ?? 0
  g.skip('capacity', 'ttl_starts')
  const key = `${model} ${JSON.stringify(row.parameters)}`
  if (/coalesced misses/.test(model)) {
    if (quantity !== 'origin_request_rate') throw new Unfit(`unknown quantity "${quantity}"`)
    return fetchExperiment(key, { rate, ttl, fetchTime })
  }
  if (fetchTime !== 0) throw new Unfit('a fetch takes no time here')
  const draw = g.has('keys') ? drawOf(g) : () => 0
  const setting = { rate, ttl, nodes: g.has('replicas') ? whole(g, 'replicas') : 1 }
  if (quantity === 'mean_number_of_live_entries') return liveExperiment(key, setting, draw)
  if (quantity !== 'hit_ratio') throw new Unfit(`unknown quantity "${quantity}"`)
  return lanesExperiment({
    key,
    warmUp: Math.min(WARM_UP, Math.ceil(20 * rate * ttl) + 100_000),
    begin: (seed) => [ttlDrive(unlimited(), setting, draw, seed).next],
    figure: (_, [ratio]) => ratio!,
  })
}

function liveExperiment(key: string, setting: Parameters<typeof ttlDrive>[1], draw: Draw): Experiment {
  const { rate, ttl } = setting
  return {
    key: `${key} live`,
    cost: 1,
    least: 1_000_000,
    run(rows, n, seed) {
      const drive = ttlDrive(unlimited(), setting, draw, seed)
      for (let i = 0; i < 20 * rate * ttl; i++) drive.next()
      const from = drive.now()
      for (let i = 0; i < n; i++) drive.next()
      const to = drive.now()
      const lived = drive.stores.reduce(
        (sum, at) => sum + Math.max(0, Math.min(to, at + ttl * UNIT) - Math.max(from, at)),
        0,
      )
      const value = lived / (to - from)
      return rows.map(() => ({ value, n, error: 0, low: NaN, high: NaN }))
    },
  }
}

function fetchExperiment(key: string, setting: Parameters<typeof fetchDrive>[1]): Experiment {
  return {
    key,
    cost: 1,
    least: 5_000_000,
    run(rows, n, seed) {
      const { fetches, passed } = fetchDrive(unlimited(), setting, n, seed)
      const value = fetches / (passed / UNIT)
      return rows.map(() => ({ value, n, error: 0, low: NaN, high: NaN }))
    },
  }
}

function unlimited(): CachingSettings {
  const none: Params = {}
  return {
    rule: 'standard',
    eviction: evictions.get('fifo'),
    evictionParams: none,
    capacity: MOST_OBJECTS,
    hasSizes: false,
    coalesces: true,
    keep: 0,
    hitForMiss: 0,
    servesWhileUpdating: false,
    updatesInBackground: true,
    lockTimeout: 0,
    lockAge: 0,
    minUses: 1,
  }
}

function drawOf(g: Given): Draw {
  const popularity = g.raw('popularity')
  if (popularity === undefined) return zipfDraw(whole(g, 'keys'), g.number('zipf_alpha') ?? 0)
  if (!Array.isArray(popularity)) throw new Unfit('"popularity" must be a list of fractions')
  return shareDraw(popularity.map(fraction))
}

function fraction(text: unknown): number {
  const [, above, below] = /^(\d+)\/(\d+)$/.exec(String(text)) ?? []
  if (above === undefined || Number(below) === 0) throw new Unfit('"popularity" must be a list of fractions')
  return Number(above) / Number(below)
}

function called(name: string): Eviction {
  const known = NAMES[name] ?? name
  if (!evictions.has(known)) throw new Unfit(`there is no eviction policy "${name}"`)
  return evictions.get(known)
}

function whole(g: Given, key: string): number {
  const value = g.number(key)
  if (value === undefined || !Number.isInteger(value) || value < 1 || value > 10_000_000) {
    throw new Unfit(`"${key}" must be a whole number from 1 to 10000000`)
  }
  return value
}

function positive(g: Given, key: string): number {
  const value = g.number(key)
  if (value === undefined || value <= 0) throw new Unfit(`"${key}" must be a number above 0`)
  return value
}
