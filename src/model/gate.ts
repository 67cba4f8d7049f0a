/** The way of a call into its node: over a connection, and past the rate limits. A node that hangs lets everything wait. */

import type { Cluster } from './cluster.ts'
import { HEALTH_HUNG, OK } from './facts.ts'
import { endLimits, judgeArrival } from './limits.ts'
import { HEALTH, NODE_INT } from './nodes.ts'
import { connect, endUse, isSent } from './transport.ts'
import { endShaking } from './turned-away.ts'

/** A call comes in. @returns `OK` when it may enter now, the outcome when it is turned away, or `HELD` */
export function atGate(c: Cluster, call: number, node: number): number {
  if (isHung(c, node)) return OK
  const verdict = c.fixed.tierOf[node]!.transport === undefined ? OK : connect(c, call, node)
  return verdict === OK ? judged(c, call, node) : verdict
}

/** Its connection is open and the request is there. @returns as `atGate` */
export function connected(c: Cluster, call: number, node: number): number {
  if (isHung(c, node)) return OK
  const verdict = isSent(c, call)
  return verdict === OK ? judged(c, call, node) : verdict
}

/** A call leaves its node. */
export function leaveGate(c: Cluster, call: number, node: number): void {
  const { limits, transport, kept } = c.fixed.tierOf[node]!
  if ((transport?.tls ?? kept?.tls) !== undefined) endShaking(c, call, node)
  if (limits !== undefined) endLimits(c, call, node)
  if (transport !== undefined) endUse(c, call, node)
}

function judged(c: Cluster, call: number, node: number): number {
  return c.fixed.tierOf[node]!.limits === undefined ? OK : judgeArrival(c, call, node)
}

function isHung(c: Cluster, node: number): boolean {
  return c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_HUNG
}
