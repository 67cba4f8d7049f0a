/** A replica's condition: how fast it works, and what a change of that does to the calls it is serving. */

import { round } from '../base/round.ts'
import { cancel, dueAt, NO_TIMER } from '../engine/event-queue.ts'
import type { Cluster } from './cluster.ts'
import { PHASE_SERVICE } from './facts.ts'
import { loseKept } from './kept-connections.ts'
import { callsAt, NODE_INT, NODE_NUM, RATE, SET_UP_TIMER, SLEEP } from './nodes.ts'
import { ASLEEP, AWAKE, planEnd } from './replica.ts'
import { setSharedRate } from './sharing.ts'
import { TIMER, WORK } from './tables.ts'
import { loseConnections } from './transport.ts'

/** Changes how fast it works from now on; what is being served goes on with the work that is left. */
export function setRate(c: Cluster, node: number, rate: number): void {
  const at = (node << NODE_NUM) + RATE
  const before = c.nodes.num[at]!
  if (before === rate) return
  if (c.fixed.tierOf[node]!.isShared) {
    setSharedRate(c, node, rate)
    return
  }
  c.nodes.num[at] = rate
  for (const call of callsAt(c.calls, node, PHASE_SERVICE)) {
    const timer = c.calls.num[(call << 2) | TIMER]!
    const left =
      before === 0 ? c.calls.num[(call << 2) | WORK]! : round((dueAt(c.queue, timer) - c.now) * before)
    cancel(c.queue, timer)
    planEnd(c, call, left, rate)
  }
}

/** A crash also ends a set-up and all connections; what is left is an idle replica that sleeps, if its tier has set-up times. */
export function lieDown(c: Cluster, node: number): void {
  const timer = (node << NODE_NUM) + SET_UP_TIMER
  cancel(c.queue, c.nodes.num[timer]!)
  c.nodes.num[timer] = NO_TIMER
  c.nodes.int[(node << NODE_INT) | SLEEP] = c.fixed.tierOf[node]!.setUp === undefined ? AWAKE : ASLEEP
  loseConnections(c, node)
  loseKept(c, node)
}
