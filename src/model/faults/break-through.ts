/** A balancer in front loses the connections of its clients. */

import { answer, freeIfDone } from '../clients.ts'
import type { Cluster } from '../cluster.ts'
import { BROKEN } from '../facts.ts'
import { callOffBelow } from '../flow.ts'
import { loseKeptOf } from '../kept-connections.ts'
import { CLIENT, DOOR, HOLDS, IS_SETTLED, NIL, TOP_CALL } from '../tables.ts'

/** Whatever was under way through a balancer that has died, or has lost its address, is broken off. */
export function breakThrough(c: Cluster, front: number): void {
  const { int } = c.requests
  for (let request = 0; request < c.requests.used; request++) {
    const r = request << 3
    if (int[r | IS_SETTLED] === 1 || int[r | DOOR] !== front || int[r | CLIENT]! < 0) continue
    const top = int[r | TOP_CALL]!
    if (top === NIL) continue
    int[r | HOLDS]!++
    int[r | TOP_CALL] = NIL
    callOffBelow(c, top)
    answer(c, request, BROKEN)
    c.requests.int[r | HOLDS]!--
    freeIfDone(c, request)
  }
  loseKeptOf(c, front)
}
