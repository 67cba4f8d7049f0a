/** `pool` of a tier: the connections that balancers keep to its replicas. */

import type { Structure } from '../scenario.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf, integerOf } from '../shapes/quantity.ts'
import { optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { type Entry, lookUp, type Tree } from '../source/tree.ts'
import type { ConnectionPool } from '../transport.ts'
import { MOST_SLOTS } from './limits.ts'

/** What a file says of a pool, and of those who wait for it. */
export interface PoolAndLine {
  readonly pool: ConnectionPool
  readonly line?: NonNullable<Structure['line']>
}

const count = integerOf({ min: 1, max: MOST_SLOTS })

const map: Shape<PoolAndLine> = mapped(
  record(
    {
      idle: standard(
        durationOf({ bare: 's' }),
        'How long a connection without requests is kept; 0s: it is closed with the answer.',
        '60s',
      ),
      kept: optional(
        integerOf({ max: MOST_SLOTS }),
        'Connections without requests that a balancer keeps to each replica; all when left out. (nginx’ keepalive is for all replicas together.)',
      ),
      requests: optional(count, 'A connection is closed after so many requests.'),
      streams: standard(
        integerOf({ min: 1, max: 1_000_000 }),
        'Requests that a connection carries at once: 1 as in HTTP/1.1, more as in HTTP/2.',
        1,
      ),
      size: optional(
        count,
        'Connections that a balancer has to a replica at once; any number when left out.',
      ),
      queue: standard(
        integerOf({ max: MOST_SLOTS }),
        'With `size`: requests that may wait at a balancer while the pools to all replicas are busy; more are turned away.',
        1024,
      ),
      wait: optional(
        durationOf({ min: 0, above: true, bare: 's' }),
        'How long a request waits there; for ever when left out.',
      ),
    },
    { of: 'a pool', belongs: { wait: ['size'] } },
  ),
  ({ idle, kept, requests, streams, size, queue, wait }, tree, spot) => {
    if (size === undefined) refuseWaiting(tree, spot)
    return {
      pool: {
        idle,
        streams,
        ...(kept === undefined ? {} : { kept }),
        ...(requests === undefined ? {} : { requests }),
        ...(size === undefined ? {} : { size }),
      },
      ...(size !== undefined && queue > 0
        ? { line: { length: queue, ...(wait ? { timeout: wait } : {}) } }
        : {}),
    }
  },
)

/** `none` is as if nothing were written: for variants. */
export const pool: Shape<PoolAndLine | 'none'> = eitherOf<PoolAndLine | 'none'>('a pool or none is needed', {
  scalar: choiceOf(['none'], 'settings'),
  map,
})

/** Nobody waits where there can be any number of connections. */
function refuseWaiting(tree: Tree, spot: Spot): void {
  for (const key of ['queue', 'wait']) {
    const given = lookUp(tree, key)
    if (given) complain(within(spot, key), given.place, `"${key}" is of a pool with a "size"`)
  }
}

/** Who opens connections to a tier, and how many requests a replica may have, is said once. */
export function refuseTwice(
  entries: readonly (readonly [string, { readonly pool: PoolAndLine | 'none' | undefined }, Entry])[],
  spot: Spot,
): void {
  for (const [id, { pool: given }, { value }] of entries) {
    if (given === undefined || given === 'none') continue
    const connections = lookUp(value, 'connections')
    const limit = given.pool.size === undefined ? undefined : lookUp(value, 'maxConnections')
    const isNone = connections?.kind === 'scalar' && connections.value === 'none'
    if (connections && !isNone) {
      const message = 'balancers open the connections to this tier ("pool"); "connections" are of visitors'
      complain(within(within(spot, id), 'connections'), connections.place, message)
    }
    if (limit) {
      const message = '"pool" has a "size", which says how many requests a replica may have: leave one out'
      complain(within(within(spot, id), 'maxConnections'), limit.place, message)
    }
  }
}
