/** A cache node of one million objects takes less than 100 MB, whoever is evicted and however objects are found. */

import { expect, test } from 'vitest'
import { stream } from '../../../src/base/stream.ts'
import { bytesOf } from '../../../src/engine/tree.ts'
import { ANSWER, cacheNode, store } from '../../../src/policies/caching/cache-node.ts'
import type { CachingSettings } from '../../../src/policies/caching/settings.ts'
import { evictions } from '../../../src/policies/eviction/index.ts'
import { paramsOf } from './driver.ts'

const MILLION = 1_000_000
const NAMES = evictions.names.filter((name) => name !== 'opt')

test.each(NAMES)('a million objects by %s fit in 100 MB', (name) => {
  const eviction = evictions.get(name)
  for (const objectsBelow of [0, 2 * MILLION]) {
    const settings: CachingSettings = {
      rule: 'standard',
      eviction,
      evictionParams: paramsOf(eviction),
      capacity: MILLION,
      hasSizes: false,
      coalesces: true,
      keep: 0,
      hitForMiss: 0,
      servesWhileUpdating: false,
      updatesInBackground: true,
      lockTimeout: 5e9,
      lockAge: 5e9,
      minUses: 1,
      objectsBelow,
    }
    const node = cacheNode(settings)
    const random = stream(1, name)
    // More than fit, so that those who left are remembered where a policy does that.
    for (let i = 0; i < 1.6 * MILLION; i++)
      store(node, settings, i, 1, ANSWER, { ttl: 1e9, grace: 0 }, i, random)
    expect(node.held.shelf.table.size).toBe(MILLION)
    expect(bytesOf(node)).toBeLessThan(100e6)
  }
})
