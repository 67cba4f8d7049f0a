/** `connections` and `tls` of a tier: what it takes to reach its replicas. */

import { eitherOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf, integerOf, shareOf } from '../shapes/quantity.ts'
import { optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import type { Connections, Tls } from '../transport.ts'
import { MOST_SLOTS } from './limits.ts'

const count = integerOf({ min: 1, max: MOST_SLOTS })

const none = choiceOf(['none'], 'settings')

const connectionsMap: Shape<Connections> = mapped(
  record(
    {
      idle: standard(
        durationOf({ bare: 's' }),
        'How long a connection without requests is kept; 0s: it is closed with the answer.',
        '75s',
      ),
      requests: optional(count, 'A connection is closed after so many requests.'),
      streams: standard(
        integerOf({ min: 1, max: 1_000_000 }),
        'Requests that a connection carries at once: 1 as in HTTP/1.1, more as in HTTP/2.',
        1,
      ),
      perReplica: optional(count, 'Connections that a replica has at once; further ones are turned away.'),
      headerTimeout: standard(
        durationOf({ min: 1e6, bare: 's' }),
        'How long a replica waits for the whole of a request. Only clients with `sending` take any time for it.',
        '60s',
      ),
    },
    { of: 'connections', later: ['evictIdle'] },
  ),
  ({ requests, perReplica: perNode, headerTimeout: patience, ...rest }): Connections => ({
    ...rest,
    patience,
    ...(requests === undefined ? {} : { requests }),
    ...(perNode === undefined ? {} : { perNode }),
  }),
)

const tlsMap: Shape<Tls> = mapped(
  record(
    {
      handshake: standard(
        distributionOf('duration'),
        'Work of a full handshake at the replica, in time at speed 1.',
        '1.5ms',
      ),
      resumed: standard(distributionOf('duration'), 'Work of a handshake that resumes a session.', '0.2ms'),
      resumption: optional(shareOf({ max: 1 }), 'The share of new connections that resume.'),
      tickets: optional(
        durationOf({ min: 1e6, bare: 's' }),
        'A visitor, or a balancer, resumes for so long after its last handshake with this tier.',
      ),
      ticketKeys: standard(
        choiceOf(['shared', 'replica'], 'whose tickets can be valid'),
        'Whose tickets a replica accepts: those of all replicas, or only its own, until it crashes.',
        'shared',
      ),
    },
    { of: 'tls', either: [['resumption', 'tickets']], later: ['earlyData', 'version'] },
  ),
  ({ handshake, resumed, resumption, tickets, ticketKeys }): Tls => ({
    handshake,
    resumed,
    ...(resumption === undefined ? {} : { resumption }),
    ...(tickets === undefined ? {} : { tickets }),
    ...(ticketKeys === 'replica' ? { ticketKeys } : {}),
  }),
)

/** `none` is as if nothing were written: for variants. */
export const nodeConnections: Shape<Connections | 'none'> = eitherOf<Connections | 'none'>(
  'connections or none are needed',
  {
    scalar: none,
    map: connectionsMap,
  },
)

export const tls: Shape<Tls | 'none'> = eitherOf<Tls | 'none'>('tls or none is needed', {
  scalar: none,
  map: tlsMap,
})
