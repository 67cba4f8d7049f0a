/** `cache`: what the replicas of a tier keep of the answers that pass through them. */

import { CACHING_RULES } from '../../policies/caching/settings.ts'
import { evictions } from '../../policies/eviction/index.ts'
import type { CacheSettings } from '../cache.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf, yesOrNo } from '../shapes/plain.ts'
import { policyOf } from '../shapes/policy.ts'
import { durationOf, integerOf, shareOf, sizeOf } from '../shapes/quantity.ts'
import { needed, optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { type Entry, lookUp } from '../source/tree.ts'

const MOST_OBJECTS = 10_000_000

interface Capacity {
  readonly capacity: number
  readonly hasSizes: boolean
}

const objects = mapped(
  integerOf({ min: 1, max: MOST_OBJECTS }),
  (n): Capacity => ({ capacity: n, hasSizes: false }),
)
const bytes = mapped(sizeOf({ min: 1 }), (n): Capacity => ({ capacity: n, hasSizes: true }))
const capacity: Shape<Capacity> = {
  what: 'a number of objects or a size is needed, such as 4000 or 64MiB',
  read: (tree, spot) =>
    tree.kind === 'scalar' && typeof tree.value === 'string'
      ? bytes.read(tree, spot)
      : objects.read(tree, spot),
  schema: (definitions) => ({ anyOf: [objects.schema(definitions), bytes.schema(definitions)] }),
}

const eviction = policyOf({ registry: evictions, measure: 'duration', distributionOf, named: 'eviction' })

const seconds = durationOf({ bare: 's' })
const DELAY = durationOf({ bare: 's' })
const invalidation: Shape<NonNullable<CacheSettings['invalidation']>> = eitherOf(
  'a duration is needed, such as 2s, or a map',
  {
    scalar: mapped(DELAY, (delay) => ({ delay, soft: false })),
    map: record(
      {
        delay: needed(DELAY, 'How long the news takes.'),
        soft: standard(
          yesOrNo,
          'True: the object is old from then on, and still served within grace.',
          false,
        ),
      },
      { of: 'invalidation' },
    ),
  },
)

const fields = {
  at: standard(
    choiceOf(['tier', 'sidecar'], 'a place for a cache'),
    'tier: every replica is a cache in front of the next tier; sidecar: every replica has one in front of its own service, and what it holds skips that.',
    'tier',
  ),
  rule: standard(
    choiceOf(CACHING_RULES, 'a rule for caches'),
    'standard; varnish: an answer that must not be kept leaves a mark, so that nobody waits for the next; nginx: whole seconds, and whoever waits for a fetch looks again every 500ms.',
    'standard',
  ),
  capacity: needed(capacity, 'What each replica can hold: a number of objects, or a size.'),
  eviction: standard(eviction, 'What leaves a full cache.', 'lru'),
  ttl: standard(durationOf({ bare: 's' }), 'How long an object is fresh.', '120s'),
  ttlJitter: standard(shareOf(), 'Up to this share of each ttl is taken off by chance.', 0),
  grace: standard(
    seconds,
    'How long beyond its ttl an object is served while it is fetched in the background (stale-while-revalidate).',
    '0s',
  ),
  staleIfError: standard(
    seconds,
    'How long beyond its ttl an object is served when its fetch has failed.',
    '0s',
  ),
  negative: standard(seconds, 'How long an error is kept, and given to all who ask.', '0s'),
  coalesce: optional(
    yesOrNo,
    'True: who misses while the object is being fetched waits for that fetch. Left out: true for a tier; a sidecar has no such line.',
  ),
  hitForMiss: optional(
    seconds,
    'How long after an answer that must not be kept nobody waits for another; 120s with rule: varnish, else none.',
  ),
  lockTimeout: standard(seconds, 'With rule: nginx: how long one waits for a fetch at most.', '5s'),
  minUses: standard(
    integerOf({ min: 1, max: 1000 }),
    'A key is kept from this time on that it is asked for.',
    1,
  ),
  uncacheable: standard(shareOf(), 'Share of keys whose answers must not be kept.', 0),
  variants: standard(
    integerOf({ min: 1, max: 1000 }),
    'How many variants of each object there are (Vary); a visitor always wants the same.',
    1,
  ),
  updates: optional(
    durationOf({ min: 0, above: true, bare: 's' }),
    'Every object changes at its origin once in so long, at an instant of its own; what is held is old then.',
  ),
  invalidation: optional(
    invalidation,
    'After this delay a change at the origin takes the object out of the cache; left out, nobody tells it.',
  ),
}

/** So many tiers can have one. */
const MOST_CACHES = 8

/** The last tier has nothing behind it that a cache could stand in front of; and there may be too many. */
export function refuseCacheOfNothing(
  entries: readonly (readonly [string, { readonly cache?: CacheSettings | undefined }, Entry])[],
  spot: Spot,
): void {
  const all = entries.filter(([, { cache }]) => cache !== undefined)
  const beyond = all[MOST_CACHES]
  if (beyond) {
    const place = lookUp(beyond[2].value, 'cache')?.place ?? beyond[2].place
    complain(within(within(spot, beyond[0]), 'cache'), place, `at most ${MOST_CACHES} tiers can have a cache`)
  }
  const last = entries.at(-1)
  if (last?.[1].cache?.at !== 'tier') return
  const [id, , entry] = last
  const at = within(within(spot, id), 'cache')
  complain(
    at,
    lookUp(entry.value, 'cache')?.place ?? entry.place,
    'a cache stands in front of the next tier, and there is none; with at: sidecar it stands in front of its own service',
  )
}

export const cache: Shape<CacheSettings> = mapped(
  record(fields, { of: 'a cache', named: 'cache', later: ['admission', 'keep', 'writes', 'bypass'] }),
  (read, tree, spot): CacheSettings | undefined => {
    const { capacity, coalesce, hitForMiss, updates, invalidation, ...rest } = read
    const isSidecar = rest.at === 'sidecar'
    if (isSidecar && coalesce === true) {
      return complain(spot, tree.place, '"coalesce" needs a cache at: tier; a sidecar lets nobody wait')
    }
    if (isSidecar && rest.grace > 0) {
      return complain(spot, tree.place, '"grace" needs a cache at: tier; a sidecar fetches nothing by itself')
    }
    return {
      ...rest,
      ...capacity,
      coalesce: coalesce ?? !isSidecar,
      hitForMiss: hitForMiss ?? (rest.rule === 'varnish' ? 120e9 : 0),
      ...(updates === undefined ? {} : { updates }),
      ...(invalidation === undefined ? {} : { invalidation }),
    }
  },
)
