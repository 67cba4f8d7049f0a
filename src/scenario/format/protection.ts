/** How a replica protects itself from its load: `shed`, `limit`, `dropLate`, and settings of two disciplines. */

import type { Codel } from '../../policies/resilience/codel.ts'
import { adaptiveLimits } from '../../policies/resilience/limits/index.ts'
import { sheddings } from '../../policies/resilience/shedding/index.ts'
import type { Protection } from '../resilience.ts'
import { mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { yesOrNo } from '../shapes/plain.ts'
import { policyOf } from '../shapes/policy.ts'
import { durationOf } from '../shapes/quantity.ts'
import { optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'

const codel: Shape<Codel> = mapped(
  record(
    {
      target: standard(durationOf({ min: 1 }), 'A wait that is short enough.', '5ms'),
      interval: standard(
        durationOf({ min: 1 }),
        'For how long waits must be too long before one is dropped.',
        '100ms',
      ),
    },
    { of: 'codel' },
  ),
  (read): Codel => read,
)

/** Fields of a service. */
export const protectionFields = {
  shed: optional(
    policyOf({ registry: sheddings, measure: 'number', distributionOf, named: 'shedding' }),
    'Which requests a replica turns away at its door because of its load.',
  ),
  limit: optional(
    policyOf({ registry: adaptiveLimits, measure: 'number', distributionOf, named: 'adaptive-limit' }),
    'A limit of requests under way that a replica learns from latencies.',
  ),
  dropLate: standard(
    yesOrNo,
    'True: a request whose client has stopped waiting by then is not begun (deadline propagation).',
    false,
  ),
  codel: optional(codel, 'Of discipline codel.'),
  lifoAfter: optional(
    durationOf({ min: 1 }),
    'Of discipline adaptive-lifo: how long the queue must not have been empty; left out: 100ms.',
  ),
}

interface Read {
  readonly shed: Protection['shed'] | undefined
  readonly limit: Protection['limit'] | undefined
  readonly dropLate: boolean
  readonly codel: Protection['codel'] | undefined
  readonly lifoAfter: Protection['lifoAfter'] | undefined
}

/** Without what is not said. */
export function protectionOf({ shed, limit, dropLate, codel: drops, lifoAfter }: Read): Protection {
  return {
    ...(shed ? { shed } : {}),
    ...(limit ? { limit } : {}),
    ...(dropLate ? { dropsLate: true } : {}),
    ...(drops ? { codel: drops } : {}),
    ...(lifoAfter === undefined ? {} : { lifoAfter }),
  }
}
