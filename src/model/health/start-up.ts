/**
 * The start of a replica after a crash: a time in which it cannot serve yet, then a warm-up in which it is
 * slower than it will be. Replicas that are there when the run begins have started and are warm.
 */

import { cancel, NO_TIMER, schedule } from '../../engine/event-queue.ts'
import type { StartUp } from '../../scenario/scenario.ts'
import { type Cluster, draw } from '../cluster.ts'
import { setRate } from '../condition.ts'
import { drawn } from '../drawn.ts'
import { START_UP_ENDS, WARMS } from '../event-kinds.ts'
import { HEALTH_CRASHED, HEALTH_UP } from '../facts.ts'
import type { FixedStart } from '../fixed-life.ts'
import { EARLY, ERRORS, HEALTH, HONEST, NODE_INT, NODE_NUM, RATE, SPEED, STARTING } from '../nodes.ts'

/** In so many steps a replica becomes warm. */
const STEPS = 20

export function fixedStart({ time, meanwhile, readiness }: StartUp): FixedStart {
  return Object.freeze({
    time: drawn(time),
    errs: meanwhile === 'errors',
    isEarly: readiness === 'early',
  })
}

/** What it does in a second of time when nothing but warmth is missing. */
export function speedNow(c: Cluster, node: number): number {
  return c.nodes.num[(node << NODE_NUM) | SPEED]! * c.nodes.warmth[node]!
}

/** True from a crashed replica's start until it can serve. */
export function isStarting(c: Cluster, node: number): boolean {
  return c.nodes.int[(node << NODE_INT) | STARTING] !== 0
}

/** A crashed replica is started. @returns false when it can serve at once */
export function beginStart(c: Cluster, node: number): boolean {
  const { startUp, index } = c.fixed.tierOf[node]!
  if (startUp === undefined) {
    beginWarmUp(c, node)
    return false
  }
  const n = node << NODE_INT
  c.nodes.int[n | STARTING] = startUp.isEarly ? EARLY : HONEST
  if (startUp.errs) {
    c.nodes.int[n | HEALTH] = HEALTH_UP
    c.nodes.num[(node << NODE_NUM) | ERRORS] = 1
  }
  const ready = c.now + draw(startUp.time, c.tiers[index]!.startUp)
  c.nodes.startTimer[node] = schedule(c.queue, ready, START_UP_ENDS, node, 0)
  return true
}

/** It can serve from now on. */
export function endStart(c: Cluster, node: number): void {
  const n = node << NODE_INT
  c.nodes.startTimer[node] = NO_TIMER
  c.nodes.int[n | STARTING] = 0
  c.nodes.num[(node << NODE_NUM) | ERRORS] = 0
  if (c.nodes.int[n | HEALTH] === HEALTH_CRASHED) c.nodes.int[n | HEALTH] = HEALTH_UP
  beginWarmUp(c, node)
}

/** It has crashed: whatever its start was about is over. */
export function forgetStart(c: Cluster, node: number): void {
  cancel(c.queue, c.nodes.startTimer[node]!)
  c.nodes.startTimer[node] = NO_TIMER
  c.nodes.int[(node << NODE_INT) | STARTING] = 0
  c.nodes.warmth[node] = 1
}

/** It has become a little faster. @returns true when it is at its speed */
export function warms(c: Cluster, node: number): boolean {
  const { warmUp } = c.fixed.tierOf[node]!
  const before = c.nodes.warmth[node]!
  const step = (1 - 1 / warmUp!.slowdown) / STEPS
  const isWarm = before + 1.5 * step > 1
  c.nodes.warmth[node] = isWarm ? 1 : before + step
  c.nodes.startTimer[node] = isWarm ? NO_TIMER : planStep(c, node)
  const rate = c.nodes.num[(node << NODE_NUM) | RATE]!
  const isSound = rate === c.nodes.num[(node << NODE_NUM) | SPEED]! * before
  setRate(c, node, isSound ? speedNow(c, node) : (rate / before) * c.nodes.warmth[node]!)
  return isWarm
}

function beginWarmUp(c: Cluster, node: number): void {
  const { warmUp } = c.fixed.tierOf[node]!
  if (warmUp === undefined) return
  c.nodes.warmth[node] = 1 / warmUp.slowdown
  c.nodes.startTimer[node] = planStep(c, node)
}

function planStep(c: Cluster, node: number): number {
  const step = Math.max(1, Math.floor(c.fixed.tierOf[node]!.warmUp!.for / STEPS))
  return schedule(c.queue, c.now + step, WARMS, node, 0)
}
