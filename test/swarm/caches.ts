/** Caches for the swarm: of any rule, at either place, too small and large enough. */

import fc, { type Arbitrary } from 'fast-check'
import { CACHING_RULES } from '../../src/policies/caching/settings.ts'
import { evictions } from '../../src/policies/eviction/index.ts'
import type { CacheSettings } from '../../src/scenario/cache.ts'
import type { ClientCache } from '../../src/scenario/scenario.ts'
import { always, chosen, exponential } from '../model/build.ts'

const eviction = fc.constantFrom(...evictions.all).map(({ name, params }) => {
  const defaults = Object.entries(params).map(([param, { default: value }]) => [param, value])
  return chosen(name, Object.fromEntries(defaults))
})

/** @param isLast there is no tier behind, so it can only stand beside the service */
export function cacheOf(duration: number, isLast: boolean): Arbitrary<CacheSettings> {
  const some = fc.constantFrom(0, Math.ceil(duration / 50), duration)
  return fc
    .record({
      at: fc.constantFrom(...(isLast ? (['sidecar'] as const) : (['tier', 'sidecar'] as const))),
      rule: fc.constantFrom(...CACHING_RULES),
      capacity: fc.constantFrom(1, 3, 100),
      hasSizes: fc.boolean(),
      eviction,
      ttl: fc.constantFrom(1, Math.ceil(duration / 20), duration),
      ttlJitter: fc.constantFrom(0, 0.5),
      grace: some,
      staleIfError: some,
      negative: some,
      coalesce: fc.boolean(),
      hitForMiss: some,
      lockTimeout: fc.constantFrom(5e9, 1e9),
      minUses: fc.constantFrom(1, 1, 2),
      uncacheable: fc.constantFrom(0, 0, 0.3, 1),
      variants: fc.constantFrom(1, 3),
      updates: fc.constantFrom(undefined, Math.ceil(duration / 10)),
      keep: fc.constantFrom(0, duration),
      notModified: fc.constantFrom(undefined, undefined, 0, 0.1),
      hitForPass: fc.constantFrom(0, 0, Math.ceil(duration / 20)),
      admission: fc.constantFrom(1, 1, 0.5),
      maxSize: fc.constantFrom(undefined, undefined, Math.ceil(duration / 100)),
      bypass: fc.constantFrom(0, 0, 0.2),
      writes: fc.constantFrom(
        undefined,
        { effect: 'none' as const },
        { effect: 'invalidate' as const, delay: always(Math.ceil(duration / 50)) },
        { effect: 'update' as const, delay: exponential(Math.ceil(duration / 50)) },
      ),
      invalidation: fc.constantFrom(undefined, { delay: 1000, soft: false }, { delay: 0, soft: true }),
    })
    .map(({ capacity, hasSizes, hitForMiss, hitForPass, ...rest }) => ({
      ...(given(rest) as Omit<CacheSettings, 'capacity' | 'hasSizes' | 'hitForMiss'>),
      hitForMiss: hitForPass > 0 ? 0 : hitForMiss,
      ...(hitForPass > 0 ? { hitForPass } : {}),
      hasSizes,
      capacity: hasSizes ? capacity * 1000 : capacity,
    }))
}

/** Of visitors: far too small, or large enough. */
export function clientCacheOf(duration: number): Arbitrary<ClientCache> {
  return fc
    .record({
      capacity: fc.constantFrom(1, 3, 100),
      hasSizes: fc.boolean(),
      ttl: fc.constantFrom(1, Math.ceil(duration / 20), duration),
      latency: fc.constantFrom(1, Math.ceil(duration / 1000)),
      uncacheable: fc.constantFrom(0, 0, 0.3),
    })
    .map(({ capacity, hasSizes, ...rest }) => ({
      ...rest,
      hasSizes,
      capacity: hasSizes ? capacity * 1000 : capacity,
    }))
}

/** Without what is undefined. */
function given(wanted: object): object {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}
