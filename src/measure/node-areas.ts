/**
 * Time-weighted figures of replicas: how many wait, are served and are there, integrated over time. A
 * count's area is settled whenever it is about to change, and at the end of every step.
 */

import type { Instant } from '../base/time.ts'

/** Areas are in count x nanoseconds. Plain data, one element a replica. */
export interface NodeAreas {
  readonly slots: Float64Array
  readonly waiting: Int32Array
  readonly busy: Int32Array
  readonly below: Int32Array
  readonly up: Uint8Array
  readonly since: Float64Array
  /** Of the present step. */
  readonly waitArea: Float64Array
  readonly busyArea: Float64Array
  readonly hereArea: Float64Array
  readonly upArea: Float64Array
  /** Of all steps that are over, from the end of the warm-up on. */
  readonly waitTotal: Float64Array
  readonly busyTotal: Float64Array
  readonly hereTotal: Float64Array
  readonly upTotal: Float64Array
}

export function nodeAreas(slots: Float64Array): NodeAreas {
  const zeros = () => new Float64Array(slots.length)
  return {
    slots,
    waiting: new Int32Array(slots.length),
    busy: new Int32Array(slots.length),
    below: new Int32Array(slots.length),
    up: new Uint8Array(slots.length).fill(1),
    since: zeros(),
    waitArea: zeros(),
    busyArea: zeros(),
    hereArea: zeros(),
    upArea: zeros(),
    waitTotal: zeros(),
    busyTotal: zeros(),
    hereTotal: zeros(),
    upTotal: zeros(),
  }
}

/** Adds what the counts of one replica have been since they last changed. */
export function settleNode(areas: NodeAreas, node: number, now: Instant): void {
  const passed = now - areas.since[node]!
  if (passed === 0) return
  areas.since[node] = now
  const busy = areas.busy[node]!
  const waiting = areas.waiting[node]!
  const slots = areas.slots[node]!
  const here = busy + waiting + areas.below[node]!
  if (here > 0) {
    areas.hereArea[node]! += here * passed
    areas.busyArea[node]! += (busy < slots ? busy : slots) * passed
    if (waiting > 0) areas.waitArea[node]! += waiting * passed
  }
  if (areas.up[node] === 1) areas.upArea[node]! += passed
}

/** Settles all replicas. */
export function settleAll(areas: NodeAreas, now: Instant): void {
  for (let node = 0; node < areas.slots.length; node++) settleNode(areas, node, now)
}

/** Moves the step's areas to the totals. */
export function endStep(areas: NodeAreas): void {
  for (let node = 0; node < areas.slots.length; node++) {
    areas.waitTotal[node]! += areas.waitArea[node]!
    areas.busyTotal[node]! += areas.busyArea[node]!
    areas.hereTotal[node]! += areas.hereArea[node]!
    areas.upTotal[node]! += areas.upArea[node]!
    areas.waitArea[node] = 0
    areas.busyArea[node] = 0
    areas.hereArea[node] = 0
    areas.upArea[node] = 0
  }
}

/** The warm-up is over: what the step holds so far shall not count in the totals. */
export function forgetSoFar(areas: NodeAreas): void {
  for (let node = 0; node < areas.slots.length; node++) {
    areas.waitTotal[node] = -areas.waitArea[node]!
    areas.busyTotal[node] = -areas.busyArea[node]!
    areas.hereTotal[node] = -areas.hereArea[node]!
    areas.upTotal[node] = -areas.upArea[node]!
  }
}
