/** `sessions`: of clients, the requests that a visitor makes one after the other; of a tier, what it must know of them. */

import type { Outage, SessionState, Sessions } from '../scenario.ts'
import { eitherOf, listOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf } from '../shapes/quantity.ts'
import { needed, optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { refuseWithoutEffect } from './without-effect.ts'

const MOST_OUTAGES = 1000

export const sessions: Shape<Sessions> = record(
  {
    requests: standard(distributionOf('number'), 'How many requests a session has; rounded, at least 1.', {
      geometric: { mean: 10 },
    }),
    thinkTime: standard(distributionOf('duration'), 'Time from an answer to the next request.', {
      exponential: { mean: '3s' },
    }),
  },
  { of: 'sessions', later: ['abandonment', 'login', 'pages'] },
)

const outage: Shape<Outage> = mapped(
  record(
    {
      from: needed(durationOf({ bare: 's' }), 'When it begins, from the start of the run.'),
      for: needed(durationOf({ min: 0, above: true, bare: 's' }), 'How long it lasts.'),
    },
    { of: 'an outage' },
  ),
  ({ from, for: length }): Outage => ({ from, to: from + length }),
)

/** When something does not answer. */
export const outages: Shape<readonly Outage[]> = listOf(outage, { of: 'outages', most: MOST_OUTAGES })

const store = record(
  {
    latency: standard(
      distributionOf('duration'),
      'Time for which each request is at its replica for longer, while the replica waits for the store.',
      '1ms',
    ),
    outages: standard(outages, 'When it does not answer: every request that needs it fails.', []),
  },
  { of: 'a store', later: ['replicas', 'capacity', 'failures'] },
)

const state = choiceOf(['replica', 'store', 'none'], 'a place for what is known of a session')
const rebuild = distributionOf('duration')
const STANDARD_REBUILD = { policy: 'constant', params: { value: 1e8 } } as const
const STANDARD_LATENCY = { policy: 'constant', params: { value: 1e6 } } as const

const map = record(
  {
    state: standard(
      state,
      'Where what is known of a session lives: in the replica that served it last, in a store that all replicas share, or nowhere.',
      'replica',
    ),
    onLoss: standard(
      choiceOf(['error', 'login', 'rebuild'], 'what can come of a lost session'),
      'When it is lost: the request fails; the user logs in anew, which is more work; or the replica works it out again, likewise.',
      'login',
    ),
    rebuild: optional(
      rebuild,
      'That work, in time at speed 1, on top of the request; 100ms when left out. Used with onLoss: login and rebuild.',
    ),
    store: optional(store, 'The store that all replicas share. Used with state: store.'),
  },
  { of: 'sessions' },
)

/** Of a tier. */
export const sessionState: Shape<SessionState> = eitherOf('replica, store or none is needed, or a map', {
  scalar: mapped(state, (where) => whole({ state: where })),
  map: mapped(map, (read, tree, spot): SessionState => {
    const { state: where, onLoss, rebuild: work, store: shared } = read
    if (onLoss === 'error') {
      const why = 'does nothing with onLoss: error, where the request fails'
      refuseWithoutEffect(tree, 'rebuild', why, 'leave it out, or say onLoss: login or rebuild', spot)
    }
    return whole({
      state: where,
      onLoss,
      ...(work ? { rebuild: work } : {}),
      ...(shared ? { store: shared } : {}),
    })
  }),
})

function whole(given: Partial<SessionState> & Pick<SessionState, 'state'>): SessionState {
  const { state: where, onLoss = 'login', rebuild: work = STANDARD_REBUILD } = given
  const { store: shared = { latency: STANDARD_LATENCY, outages: [] } } = given
  return { state: where, onLoss, rebuild: work, ...(where === 'store' ? { store: shared } : {}) }
}
