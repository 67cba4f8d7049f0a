/** Private caches in three tables hold what as many lists of their own would. */

import { expect, test } from 'vitest'
import { below, stream, uniform } from '../../src/base/stream.ts'
import {
  askPrivate,
  dropPrivate,
  keepPrivate,
  privateCaches,
} from '../../src/policies/caching/private-caches.ts'

interface Kept {
  readonly key: number
  readonly stored: number
  readonly takes: number
}

/** Each visitor's objects as an array, the one asked for last at the end. */
function naive(capacity: number, hasSizes: boolean, ttl: number) {
  const all = new Map<number, Kept[]>()
  const of = (visitor: number) => all.get(visitor) ?? []
  const without = (visitor: number, key: number) => of(visitor).filter((kept) => kept.key !== key)
  return {
    ask(visitor: number, key: number, now: number): number {
      const held = of(visitor).find((kept) => kept.key === key)
      if (held === undefined) return -1
      const isFresh = now - held.stored <= ttl
      all.set(visitor, isFresh ? [...without(visitor, key), held] : without(visitor, key))
      return isFresh ? held.stored : -1
    },
    drop: (visitor: number, key: number) => void all.set(visitor, without(visitor, key)),
    keep(visitor: number, key: number, size: number, now: number): void {
      const takes = hasSizes ? size : 1
      let rest = without(visitor, key)
      if (takes <= capacity) {
        const room = capacity - takes
        while (rest.reduce((sum, kept) => sum + kept.takes, 0) > room) rest = rest.slice(1)
        rest = [...rest, { key, stored: now, takes }]
      }
      all.set(visitor, rest)
    },
  }
}

test.each([
  [4, false],
  [100, true],
])('whatever is asked, kept and dropped, with %i and sizes %s', (capacity, hasSizes) => {
  const settings = { capacity, hasSizes, ttl: 40 }
  const real = privateCaches()
  const simple = naive(capacity, hasSizes, 40)
  const random = stream('private', String(capacity))
  for (let now = 0; now < 6000; now++) {
    const visitor = below(random, 5) - 2
    const key = below(random, 12)
    const stored = askPrivate(real, settings, visitor, key, now)
    expect(stored).toBe(simple.ask(visitor, key, now))
    if (uniform(random) < 0.1) {
      dropPrivate(real, visitor, key)
      simple.drop(visitor, key)
    } else if (stored < 0 || uniform(random) < 0.1) {
      const size = 1 + below(random, 120)
      keepPrivate(real, settings, visitor, key, size, now)
      simple.keep(visitor, key, size, now)
    }
  }
  expect(real.objects.size).toBeLessThanOrEqual(5 * 12)
})
