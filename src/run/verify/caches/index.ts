/** Rows about caches: hit ratios of eviction policies and of ttl caches, topologies, and misses of fixed traces. */

import { NO_ROW } from '../../../base/keyed-rows.ts'
import { stream } from '../../../base/stream.ts'
import { belady } from '../../../policies/eviction/belady.ts'
import { ask, cache, put } from '../../../policies/eviction/cache.ts'
import type { Eviction } from '../../../policies/eviction/eviction.ts'
import { evictions } from '../../../policies/eviction/index.ts'
import { lru } from '../../../policies/eviction/lru.ts'
import { computed, type Experiment, type Reader } from '../experiment.ts'
import { type Given, given } from '../given.ts'
import { meanOf } from '../overload/watch.ts'
import type { Row } from '../row.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { defaultsOf, policyDrive, shardedDrive, staticDrive } from './drives.ts'
import { lanesExperiment, WARM_UP } from './measured.ts'
import { drawOf, whole } from './reading.ts'
import { ttlExperiment } from './ttl.ts'

const NAMES: Readonly<Record<string, string>> = { s3fifo: 's3-fifo', wtinylfu: 'w-tinylfu' }
/** Requests for each placement of the keys: before anything is measured, and measured. */
const SHARDED_WARM_UP = 100_000
const SHARDED = 300_000

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
  if (/^published/.test(model))
    throw new Unfit('its thousands of traces are not at hand, and draws of our own say nothing of them')
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
  if (/keys hashed/.test(row.model)) return shardedExperiment(row, g)
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

/** An observation is a placement of the keys. */
function shardedExperiment({ quantity }: Row, g: Given): Experiment {
  const setting = {
    keys: whole(g, 'keys'),
    draw: drawOf(g),
    capacity: whole(g, 'total_capacity'),
    nodes: whole(g, 'nodes'),
  }
  if (quantity !== 'hit_ratio') throw new Unfit(`unknown quantity "${quantity}"`)
  return {
    key: `sharded ${JSON.stringify(setting)} ${g.number('zipf_alpha')}`,
    cost: SHARDED_WARM_UP + SHARDED,
    least: 8,
    run(rows, n, seed) {
      const ratios = Array.from({ length: n }, (_, i) => {
        const next = shardedDrive(lru as Eviction, setting, `${seed}-${i + 1}`)
        for (let j = 0; j < SHARDED_WARM_UP; j++) next()
        let hits = 0
        for (let j = 0; j < SHARDED; j++) if (next()) hits++
        return hits / SHARDED
      })
      const measured = meanOf(Float64Array.from(ratios))
      return rows.map(() => measured)
    },
  }
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

function called(name: string): Eviction {
  const known = NAMES[name] ?? name
  if (!evictions.has(known)) throw new Unfit(`there is no eviction policy "${name}"`)
  return evictions.get(known)
}
