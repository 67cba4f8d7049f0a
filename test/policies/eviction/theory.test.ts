/**
 * Hit ratios of independent requests by Zipf's law, and misses of fixed traces, against reference values:
 * exact formulas, Che's approximation, and simulations by others.
 */

import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../src/base/stream.ts'
import { belady } from '../../../src/policies/eviction/belady.ts'
import type { Eviction } from '../../../src/policies/eviction/eviction.ts'
import { evictions } from '../../../src/policies/eviction/index.ts'
import { keySamplerOf } from '../../../src/policies/keys/index.ts'
import { theoryRows } from '../theory-rows.ts'
import { drive, missesOf, request } from './driver.ts'

interface Row {
  readonly id: string
  readonly parameters: any
  readonly value: any
  readonly value_se?: number
  readonly tolerance_hint: any
}

const rowsLike = theoryRows<Row>('caches')

const NAMES: Readonly<Record<string, string>> = { s3fifo: 's3-fifo', wtinylfu: 'w-tinylfu' }
const called = (name: string) => evictions.get(NAMES[name] ?? name)

/** Requests measured; the values' own noise and the warm-up follow from it. */
const N = 200_000

/** Draws keys as a row says. */
function keysOf({ popularity, zipf_alpha, keys }: any): (random: Float64Array) => number {
  if (popularity === undefined) {
    const sampler = keySamplerOf({ policy: 'zipf', params: { count: keys, exponent: zipf_alpha } })
    return (random) => sampler(random, 0)
  }
  const shares: number[] = popularity.map((share: string) => {
    const [a = 0, b = 1] = share.split('/').map(Number)
    return a / b
  })
  const sums = shares.map((_, i) => shares.slice(0, i + 1).reduce((a, b) => a + b))
  return (random) => {
    const mark = below(random, 2 ** 32) / 2 ** 32
    const key = sums.findIndex((sum) => mark < sum)
    return key < 0 ? shares.length - 1 : key
  }
}

/** Requests before those that are measured; SIEVE takes long to settle, as its hand goes round rarely. */
const WARM_UP = 200_000
const SIEVE_WARM_UP = 1_000_000

const drawn = new Map<string, Int32Array>()

/** Requests as a row says: enough to warm up, then N. They are drawn once for all policies. */
function requestsOf(parameters: any): Int32Array {
  const { popularity, zipf_alpha, keys = 0 } = parameters
  const name = JSON.stringify([popularity, zipf_alpha, keys])
  const known = drawn.get(name)
  if (known !== undefined) return known
  const draw = keysOf(parameters)
  const random = stream(1, 'requests')
  const warmUp = keys === 10_000 ? SIEVE_WARM_UP : WARM_UP
  const made = Int32Array.from({ length: warmUp + N }, () => draw(random))
  drawn.set(name, made)
  return made
}

const measured = new Map<string, number>()

function hitRatio(eviction: Eviction, parameters: any, capacity: number): number {
  const { popularity, zipf_alpha, keys } = parameters
  const name = JSON.stringify([eviction.name, popularity, zipf_alpha, keys, capacity])
  const known = measured.get(name)
  if (known !== undefined) return known
  const all = requestsOf(parameters)
  const requests = eviction.name === 'sieve' ? all : all.subarray(all.length - N - WARM_UP)
  const d = drive(eviction, capacity)
  let hits = 0
  for (const [i, key] of requests.entries()) {
    if (request(d, key) && i >= requests.length - N) hits++
  }
  measured.set(name, hits / N)
  return hits / N
}

/** Holds a ratio against a row by the row's own rule. */
function expectRow({ id, value, value_se = 0, tolerance_hint: hint }: Row, ratio: number) {
  const noise = 4 * Math.hypot((1.5 * (hint.sigma_per_sqrt_n ?? 0)) / Math.sqrt(N), value_se)
  const allowed = hint.type === 'absolute' ? hint.abs : noise + (hint.model_rel ?? 0) * value
  expect(Math.abs(ratio - value), `${id}: ${ratio} for ${value}`).toBeLessThanOrEqual(allowed)
}

describe('independent requests', () => {
  const named = rowsLike(/^(tiny|irm|che)-.*-(lru|fifo|random)$|^policy-[^-]+-N\d+-C\d+-\w+$/)
  const cases = named
    .filter(({ id }) => !id.endsWith('-order'))
    .flatMap((row) => {
      const name = row.id.split('-').at(-1)!
      // FIFO's formulas hold for random eviction as well; the irm rows say so themselves.
      return (name === 'fifo' && row.id.startsWith('tiny') ? ['fifo', 'random'] : [name]).map((policy) => ({
        id: row.id,
        policy,
        row,
      }))
    })
  test('are in so many rows', () => expect(named.length).toBe(68))
  test.each(cases)('$id: $policy', ({ policy, row }) => {
    expectRow(row, hitRatio(called(policy), row.parameters, row.parameters.capacity))
  })
})

describe('the best static choice', () => {
  test.each(rowsLike(/^irm-.*-opt$/))('$id: is never beaten, and LFU comes near', (row) => {
    const { parameters: p, value } = row
    const noise = (4 * row.tolerance_hint.sigma_per_sqrt_n) / Math.sqrt(N)
    const own = ['lru', 'lfu', 'w-tinylfu'].map((name) => hitRatio(called(name), p, p.capacity))
    for (const ratio of own) expect(ratio).toBeLessThanOrEqual(value + noise)
    const best = Math.max(...own)
    expect(best, `${best} for ${value}`).toBeGreaterThan(p.zipf_alpha === 0 ? value - noise : 0.85 * value)
  })
})

describe('published figures', () => {
  test.each(rowsLike(/^sievefig-/))('$id', (row) => {
    const name = row.id.split('-')[1]!
    expectRow(row, 1 - hitRatio(called(name), row.parameters, row.parameters.capacity))
  })

  test.each(rowsLike(/^policy-.*-vs-fifo$/))('$id', (row) => {
    const { parameters: p } = row
    const [own, fifo] = [p.policy, 'fifo'].map((name) => 1 - hitRatio(called(name), p, p.capacity))
    expectRow(row, (fifo! - own!) / fifo!)
  })

  test.each(rowsLike(/^policy-.*-order$/))('$id', ({ value, parameters: p }) => {
    const ratios = value.map((name: string) => hitRatio(called(name), p, p.capacity))
    expect(ratios).toEqual(ratios.toSorted((a: number, b: number) => a - b))
  })
})

describe('topologies', () => {
  test.each(rowsLike(/^topo-.*-(shared|per-replica)$/))('$id', (row) => {
    const { zipf_alpha, keys, total_capacity, nodes } = row.parameters
    const capacity = row.id.endsWith('shared') ? total_capacity : total_capacity / nodes
    expectRow(row, hitRatio(called('lru'), { zipf_alpha, keys }, capacity))
  })
})

describe('fixed traces', () => {
  const traced = rowsLike(/^trace-/)
  test('are in so many rows', () => expect(traced.length).toBe(35))
  test.each(traced)('$id', ({ parameters: { trace, capacity, policy }, value }) => {
    const misses =
      policy === 'opt'
        ? trace.length - belady({ keys: trace }, capacity).reduce((sum: number, hit: number) => sum + hit, 0)
        : missesOf(called(policy), capacity, trace)
    expect(misses).toBe(value)
  })
})
