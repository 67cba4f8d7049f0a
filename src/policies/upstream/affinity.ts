/**
 * Session affinity: a client's later requests go where its first one went. Here is what is decided; who
 * carries the knowledge is the caller's (a cookie) or a stick table's (stick-table.ts).
 *
 * Source: HAProxy 2.6.12, `cookie insert` and `stick on`, as measured: a replica that drains, has no weight
 * left or is a backup is honoured; one that is down or in maintenance is not, and the client is sent
 * elsewhere and stays there. A dead replica that is not yet marked still gets its clients, and refuses them.
 */

import type { Asked } from '../balancing/strategy.ts'
import { choose, NOBODY } from './choose.ts'
import { NIL } from './line.ts'
import type { Affinity } from './settings.ts'
import { CLOSED } from './standing.ts'
import type { Upstream } from './upstream.ts'

type Rules = Pick<Affinity, 'onFailure' | 'afterRecovery'>

/**
 * The replica for a request of a client that sticks to one, or what `choose` gives in its place.
 * @param stuckTo the replica of its cookie or entry; NIL when it has none, or one that names nobody
 */
export function chooseFor(rules: Rules, u: Upstream, asked: Asked, now: number, stuckTo: number): number {
  if (rules.onFailure === 'break' && stuckTo !== NIL && (u.out[stuckTo]! & CLOSED) !== 0) return NOBODY
  return choose(u, asked, now, stuckTo)
}

/**
 * Whether a request that was sent to `replica` makes its client stick there from now on: a new cookie is set,
 * an entry is made or overwritten.
 * @param stuckTo what the request came with
 */
export function isNews(rules: Rules, stuckTo: number, replica: number): boolean {
  return stuckTo === NIL || (stuckTo !== replica && rules.afterRecovery === 'stay')
}
