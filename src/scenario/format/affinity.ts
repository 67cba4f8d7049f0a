/** `affinity`: how a client's later requests find the replica of its first one. `cookie` is short for `{ by: cookie }`; `none` takes it away in a variant. */

import type { Affinity } from '../../policies/upstream/settings.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf, integerOf } from '../shapes/quantity.ts'
import { needed, optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { type Entry, lookUp, type Tree } from '../source/tree.ts'
import { MOST_SLOTS } from './limits.ts'

/** Entries of a table that says nothing of its size. */
const STANDARD_SIZE = 100_000

const KINDS = ['cookie', 'app-cookie', 'header', 'source', 'key'] as const

const by = choiceOf(KINDS, 'something that a client can be known by')
const byOrNone = choiceOf(['none', ...KINDS], 'something that a client can be known by')

const map = record(
  {
    by: needed(
      by,
      'cookie: the balancer gives the client one; app-cookie: it learns the session that the application gives; header, source, key: it remembers who sent the client header, which address, or what was asked for.',
    ),
    onFailure: standard(
      choiceOf(['rebalance', 'break'], 'what can be done'),
      'When the replica cannot be used any more: choose another one, or fail.',
      'rebalance',
    ),
    afterRecovery: standard(
      choiceOf(['stay', 'return'], 'what can be done'),
      'When it is back: stay with the other one, or return.',
      'stay',
    ),
    expiry: optional(
      durationOf({ min: 0, above: true, bare: 's' }),
      'How long the balancer remembers after the last use; for ever when left out. Not of cookies.',
    ),
    size: optional(
      integerOf({ min: 1, max: MOST_SLOTS }),
      'Clients that a balancer remembers; then the one unused for longest is forgotten. 100000 when left out. Not of cookies.',
    ),
  },
  { of: 'affinity' },
)

export const affinity: Shape<Affinity | 'none'> = eitherOf(
  'cookie, app-cookie, header, source, key or none is needed',
  {
    scalar: mapped(byOrNone, (kind) => (kind === 'none' ? kind : whole({ by: kind }))),
    map: mapped(map, ({ expiry, size, ...rest }, tree, spot) => {
      if (rest.by === 'cookie' && (expiry !== undefined || size !== undefined)) {
        const which = expiry === undefined ? 'size' : 'expiry'
        return complain(spot, tree.place, `"${which}" is of tables; a cookie is kept by the client`)
      }
      return whole({ ...rest, ...(expiry ? { expiry } : {}), ...(size ? { size } : {}) })
    }),
  },
)

interface Read {
  readonly affinity: Affinity | 'none' | undefined
  readonly balancing: { readonly around: { readonly perConnection?: boolean | undefined } }
}

/** A balancer that chooses a replica for a connection has not seen a request yet. */
export function refuseUnseen(
  entries: readonly (readonly [id: string, read: Read, entry: Entry])[],
  tree: Tree,
  spot: Spot,
): void {
  for (const [id, { affinity: given, balancing }, { value }] of entries) {
    if (!given || given === 'none' || given.by === 'source' || !balancing.around.perConnection) continue
    const message = `a replica is chosen for a connection here, before there is a ${given.by}; only source can be seen`
    const place = (lookUp(value, 'affinity') ?? tree).place
    complain(within(within(spot, id), 'affinity'), place, message)
  }
}

function whole(given: Partial<Affinity> & Pick<Affinity, 'by'>): Affinity {
  const size = given.by === 'cookie' ? 0 : STANDARD_SIZE
  return { onFailure: 'rebalance', afterRecovery: 'stay', expiry: 0, size, ...given }
}
