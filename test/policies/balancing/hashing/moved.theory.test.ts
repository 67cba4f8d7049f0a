import { describe, expect, test } from 'vitest'
import { haproxyConsistent } from '../../../../src/policies/balancing/haproxy-consistent.ts'
import { hash } from '../../../../src/policies/balancing/hash.ts'
import { ipHash } from '../../../../src/policies/balancing/ip-hash.ts'
import { jump } from '../../../../src/policies/balancing/jump.ts'
import { ketama } from '../../../../src/policies/balancing/ketama.ts'
import { rendezvous } from '../../../../src/policies/balancing/rendezvous.ts'
import { ringHash } from '../../../../src/policies/balancing/ring-hash.ts'
import type { Strategy } from '../../../../src/policies/balancing/strategy.ts'
import { varnishHash } from '../../../../src/policies/balancing/varnish-hash.ts'
import { varnishShard } from '../../../../src/policies/balancing/varnish-shard.ts'
import { sharesMoved } from '../../../../src/policies/hashing/moved.ts'
import type { Params } from '../../../../src/policies/policy.ts'
import { alike, drive, onAddress, onText, place, set } from './driver.ts'
import { expectRow, mean, rowsLike } from './theory.ts'

const KEYS = 20_000

/** Where keys are with so many ready of the replicas, and with so many others. */
function moves(
  strategy: Strategy<any>,
  before: number,
  after: number,
  params: Params = {},
  salt = 0,
  keys = KEYS,
) {
  const d = drive(strategy, alike(Math.max(before, after), `m${salt}-`), params)
  const picks = (ready: number) => {
    for (let i = 0; i < d.pool.size; i++) set(d, i, i < ready)
    return Array.from({ length: keys }, (_, key) => place(d, onText(`/${salt}/${key}`)))
  }
  const old = picks(before)
  return sharesMoved(old, picks(after))
}

describe('the share of keys moved', () => {
  test.each(rowsLike(/^move-mod/))('%s', (_id, row) => {
    const { nodes_before: before, nodes_after: after } = row.parameters
    const params = { rule: 'haproxy', avalanche: true, function: 'crc32' }
    expectRow(row, moves(hash, before, after, params).moved, KEYS)
  })

  test.each(rowsLike(/^move-add-(rendezvous|jump)/))('%s', (_id, row) => {
    const { nodes_before: before, nodes_after: after } = row.parameters
    const strategy = /jump/.test(row.id) ? jump : rendezvous
    const { moved, needlessly } = moves(strategy, before, after)
    expectRow(row, moved, KEYS)
    expect(needlessly).toBe(0)
  })

  test.each(rowsLike(/^move-add-ring/))('%s', (_id, row) => {
    const { nodes_before: before, nodes_after: after, virtual_nodes_per_node: points } = row.parameters
    const found = Array.from({ length: 20 }, (_, salt) => {
      // Envoy holds the size of the ring; as many points for each replica before and after takes two rings.
      const picks = (count: number) => {
        const d = drive(ringHash, alike(count, `r${salt}-`), {
          minRingSize: count * points - 1,
          maxRingSize: 1e6,
        })
        return Array.from({ length: 5_000 }, (_, key) => place(d, onText(`/${key}`)))
      }
      const { moved, needlessly } = sharesMoved(picks(before), picks(after))
      // Envoy sums the shares up, and a rounding can give one replica a point more.
      expect(needlessly).toBeLessThan(0.001)
      return moved
    })
    const noise = Math.sqrt((row.value * (1 - row.value)) / 5_000)
    const sigma = row.tolerance_hint.sigma_per_sqrt_n! + noise
    expectRow({ ...row, tolerance_hint: { type: 'statistical', sigma_per_sqrt_n: sigma } }, mean(found), 20)
  })

  test.each(rowsLike(/^move-remove/))('%s', (_id, row) => {
    expectRow(row, moves(rendezvous, 10, 9).moved, KEYS)
  })
})

/** Which share of the keys moves although neither their replica went nor the new one came. */
function lost(strategy: Strategy<any>, params: Params = {}) {
  const d = drive(strategy, alike(10, '10.0.0.9:80'), params)
  const picks = () =>
    Array.from({ length: 5_000 }, (_, key) => {
      const asked = {
        ...onText(`/${key}`),
        address: onAddress(`${key % 223}.${key % 251}.${key % 241}.1`).address,
      }
      return place(d, asked)
    })
  const before = picks()
  set(d, 3, false)
  const without = picks()
  set(d, 3, true)
  expect(picks()).toEqual(before)
  return sharesMoved(before, without)
}

test.each([ipHash, hash, ketama, haproxyConsistent, varnishShard, rendezvous])(
  '$name moves only the keys of a replica that is lost, and gives them back',
  (strategy) => {
    const { moved, needlessly } = lost(strategy)
    expect(needlessly).toBe(0)
    expect(moved).toBeGreaterThan(0.05)
    expect(moved).toBeLessThan(0.2)
  },
)

test('what a lost replica costs beyond its own keys: little on Envoy’s ring, most with maps and lines', () => {
  expect(lost(ringHash).needlessly).toBeLessThan(0.1)
  expect(lost(hash, { rule: 'haproxy' }).needlessly).toBeGreaterThan(0.7)
  expect(lost(varnishHash).needlessly).toBeGreaterThan(0.15)
  expect(lost(jump).needlessly).toBeGreaterThan(0.2)
})
