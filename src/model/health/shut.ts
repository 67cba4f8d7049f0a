/** What HAProxy does with `on-marked-down shutdown-sessions`. */

import { cancel } from '../../engine/event-queue.ts'
import { isBack } from '../answered.ts'
import type { Cluster } from '../cluster.ts'
import { BROKEN, CANCELLED } from '../facts.ts'
import { callOffBelow, endCall } from '../flow.ts'
import { startNext } from '../replica.ts'
import {
  ABANDONED,
  CHECKER,
  CHILD,
  NIL,
  NODE,
  PARENT,
  PHASE,
  PHASE_IN,
  PHASE_LINE,
  PHASE_OUT,
  POOL,
  TIMER,
} from '../tables.ts'
import { noteReply, withdraw } from '../withdraw.ts'

/** A balancer closes its connections to a replica: the requests on them end with an error. */
export function shutSessions(c: Cluster, pool: number, replica: number): void {
  const node = c.pools[pool]!.tier.first + replica
  for (let call = 0; call < c.calls.used; call++) {
    const b = call << 3
    const phase = c.calls.int[b | PHASE]!
    const parent = c.calls.int[b | PARENT]!
    const isSent = phase !== NIL && phase !== PHASE_LINE && parent !== CHECKER && parent !== ABANDONED
    if (!isSent || c.calls.int[b | NODE] !== node || c.calls.int[b | POOL] !== pool) continue
    const child = c.calls.int[b | CHILD]!
    if (child !== NIL) callOffBelow(c, child)
    const isThere = phase !== PHASE_IN && phase !== PHASE_OUT
    if (isThere) noteReply(c, call, node, c.now, CANCELLED, withdraw(c, call, node))
    else cancel(c.queue, c.calls.num[(call << 2) | TIMER]!)
    isBack(c, call, BROKEN)
    endCall(c, call, BROKEN)
    if (isThere) startNext(c, node)
  }
}
