/** `connections` of a population: for how long the requests of a visitor lead the same way. */

import type { ConnectionLife } from '../scenario.ts'
import { mapped } from '../shapes/collections.ts'
import { durationOf, integerOf } from '../shapes/quantity.ts'
import { optional, record } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain } from '../source/problem-list.ts'
import { MOST_SLOTS } from './limits.ts'

export const connections: Shape<ConnectionLife> = mapped(
  record(
    {
      requests: optional(
        integerOf({ min: 1, max: MOST_SLOTS }),
        'A connection is closed after so many requests.',
      ),
      lifetime: optional(durationOf({ min: 0, above: true, bare: 's' }), 'It is closed when it is so old.'),
    },
    { of: 'connections', later: ['idle', 'perVisitor', 'tls', 'protocol'] },
  ),
  ({ requests, lifetime }, tree, spot) => {
    if (requests === undefined && lifetime === undefined) {
      return complain(spot, tree.place, 'connections need "requests", "lifetime" or both')
    }
    return { ...(requests ? { requests } : {}), ...(lifetime ? { lifetime } : {}) }
  },
)
