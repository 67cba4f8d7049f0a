/** What share of the keys moves when a pool is another one, for every strategy of the registry. */

import { describe, expect, test } from 'vitest'
import { copyTree } from '../../../src/engine/tree.ts'
import { strategies } from '../../../src/policies/balancing/index.ts'
import { poolOf, setReady } from '../../../src/policies/balancing/pool.ts'
import type { Pool } from '../../../src/policies/balancing/strategy.ts'
import { placesOf, sharesMoved } from '../../../src/policies/hashing/moved.ts'
import type { Params } from '../../../src/policies/policy.ts'

const defaults = (name: string, chosen: Params): Params => ({
  ...Object.fromEntries(
    Object.entries(strategies.get(name).params).map(([key, param]) => [key, param.default]),
  ),
  ...chosen,
})

const pool = (size: number): Pool =>
  poolOf(Array.from({ length: size }, (_, i) => ({ name: `web/${i + 1}`, weight: 1 })))

function without(replica: number, size = 10): Pool {
  const left = pool(size)
  setReady(left, replica, false)
  return left
}

/** Where 10,000 keys go, as a new balancer places them. */
function owners(name: string, params: Params, of: Pool): Int32Array {
  const strategy = strategies.get(name)
  return placesOf(strategy, of, strategy.remember(defaults(name, params), of), 10_000)
}

const moved = (name: string, params: Params, before: Pool, after: Pool) =>
  sharesMoved(owners(name, params, before), owners(name, params, after))

const keyed = strategies.all.filter(({ isKeyed }) => isKeyed)

test('hashing strategies are those that keys decide', () => {
  expect(keyed.map(({ name }) => name).sort()).toEqual(
    'bounded-load haproxy-consistent hash ip-hash jump ketama maglev rendezvous ring-hash varnish-hash varnish-shard'.split(
      ' ',
    ),
  )
})

describe.each(keyed.map(({ name }) => name))('%s', (name) => {
  test('moves nothing when nothing changes', () => {
    expect(moved(name, {}, pool(10), pool(10))).toEqual({ moved: 0, needlessly: 0 })
  })

  test('changes no pool', () => {
    const [before, after] = [pool(10), without(3)]
    const saved = copyTree({ before, after })
    moved(name, {}, before, after)
    expect({ before, after }).toEqual(saved)
  })

  test('places keys after a change as a new balancer does', () => {
    const strategy = strategies.get(name)
    const before = pool(10)
    const memory = strategy.remember(defaults(name, {}), before)
    placesOf(strategy, before, memory, 100)
    setReady(before, 3, false)
    strategy.changed?.(before, memory, 3)
    const after = without(3)
    const anew = strategy.remember(defaults(name, {}), after)
    const places = placesOf(strategy, before, memory, 1000)
    expect(places).toEqual(placesOf(strategy, after, anew, 1000))
    expect(places).not.toContain(3)
  })

  test('moves back all that it has moved', () => {
    expect(moved(name, {}, without(3), pool(10))).toEqual(moved(name, {}, pool(10), without(3)))
  })
})

test.each(['ketama', 'haproxy-consistent', 'rendezvous', 'varnish-shard', 'ip-hash', 'bounded-load'])(
  '%s moves the keys of a lost replica and hardly another',
  (name) => {
    const { moved: share, needlessly } = moved(name, {}, pool(10), without(3))
    expect(share).toBeGreaterThan(0.03)
    expect(share).toBeLessThan(0.25)
    expect(needlessly).toBeLessThan(0.01)
  },
)

// Maglev fills its table anew; Envoy's ring keeps its size, so those that stay get more points each.
test.each(['maglev', 'ring-hash'])('%s moves the keys of a lost replica and some others', (name) => {
  const { moved: share, needlessly } = moved(name, {}, pool(10), without(3))
  expect(share).toBeGreaterThan(0.09)
  expect(needlessly).toBeGreaterThan(0)
  expect(needlessly).toBeLessThan(0.1)
})

test('a hash modulo moves nearly all keys when one of ten goes', () => {
  expect(moved('hash', { rule: 'haproxy' }, pool(10), without(3)).moved).toBeGreaterThan(0.8)
  expect(moved('hash', { rule: 'nginx' }, pool(10), without(3)).moved).toBeLessThan(0.2)
})

test('by address it moves what addresses make it move', () => {
  const share = moved('hash', { rule: 'haproxy', on: 'address' }, pool(10), without(3)).moved
  expect(share).toBeGreaterThan(0.8)
})

test('a greater weight draws keys, and only to itself', () => {
  const heavier = pool(10)
  heavier.weight[4] = 2
  const { moved: share, needlessly } = moved('rendezvous', {}, pool(10), heavier)
  expect(share).toBeCloseTo(1 / 11, 1)
  expect(needlessly).toBe(share)
})

test('counts what moved, and what of it need not have', () => {
  expect(sharesMoved([0, 0, 1, 1, 2, 2, 2, 2], [0, 1, 1, 1, 0, 1, 3, 3])).toEqual({
    moved: 5 / 8,
    needlessly: 1 / 8,
  })
})
