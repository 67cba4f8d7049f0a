/** `lifecycle`: how replicas start and stop; and the room for those that are still to come. */

import type { Lifecycle } from '../membership.ts'
import { mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { yesOrNo } from '../shapes/plain.ts'
import { durationOf } from '../shapes/quantity.ts'
import { record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import type { NamelessReplica } from './replicas.ts'

export const lifecycle: Shape<Lifecycle> = mapped(
  record(
    {
      boot: standard(
        distributionOf('duration'),
        'From the decision until its process runs; then its start-up begins (see `health`).',
        '0s',
      ),
      readiness: standard(
        yesOrNo,
        'True: balancers are told of it when it can serve; false: as soon as its process runs.',
        true,
      ),
      preStop: standard(
        durationOf({ bare: 's' }),
        'How long it goes on as before once it has been decided to stop it.',
        '0s',
      ),
      terminationGrace: standard(
        durationOf({ bare: 's' }),
        'How long after that decision it is killed, whatever it has.',
        '30s',
      ),
    },
    { of: 'lifecycle' },
  ),
  ({ terminationGrace: grace, ...read }): Lifecycle => ({ ...read, grace }),
)

/** The replicas, and after them room for others that are like the last of them. */
export function withSpares(replicas: readonly NamelessReplica[], most: number): readonly NamelessReplica[] {
  const like = replicas.at(-1)!
  const more = Math.max(0, most - replicas.length)
  return [...replicas, ...Array.from({ length: more }, () => ({ ...like, spare: true as const }))]
}
