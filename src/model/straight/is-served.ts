/** The straight way out: from the end of a service to the client, and the next in the queue begins (see goes-straight.ts). */

import { cancel, NO_TIMER, schedule } from '../../engine/event-queue.ts'
import { record } from '../../engine/fact-log.ts'
import { replied } from '../../policies/upstream/choose.ts'
import { answer } from '../clients.ts'
import { type Cluster, draw } from '../cluster.ts'
import { REPLY_ARRIVES, SERVICE_ENDS } from '../event-kinds.ts'
import { HEALTH_CRASHED, OK, PHASE_SERVICE, REPLIED, SETTLED, STARTED, WAITED } from '../facts.ts'
import {
  BUSY,
  FIRST_WAITING,
  HEALTH,
  LAST_WAITING,
  NODE_INT,
  NODE_NUM,
  RATE,
  SLOTS,
  WAITING,
} from '../nodes.ts'
import { serviceEnds, startNext } from '../replica.ts'
import {
  BORN,
  CLIENT,
  DEMAND,
  freeCall,
  freeRequest,
  HOLDS,
  IS_SETTLED,
  NEXT,
  NIL,
  NODE,
  PARENT,
  PHASE,
  PHASE_OUT,
  PREVIOUS,
  REQUEST,
  SENT_AT,
  SERIAL,
  SINCE,
  TIMEOUT,
  TIMER,
  TOP_CALL,
  WAITED_FOR,
} from '../tables.ts'

/** A service is done: the answer goes back as far as it gets in this instant, and the next one begins. */
export function isServed(c: Cluster, call: number): void {
  const { fixed, outside, now } = c
  const { int: cs, num: times } = c.calls
  const b = call << 3
  const d = call << 2
  const request = cs[b | REQUEST]!
  const { int, num, stride } = c.requests
  const i = request << 3
  const client = int[i | CLIENT]!
  const tier = fixed.tiers[0]!
  if (
    client < 0 ||
    fixed.straight[client] === 0 ||
    cs[b | PARENT] !== NIL ||
    int[i | IS_SETTLED] !== 0 ||
    !tier.isLast ||
    outside.ways !== undefined ||
    outside.deploys !== undefined
  ) {
    serviceEnds(c, call)
    return
  }
  const { log } = fixed
  const node = cs[b | NODE]!
  const r = request * stride
  const serial = num[r + SERIAL]!
  c.nodes.int[(node << NODE_INT) | BUSY]!--
  const way = draw(tier.latency, c.tiers[0]!.latency)
  record(log, now, REPLIED + ((OK + 16 * PHASE_SERVICE) << 8), node, serial, now + way)
  if (way !== 0) {
    cs[b | PHASE] = PHASE_OUT
    times[d | SINCE] = now
    times[d | TIMER] = schedule(c.queue, now + way, REPLY_ARRIVES, call, OK)
  } else {
    replied(c.pools[0]!.upstream, node, now - times[d | SENT_AT]!, false, now)
    freeCall(c.calls, call)
    int[i | TOP_CALL] = NIL
    if (fixed.clients[client]!.latency.constant !== 0) answer(c, request, OK)
    else {
      int[i | IS_SETTLED] = 1
      c.requests.open--
      const timeout = num[r + TIMEOUT]!
      if (timeout !== NO_TIMER) cancel(c.queue, timeout)
      const waited = num[r + WAITED_FOR]!
      if (waited > 0) record(log, now, WAITED, client, serial, waited)
      record(log, now, SETTLED + (OK << 8), client, serial, now - num[r + BORN]!)
    }
    int[i | HOLDS]!--
    if (int[i | HOLDS] === 0 && int[i | IS_SETTLED] === 1) freeRequest(c.requests, request)
  }
  beginNext(c, node)
}

/** The first in the queue takes the slot that has become free. */
function beginNext(c: Cluster, node: number): void {
  const { int: nodes, num: rates } = c.nodes
  const n = node << NODE_INT
  const waiting = nodes[n | WAITING]!
  if (waiting === 0) return
  if (
    nodes[n | BUSY] !== nodes[n | SLOTS]! - 1 ||
    nodes[n | HEALTH] === HEALTH_CRASHED ||
    rates[(node << NODE_NUM) | RATE] !== 1
  ) {
    startNext(c, node)
    return
  }
  const { int: cs, num: times } = c.calls
  const { int, num, stride } = c.requests
  const { now } = c
  const call = nodes[n | FIRST_WAITING]!
  const b = call << 3
  const d = call << 2
  const after = cs[b | NEXT]!
  nodes[n | FIRST_WAITING] = after
  if (after === NIL) nodes[n | LAST_WAITING] = NIL
  else cs[(after << 3) | PREVIOUS] = NIL
  nodes[n | WAITING] = waiting - 1
  nodes[n | BUSY]!++
  const request = cs[b | REQUEST]!
  const r = request * stride
  const waited = now - times[d | SINCE]!
  cs[b | PHASE] = PHASE_SERVICE
  times[d | SINCE] = now
  if (waited > 0 && int[(request << 3) | IS_SETTLED] === 0) num[r + WAITED_FOR]! += waited
  record(c.fixed.log, now, STARTED + 256, node, num[r + SERIAL]!, waited)
  times[d | TIMER] = schedule(c.queue, now + num[r + DEMAND]!, SERVICE_ENDS, call, 0)
}
