/** `cache` of a client population: what each visitor keeps of the answers it gets, as browsers do. */

import type { ClientCache } from '../scenario.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf, shareOf } from '../shapes/quantity.ts'
import { needed, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { capacity } from './cache.ts'

const settings: Shape<ClientCache> = mapped(
  record(
    {
      capacity: needed(capacity, 'What each visitor can hold: a number of objects, or a size.'),
      ttl: standard(
        durationOf({ bare: 's' }),
        'How long a visitor uses an object without asking for it again, from when it got it.',
        '60s',
      ),
      latency: standard(
        durationOf({ min: 1 }),
        'How long an answer from the visitor’s own cache takes.',
        '1ms',
      ),
      uncacheable: standard(
        shareOf(),
        'Share of keys whose answers must not be kept; the same keys as in other caches.',
        0,
      ),
    },
    { of: 'a cache of clients', named: 'clientCache' },
  ),
  ({ capacity: room, ...rest }): ClientCache => ({ ...room, ...rest }),
)

/** `none` is as if nothing were written: for variants. */
export const clientCache: Shape<ClientCache | 'none'> = eitherOf<ClientCache | 'none'>(
  'a cache is needed, such as { capacity: 100, ttl: 60s }, or none',
  { scalar: choiceOf(['none'], 'settings'), map: settings },
)
