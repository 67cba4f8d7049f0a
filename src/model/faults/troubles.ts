/**
 * Replicas that stand still now and then (as for garbage collection), that crash and come back again and
 * again, and errors that strike only some keys. A pause is a hang that ends by itself; nothing begins in a
 * replica that something else has befallen.
 */

import { stream } from '../../base/stream.ts'
import { cancel, NO_TIMER, schedule } from '../../engine/event-queue.ts'
import type { Chosen } from '../../policies/policy.ts'
import type { Fault } from '../../scenario/fault.ts'
import { type Cluster, draw } from '../cluster.ts'
import { drawn } from '../drawn.ts'
import { FLAP_TURNS, PAUSE_TURNS } from '../event-kinds.ts'
import { HEALTH_CRASHED, HEALTH_HUNG, HEALTH_UP } from '../facts.ts'
import { nodeName } from '../failing.ts'
import { HEALTH, NODE_INT } from '../nodes.ts'
import { nodesIn, type Troubles } from '../outside.ts'
import { befall } from './befall.ts'

/** A replica begins to pause or to flap, or stops doing so. */
export function trouble(c: Cluster, node: number, fault: Fault): void {
  const t = troublesOf(c)
  const isPause = fault.kind === 'pause'
  const timers = isPause ? t.pause : t.flap
  const isIn = isPause ? t.isPaused : t.isDown
  cancel(c.queue, timers[node]!)
  timers[node] = NO_TIMER
  if (fault.ends) {
    if (isIn[node] === 1) leave(c, t, node, isPause)
    return
  }
  const entry = c.scriptDone - 1
  if (isPause) t.pauseOf[node] = entry
  else t.flapOf[node] = entry
  plan(c, t, node, isPause)
}

/** It stands still, or goes on. */
export function pauseTurns(c: Cluster, node: number): void {
  turn(c, node, true)
}

/** It crashes, or comes back. */
export function flapTurns(c: Cluster, node: number): void {
  turn(c, node, false)
}

/** Errors that strike only some keys, or break connections off, from now on. */
export function narrowErrors(c: Cluster, node: number, { keys, breaksOff }: Fault): void {
  if (c.outside.troubles === undefined && keys === undefined && !breaksOff) return
  const t = troublesOf(c)
  t.keys[node] = keys ?? 1
  t.breaksOff[node] = breaksOff ? 1 : 0
}

function turn(c: Cluster, node: number, isPause: boolean): void {
  const t = troublesOf(c)
  const isIn = isPause ? t.isPaused : t.isDown
  if (isIn[node] === 1) leave(c, t, node, isPause)
  else if (c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_UP) {
    isIn[node] = 1
    befall(c, node, isPause ? 'hang' : 'crash', 0)
  }
  plan(c, t, node, isPause)
}

function leave(c: Cluster, t: Troubles, node: number, isPause: boolean): void {
  const health = c.nodes.int[(node << NODE_INT) | HEALTH]
  const isIn = isPause ? t.isPaused : t.isDown
  isIn[node] = 0
  if (health === (isPause ? HEALTH_HUNG : HEALTH_CRASHED)) befall(c, node, 'recover', 0)
}

function plan(c: Cluster, t: Troubles, node: number, isPause: boolean): void {
  const { every, lasts } = c.fixed.scenario.faults[(isPause ? t.pauseOf : t.flapOf)[node]!]!
  const isIn = (isPause ? t.isPaused : t.isDown)[node] === 1
  t.streams[node] ??= stream(c.fixed.scenario.seed, `troubles/${nodeName(c, node)}`)
  const wait = Math.max(1, draw(drawn((isIn ? lasts : every) as Chosen), t.streams[node]!))
  const timers = isPause ? t.pause : t.flap
  timers[node] = schedule(c.queue, c.now + wait, isPause ? PAUSE_TURNS : FLAP_TURNS, node, 0)
}

function troublesOf(c: Cluster): Troubles {
  const count = nodesIn(c)
  c.outside.troubles ??= {
    pause: new Float64Array(count),
    flap: new Float64Array(count),
    isPaused: new Uint8Array(count),
    isDown: new Uint8Array(count),
    streams: Array.from({ length: count }, () => undefined),
    pauseOf: new Int32Array(count),
    flapOf: new Int32Array(count),
    keys: new Float64Array(count).fill(1),
    breaksOff: new Uint8Array(count),
  }
  return c.outside.troubles
}
