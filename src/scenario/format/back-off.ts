/** What retries of clients and of balancers have in common: causes, pauses, budgets. */

import { type BackOff, jitters } from '../../policies/resilience/back-off.ts'
import { budgets } from '../../policies/resilience/budgets/index.ts'
import { CAUSES } from '../../policies/resilience/conditions.ts'
import { listOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf } from '../shapes/plain.ts'
import { policyOf } from '../shapes/policy.ts'
import { durationOf, integerOf, numberOf } from '../shapes/quantity.ts'
import { record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'

const MOST_TRIES = 100
/** Longer pauses would be lost in a double. */
const MOST_PAUSE = 8.64e13

/** Tries in all. */
export const attempts = integerOf({ min: 1, max: MOST_TRIES })

/** A time that a try may take. */
export const tryTimeout = durationOf({ min: 0, above: true, max: MOST_PAUSE })

export const causes = listOf(choiceOf(CAUSES, 'a cause to try again'), {
  of: 'causes to try again',
  least: 1,
  most: CAUSES.length,
})

export const backOff: Shape<BackOff> = mapped(
  record(
    {
      jitter: standard(choiceOf(jitters.names, 'a jitter'), 'How a pause is spread by chance.', 'full'),
      base: standard(durationOf({ max: MOST_PAUSE }), 'The pause before the second try.', '100ms'),
      max: standard(durationOf({ max: MOST_PAUSE }), 'No pause is longer.', '10s'),
      factor: standard(
        numberOf({ min: 1, max: 100 }),
        'What a pause is multiplied by from one try to the next.',
        2,
      ),
    },
    { of: 'backoff' },
  ),
  (read): BackOff => read,
)

export const budget = policyOf({
  registry: budgets,
  measure: 'number',
  distributionOf,
  named: 'retry-budget',
})
