/** What befalls one replica: it crashes, hangs, gets slow, fails requests, and is well again. */

import { record } from '../../engine/fact-log.ts'
import type { FaultKind } from '../../scenario/scenario.ts'
import { breakAll, passOn } from '../breaking.ts'
import type { Cluster } from '../cluster.ts'
import { lieDown, setRate } from '../condition.ts'
import {
  HEALTH_ABSENT,
  HEALTH_CRASHED,
  HEALTH_HUNG,
  HEALTH_STARTING,
  HEALTH_STOPPING,
  HEALTH_UP,
  TRUTH,
} from '../facts.ts'
import { beginStart, endStart, forgetStart, isStarting, speedNow, warms } from '../health/start-up.ts'
import { CRASHES, ERRORS, HEALTH, NODE_INT, NODE_NUM, RATE } from '../nodes.ts'
import { ABSENT, isThere, ownErrors, REFUSES_ALL, RUNNING, SHUT } from '../outside.ts'
import { startNext } from '../replica.ts'

/** What can happen to one replica at once. */
export type Blow = Extract<FaultKind, 'crash' | 'hang' | 'slow' | 'errors' | 'recover'>

/** Something happens to a replica, if it is there. */
export function befall(c: Cluster, node: number, kind: Blow, amount: number): void {
  if (isThere(c, node)) change(c, node, kind, amount)
}

/** The same, whether it is there or not. */
export function change(c: Cluster, node: number, kind: Blow, amount: number): void {
  const n = node << NODE_INT
  const d = node << NODE_NUM
  const { int, num } = c.nodes
  const health = int[n | HEALTH]!
  const speed = speedNow(c, node)
  if (kind === 'crash') {
    if (health === HEALTH_CRASHED) return
    int[n | HEALTH] = HEALTH_CRASHED
    int[n | CRASHES]!++
    forgetStart(c, node)
    note(c, node, 0)
    breakAll(c, node)
    lieDown(c, node)
    setRate(c, node, 0)
  } else if (kind === 'hang') {
    if (health !== HEALTH_UP) return
    int[n | HEALTH] = HEALTH_HUNG
    note(c, node, 0)
    setRate(c, node, 0)
  } else if (kind === 'slow') {
    if (health !== HEALTH_UP) return
    note(c, node, speed / amount)
    setRate(c, node, speed / amount)
  } else if (kind === 'errors') {
    num[d | ERRORS] = amount
    note(c, node, num[d | RATE]!)
  } else {
    if (health === HEALTH_UP && num[d | RATE] === speed && num[d | ERRORS] === ownErrors(c, node)) return
    if (isStarting(c, node) && health !== HEALTH_HUNG) return
    if (health === HEALTH_CRASHED && beginStart(c, node)) {
      if (int[n | HEALTH] === HEALTH_UP) work(c, node)
      return
    }
    int[n | HEALTH] = HEALTH_UP
    num[d | ERRORS] = isStarting(c, node) ? 1 : ownErrors(c, node)
    work(c, node)
    if (health === HEALTH_HUNG) passOn(c, node)
    startNext(c, node)
  }
}

/** A crashed replica that was started can serve. */
export function started(c: Cluster, node: number): void {
  endStart(c, node)
  c.nodes.num[(node << NODE_NUM) | ERRORS] = ownErrors(c, node)
  if (c.nodes.int[(node << NODE_INT) | HEALTH] !== HEALTH_UP) return
  work(c, node)
  startNext(c, node)
}

/** A replica has become a little warmer; only the end of that is told. */
export function warmer(c: Cluster, node: number): void {
  if (warms(c, node)) note(c, node, c.nodes.num[(node << NODE_NUM) | RATE]!)
}

/** It works from now on, as fast as it can. */
function work(c: Cluster, node: number): void {
  note(c, node, speedNow(c, node))
  setRate(c, node, speedNow(c, node))
}

/** Tells how it truly is. @param rate work that it does per second of time */
export function note(c: Cluster, node: number, rate: number): void {
  const health = truthOf(c, node)
  const errors = c.nodes.num[(node << NODE_NUM) | ERRORS]!
  const share = errors >= REFUSES_ALL ? 0 : errors
  record(c.fixed.log, c.now, TRUTH + (health << 8), node, share, rate)
}

function truthOf(c: Cluster, node: number): number {
  const health = c.nodes.int[(node << NODE_INT) | HEALTH]!
  const stage = c.outside.members?.stage[node] ?? RUNNING
  if (stage === ABSENT) return HEALTH_ABSENT
  if (health === HEALTH_CRASHED && stage < RUNNING) return HEALTH_STARTING
  return health === HEALTH_UP && stage === SHUT ? HEALTH_STOPPING : health
}
