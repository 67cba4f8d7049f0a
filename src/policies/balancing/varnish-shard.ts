/**
 * Varnish's shard director: 67 points a backend on a ring, placed by its name; a key goes to the first point
 * at or after its hash. Past the last point the last one has it: this ring does not close. A sick backend's
 * keys go on to the next other backend on the ring.
 *
 * That next one can be kept warm by a share of the requests, and a backend that has just become healthy gets
 * its keys back little by little; both only while the alternative is 0.
 *
 * Source: Varnish 7.1.1, vmod_directors shard (healthy=CHOSEN).
 */

import { type Stream, uniform } from '../../base/stream.ts'
import { utf8 } from '../hashing/bytes.ts'
import { hashedBytes, ON } from '../hashing/hashed-on.ts'
import { fresh, type Kept, outdatedByWeight, percent, scored } from '../hashing/kept.ts'
import { atOrAfter, packed, type Ring, ringOf } from '../hashing/ring.ts'
import { varnishHash32 } from '../hashing/sha256.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Table {
  readonly ring: Ring
  readonly weight: Float64Array
}

interface Memory extends Kept<Table> {
  readonly byAddress: boolean
  readonly replicas: number
  readonly alternative: number
  readonly warmUp: number
  /** ns. */
  readonly rampUp: number
  /** By backend: whether it was healthy, and when that changed. */
  readonly wasReady: Uint8Array
  readonly since: Float64Array
}

/** Weights below 1 count as 1. */
function make(pool: Pool, { replicas }: { readonly replicas: number }): Table {
  const counts = Float64Array.from(pool.weight, (weight) => Math.floor(replicas * Math.max(1, weight)))
  const pairs = new Float64Array(counts.reduce((sum, count) => sum + count, 0))
  let end = 0
  for (let i = 0; i < pool.size; i++) {
    for (let j = 0; j < counts[i]!; j++) {
      pairs[end++] = packed(varnishHash32(utf8(`${pool.names[i]}${j}`)), i)
    }
  }
  return Object.freeze({ ring: ringOf(pairs), weight: pool.weight.slice() })
}

function remember(params: Params, pool: Pool): Memory {
  const replicas = params.replicas as number
  return {
    byAddress: params.on === 'address',
    replicas,
    alternative: params.alternative as number,
    warmUp: Number(params.warmUp ?? 0),
    rampUp: Number(params.rampUp ?? 0),
    wasReady: pool.isReady.slice(),
    since: new Float64Array(pool.size).fill(pool.now),
    table: make(pool, { replicas }),
    isStale: false,
  }
}

function pick(pool: Pool, asked: Asked, memory: Memory, random: Stream): number {
  const { alternative, warmUp, rampUp, since } = memory
  const chosen = walk(pool, asked, memory)
  if (alternative > 0 || (warmUp === 0 && rampUp === 0) || chosen === NONE) return chosen
  const next = walk(pool, asked, memory, chosen)
  if (next === NONE) return chosen
  const healthyFor = pool.now - since[chosen]!
  if (healthyFor < rampUp) {
    const areBothNew = pool.now - since[next]! < rampUp
    return areBothNew || uniform(random) * rampUp < healthyFor ? chosen : next
  }
  return warmUp === 0 || uniform(random) > warmUp ? chosen : next
}

/** Notes when a backend becomes healthy or sick. */
function changed(pool: Pool, memory: Memory, replica: number): void {
  outdatedByWeight(pool, memory, replica)
  if (memory.wasReady[replica] === pool.isReady[replica]) return
  memory.wasReady[replica] = pool.isReady[replica]!
  memory.since[replica] = pool.now
}

/**
 * Walks the ring past `alternative` different backends, healthy or not, to the next other healthy one.
 * @param but this one is passed by, too
 */
function walk(pool: Pool, asked: Asked, memory: Memory, but: number = NONE): number {
  const { points, owners } = fresh(pool, memory, make).ring
  if (pool.readyCount === 0) return NONE
  const hash = varnishHash32(hashedBytes(asked, memory.byAddress))
  let place = Math.min(atOrAfter(points, hash), points.length - 1)
  const passed: number[] = []
  let reserve = NONE
  for (let steps = 0; steps < points.length; steps++) {
    const replica = owners[place]!
    const isHealthy = pool.isReady[replica] === 1 && replica !== but
    if (isHealthy && passed.length >= memory.alternative && !passed.includes(replica)) return replica
    if (passed.length < memory.alternative && !passed.includes(replica)) {
      passed.push(replica)
      if (isHealthy) reserve = replica
    }
    if (++place === points.length) place = 0
  }
  return reserve
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const trial = { ...memory }
  const picked = walk(pool, asked, trial)
  const { points, owners } = trial.table.ring
  const counts = new Float64Array(pool.size)
  for (const owner of owners) counts[owner]!++
  return scored(pool, picked, (i) => `${percent(counts[i]! / points.length)} of the points`)
}

export const varnishShard: Strategy<Memory> = {
  name: 'varnish-shard',
  title: 'Shard (Varnish)',
  summary: 'Consistent hash with 67 points a backend: the keys of a sick one go to the next on the ring.',
  source: 'Varnish 7.1.1, directors.shard',
  params: {
    on: ON,
    replicas: {
      kind: 'integer',
      title: 'Points',
      summary: 'Points of each backend on the ring, for a weight of 1.',
      default: 67,
      min: 1,
      max: 10_000,
    },
    alternative: {
      kind: 'integer',
      title: 'Alternative',
      summary: 'How many other backends to pass by on the ring: 1 takes the second that a key comes to.',
      default: 0,
      min: 0,
      max: 100,
    },
    warmUp: {
      kind: 'share',
      title: 'Warm-up',
      summary: 'The share of each key’s requests that go to the next backend on the ring, to keep it warm.',
      default: 0,
      min: 0,
      max: 1,
    },
    rampUp: {
      kind: 'duration',
      title: 'Ramp-up',
      summary: 'How long a backend that has become healthy takes to get all of its requests back.',
      default: 0,
      min: 0,
    },
  },
  isKeyed: true,
  remember,
  pick,
  changed,
  explain,
}
