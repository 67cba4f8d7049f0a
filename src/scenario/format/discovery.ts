/** `discovery`: when balancers hear of replicas that come and go. */

import type { Discovery } from '../membership.ts'
import { mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf } from '../shapes/quantity.ts'
import { record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, within } from '../source/problem-list.ts'
import { lookUp } from '../source/tree.ts'

/** How much longer than it may a client of DNS keeps what it was told. */
export const keptFor = standard(
  durationOf({ bare: 's' }),
  'Of dns: how long it is kept all the same, where that is longer.',
  '0s',
)

export const discovery: Shape<Discovery> = mapped(
  record(
    {
      rule: standard(
        choiceOf(['instant', 'endpoints', 'polling', 'dns'], 'a rule of discovery'),
        'instant: at once; endpoints: each balancer after a delay of its own; polling: when it asks next; dns: when its record has run out.',
        'endpoints',
      ),
      delay: standard(
        distributionOf('duration'),
        'Until a change is known to the balancer, or to whoever it asks.',
        '0s',
      ),
      every: standard(
        durationOf({ min: 1e6, bare: 's' }),
        'Of polling: from one question to the next.',
        '30s',
      ),
      ttl: standard(durationOf({ min: 1e6, bare: 's' }), 'Of dns: how long a record may be kept.', '60s'),
      keptFor,
    },
    { of: 'discovery' },
  ),
  ({ rule, delay, every, ttl, keptFor }, tree, spot): Discovery | undefined => {
    for (const [key, owner] of [
      ['every', 'polling'],
      ['ttl', 'dns'],
      ['keptFor', 'dns'],
    ] as const) {
      const given = lookUp(tree, key)
      if (given && rule !== owner)
        return complain(
          within(spot, key),
          given.place,
          `"${key}" belongs to the rule "${owner}", not to "${rule}"`,
        )
    }
    return { rule, delay, every: rule === 'dns' ? Math.max(ttl, keptFor) : every }
  },
)
