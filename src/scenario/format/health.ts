/** `health`: how each balancer finds out about each replica; `failures`: what strikes replicas at random. */

import type { Chosen } from '../../policies/policy.ts'
import type { RandomFailures } from '../scenario.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf, integerOf } from '../shapes/quantity.ts'
import { needed, optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'

/** Defaults as in HAProxy 2.8 (inter 2s, rise 2, fall 3); the timeout is our own. */
const active = record(
  {
    interval: standard(durationOf({ min: 1e6, bare: 's' }), 'Time from one probe to the next.', '2s'),
    timeout: standard(
      durationOf({ min: 0, above: true }),
      'A probe unanswered for this long has failed.',
      '1s',
    ),
    fall: standard(integerOf({ min: 1, max: 1000 }), 'Failures in a row that take a replica out.', 3),
    rise: standard(integerOf({ min: 1, max: 1000 }), 'Passes in a row that bring it back.', 2),
  },
  { of: 'active checks', later: ['path', 'start', 'fastInterval', 'downInterval', 'port'] },
)

export const health = record(
  { active: optional(active, 'Probes that each balancer sends to each replica.') },
  { of: 'health', later: ['passive', 'readiness', 'liveness', 'startUp', 'outliers', 'agent', 'panic'] },
)

/** A bare duration is the mean of an exponential time, as MTTF and MTTR always are. */
const timeTo: Shape<Chosen> = eitherOf('a duration or a distribution of durations is needed, such as 10m', {
  scalar: mapped(
    durationOf({ min: 1e6, bare: 's' }),
    (mean): Chosen => ({ policy: 'exponential', params: { mean } }),
  ),
  map: distributionOf('duration'),
})

export const failures: Shape<RandomFailures> = mapped(
  record(
    {
      mttf: needed(
        timeTo,
        'Time from recovery to the next failure: the mean of an exponential, or a distribution.',
      ),
      mttr: needed(timeTo, 'Time from failure to recovery: the mean of an exponential, or a distribution.'),
      as: standard(
        choiceOf(['crash', 'hang'], 'a way to fail'),
        'What a failure does to the replica.',
        'crash',
      ),
    },
    { of: 'failures' },
  ),
  ({ mttf, mttr, as }): RandomFailures => ({ upTime: mttf, downTime: mttr, as }),
)
