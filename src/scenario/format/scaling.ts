/** `scaling`: Kubernetes' horizontal pod autoscaler; its defaults where nothing is said. */

import type { Scaling } from '../membership.ts'
import { mapped } from '../shapes/collections.ts'
import { durationOf, integerOf, shareOf } from '../shapes/quantity.ts'
import { needed, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain } from '../source/problem-list.ts'
import { MOST_REPLICAS } from './limits.ts'

const number = integerOf({ min: 1, max: MOST_REPLICAS })

export const scaling: Shape<Scaling> = mapped(
  record(
    {
      min: standard(number, 'Never fewer replicas.', 1),
      max: needed(number, 'Never more; there is room for so many.'),
      target: standard(
        shareOf({ min: 0, above: true, max: 1 }),
        'The share of their slots that shall be busy, averaged over the time between two decisions.',
        '70%',
      ),
      sync: standard(durationOf({ min: 1e8, bare: 's' }), 'From one decision to the next.', '15s'),
      tolerance: standard(
        shareOf({ max: 1 }),
        'Nothing is done while the load is not further from the target than this.',
        '10%',
      ),
      stabiliseDown: standard(
        durationOf({ bare: 's' }),
        'Before replicas are taken away, the highest wish of so long a time counts.',
        '300s',
      ),
      stabiliseUp: standard(
        durationOf({ bare: 's' }),
        'Before replicas are added, the lowest wish of so long a time counts.',
        '0s',
      ),
      readinessDelay: standard(
        durationOf({ bare: 's' }),
        'A replica that is not ready and younger than this is taken for idle when more are wanted.',
        '30s',
      ),
    },
    { of: 'scaling', later: ['policy', 'schedule', 'cooldown', 'metric'] },
  ),
  (read, tree, spot): Scaling | undefined =>
    read.min <= read.max
      ? read
      : complain(spot, tree.place, `at least ${read.min} replicas and at most ${read.max} cannot be`),
)
