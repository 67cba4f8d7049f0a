/** Objects that nobody asks for any more. */

import { expect, test } from 'vitest'
import { stream } from '../../src/base/stream.ts'
import { ANSWER, allHeld, cacheNode, store } from '../../src/policies/caching/cache-node.ts'
import { lookUp } from '../../src/policies/caching/look-up.ts'
import type { CachingSettings } from '../../src/policies/caching/settings.ts'
import { HIT, MISS, STALE_AND_FETCH } from '../../src/policies/caching/verdicts.ts'
import { evictions } from '../../src/policies/eviction/index.ts'
import { parse } from '../../src/scenario/index.ts'

const settings: CachingSettings = {
  rule: 'standard',
  eviction: evictions.get('lru'),
  evictionParams: { interval: 0 },
  capacity: 100,
  hasSizes: false,
  coalesces: true,
  keep: 0,
  inactive: 10,
  hitForMiss: 0,
  servesWhileUpdating: false,
  updatesInBackground: true,
  lockTimeout: 0,
  lockAge: 0,
  minUses: 1,
}

test('go, fresh or not; every request for them begins their time anew', () => {
  const node = cacheNode(settings)
  const random = stream(1, 'test')
  const keep = (object: number, now: number) =>
    store(node, settings, object, 1, ANSWER, { ttl: 15, grace: 100 }, now, random)
  keep(1, 0)
  keep(2, 0)
  expect([9, 14].map((now) => lookUp(node, settings, 1, now))).toEqual([HIT, HIT])
  expect([20, 29].map((now) => lookUp(node, settings, 1, now))).toEqual([STALE_AND_FETCH, STALE_AND_FETCH])
  expect(lookUp(node, settings, 2, 10)).toBe(MISS)
  expect(allHeld(node)).toEqual([1])
  expect(lookUp(node, settings, 1, 39)).toBe(MISS)
  expect(allHeld(node)).toEqual([])
})

test('stay where nothing is said of that', () => {
  const { inactive: _, ...others } = settings
  const node = cacheNode(others)
  store(node, others, 1, 1, ANSWER, { ttl: 1e9, grace: 0 }, 0, stream(1, 'test'))
  expect(lookUp(node, others, 1, 1e9)).toBe(HIT)
})

test('a file may say how long that is', () => {
  const read = (inactive: string) =>
    parse(
      `clients: { users: { rate: 10/s } }
tiers: { edge: { cache: { capacity: 10, inactive: ${inactive} } }, web: {} }
`,
      'a.yaml',
    )
  expect(read('2s').scenario?.tiers[0]?.cache?.inactive).toBe(2e9)
  expect(read('0s').problems.map(({ message }) => message)).toEqual([
    '"0s" is too little; it must be above 0s.',
  ])
})
