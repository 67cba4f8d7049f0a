/** `cache`: what the replicas of a tier keep of the answers that pass through them; `none`: nothing. */

import { CACHING_RULES } from '../../policies/caching/settings.ts'
import { evictions } from '../../policies/eviction/index.ts'
import { type CacheSettings, WRITE_EFFECTS } from '../cache.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf, yesOrNo } from '../shapes/plain.ts'
import { policyOf } from '../shapes/policy.ts'
import { durationOf, integerOf, shareOf, sizeOf } from '../shapes/quantity.ts'
import { needed, optional, type RecordOf, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { type Entry, lookUp, type Tree } from '../source/tree.ts'
import { refuseWithoutEffect } from './without-effect.ts'

const MOST_OBJECTS = 10_000_000

interface Capacity {
  readonly capacity: number
  readonly hasSizes: boolean
}

const none = choiceOf(['none'], 'settings')

const objects = mapped(
  integerOf({ min: 1, max: MOST_OBJECTS }),
  (n): Capacity => ({ capacity: n, hasSizes: false }),
)
const bytes = mapped(sizeOf({ min: 1 }), (n): Capacity => ({ capacity: n, hasSizes: true }))
export const capacity: Shape<Capacity> = {
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

const effect = choiceOf(WRITE_EFFECTS, 'an effect of writes')
const writes: Shape<NonNullable<CacheSettings['writes']>> = eitherOf(
  'what writes do is needed, such as invalidate, or a map',
  {
    scalar: mapped(effect, (chosen) => ({ effect: chosen })),
    map: mapped(
      record(
        {
          effect: standard(
            effect,
            'invalidate: it is taken out; update: it is made new (write-through); none: it stays as it is.',
            'invalidate',
          ),
          delay: optional(
            distributionOf('duration'),
            'How long until the other replicas of the tier have done the same; left out, they never hear of it.',
          ),
        },
        { of: 'writes' },
      ),
      ({ effect: chosen, delay }) => ({ effect: chosen, ...(delay === undefined ? {} : { delay }) }),
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
    'How long beyond its ttl an object is served while it is fetched in the background (stale-while-revalidate). Beside a service that fetch takes a slot there, as any request.',
    '0s',
  ),
  staleIfError: standard(
    seconds,
    'How long beyond its ttl an object is served when its fetch has failed.',
    '0s',
  ),
  keep: standard(
    seconds,
    'How long beyond ttl and grace an object stays, so that its origin need only say whether it has changed; with `notModified`.',
    '0s',
  ),
  notModified: optional(
    shareOf(),
    'What it costs to learn that an object held has not changed (304), as a share of the work in the tiers behind; left out, every fetch is a full one.',
  ),
  negative: standard(seconds, 'How long an error is kept, and given to all who ask.', '0s'),
  coalesce: standard(
    yesOrNo,
    'True: who misses while the object is being fetched waits for that fetch; beside a service, in no slot.',
    true,
  ),
  hitForMiss: optional(
    seconds,
    'How long after an answer that must not be kept nobody waits for another; 120s with rule: varnish, else none.',
  ),
  hitForPass: optional(
    seconds,
    'How long after an answer that must not be kept all requests for it pass by, whatever they bring; in place of hitForMiss.',
  ),
  lockTimeout: standard(seconds, 'With rule: nginx: how long one waits for a fetch at most.', '5s'),
  minUses: standard(
    integerOf({ min: 1, max: 1000 }),
    'A key is kept from this time on that it is asked for.',
    1,
  ),
  inactive: optional(
    durationOf({ min: 0, above: true, bare: 's' }),
    'An object that nobody has asked for during this time goes, fresh or not; left out, that is no matter.',
  ),
  admission: standard(shareOf(), 'Share of new objects that are let in, by chance.', 1),
  maxSize: optional(sizeOf({ min: 1 }), 'Larger objects are not kept.'),
  uncacheable: standard(shareOf(), 'Share of keys whose answers must not be kept.', 0),
  bypass: standard(
    shareOf(),
    'Share of requests that go past the cache, as those with a cookie: neither looked up nor kept.',
    0,
  ),
  variants: standard(
    integerOf({ min: 1, max: 1000 }),
    'How many variants of each object there are (Vary); a visitor always wants the same.',
    1,
  ),
  writes: optional(
    writes,
    'What requests that change something (`requests.writes`) do to what is held of their object; they always go past. Left out: invalidate by the standard rule, none by those of varnish and nginx.',
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
  entries: readonly (readonly [string, { readonly cache?: CacheSettings | 'none' | undefined }, Entry])[],
  spot: Spot,
): void {
  const all = entries.filter(([, { cache }]) => cache !== undefined && cache !== 'none')
  const beyond = all[MOST_CACHES]
  if (beyond) {
    const place = lookUp(beyond[2].value, 'cache')?.place ?? beyond[2].place
    complain(within(within(spot, beyond[0]), 'cache'), place, `at most ${MOST_CACHES} tiers can have a cache`)
  }
  const last = entries.at(-1)
  if (last === undefined) return
  const [id, { cache }, entry] = last
  if (cache === undefined || cache === 'none' || cache.at !== 'tier') return
  const at = within(within(spot, id), 'cache')
  complain(
    at,
    lookUp(entry.value, 'cache')?.place ?? entry.place,
    'a cache stands in front of the next tier, and there is none; with at: sidecar it stands in front of its own service',
  )
}

const settings: Shape<CacheSettings> = mapped(
  record(fields, { of: 'a cache', named: 'cache' }),
  (read, tree, spot): CacheSettings | undefined => {
    if (!isInOrder(read, tree, spot)) return undefined
    if (read.rule !== 'nginx') {
      const why = `does nothing with rule: ${read.rule}, where one waits for a fetch until it ends`
      refuseWithoutEffect(tree, 'lockTimeout', why, 'leave it out, or say rule: nginx', spot)
    }
    const {
      capacity,
      hitForMiss,
      hitForPass,
      keep,
      notModified,
      admission,
      maxSize,
      bypass,
      inactive,
      ...rest
    } = read
    const { updates, invalidation, writes, ...standing } = rest
    return {
      ...standing,
      ...capacity,
      hitForMiss: hitForMiss ?? (rest.rule === 'varnish' && hitForPass === undefined ? 120e9 : 0),
      ...(hitForPass ? { hitForPass } : {}),
      ...(keep > 0 ? { keep } : {}),
      ...(notModified === undefined ? {} : { notModified }),
      ...(admission < 1 ? { admission } : {}),
      ...(maxSize === undefined ? {} : { maxSize }),
      ...(bypass > 0 ? { bypass } : {}),
      ...(inactive === undefined ? {} : { inactive }),
      ...(writes === undefined ? {} : { writes }),
      ...(updates === undefined ? {} : { updates }),
      ...(invalidation === undefined ? {} : { invalidation }),
    }
  },
)

/** Settings that go together, or do not. */
function isInOrder(read: RecordOf<typeof fields>, tree: Tree, spot: Spot): boolean {
  const wrong: readonly (readonly [boolean, keyof typeof fields, string])[] = [
    [
      read.keep > 0 && read.notModified === undefined,
      'keep',
      'needs "notModified", such as notModified: 10%; otherwise nothing is gained by what is kept',
    ],
    [
      Boolean(read.hitForMiss) && Boolean(read.hitForPass),
      'hitForPass',
      'stands in the place of "hitForMiss"; only one of them can be there',
    ],
  ]
  for (const [isWrong, key, why] of wrong) {
    if (isWrong) complain(within(spot, key), lookUp(tree, key)?.place ?? tree.place, `"${key}" ${why}`)
  }
  return wrong.every(([isWrong]) => !isWrong)
}

/** `none` is as if nothing were written: for variants. */
export const cache: Shape<CacheSettings | 'none'> = eitherOf<CacheSettings | 'none'>(
  'a cache is needed, such as { capacity: 4000, ttl: 2m }, or none',
  { scalar: none, map: settings },
)
