/** What becomes of the calls of a replica that dies, or that comes back from hanging. */

import { endBackground, loseCache } from './cache-fetches.ts'
import { lookAgainAfterHang } from './cache-flow.ts'
import type { Cluster } from './cluster.ts'
import { BROKEN, PHASE_DOWNSTREAM, PHASE_QUEUE, PHASE_SERVICE } from './facts.ts'
import { callOffBelow, reply, returnTo, ways } from './flow.ts'
import { callsAt } from './nodes.ts'
import { BACKGROUND, CHILD, NIL, ORPHAN, PARENT, PHASE_AWAITS, PHASE_HELD, WORK } from './tables.ts'
import { endBackgroundBeside, withdraw } from './withdraw.ts'

/** Everything that a dead replica had is broken off. */
export function breakAll(c: Cluster, node: number): void {
  const { cache } = c.fixed.tierOf[node]!
  if (cache !== undefined) loseCache(c, node, cache)
  for (const phase of [PHASE_HELD, PHASE_QUEUE, PHASE_SERVICE, PHASE_DOWNSTREAM, PHASE_AWAITS]) {
    for (const call of callsAt(c.calls, node, phase)) {
      const child = c.calls.int[(call << 3) | CHILD]!
      if (child >= 0) c.calls.int[(child << 3) | PARENT] = ORPHAN
      else if (child !== NIL) callOffBelow(c, child)
      c.calls.int[(call << 3) | CHILD] = NIL
      if (c.calls.int[(call << 3) | PARENT] === BACKGROUND) breakFetch(c, call, node)
      else reply(c, call, node, BROKEN, withdraw(c, call, node))
    }
  }
}

/** Beside a service it stands where any call may; in front of the next tier it takes no place. */
function breakFetch(c: Cluster, call: number, node: number): void {
  if (c.fixed.tierOf[node]!.cache!.isSidecar) endBackgroundBeside(c, call, node, withdraw(c, call, node))
  else endBackground(c, call)
}

/** A replica that hung is back: it passes on what the next tier has answered meanwhile. */
export function passOn(c: Cluster, node: number): void {
  for (const call of callsAt(c.calls, node, PHASE_DOWNSTREAM)) {
    if (c.calls.int[(call << 3) | CHILD] === NIL) returnTo(c, call, c.calls.num[(call << 2) | WORK]!)
  }
  if (c.fixed.tierOf[node]!.cache !== undefined) lookAgainAfterHang(c, node, ways)
}
