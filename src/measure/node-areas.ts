/**
 * Time-weighted figures of replicas: how many wait, are served and are there, integrated over time.
 *
 * The area under a count is n x t minus the instants at which the n came, plus those at which others left;
 * so a change of count costs one addition. Instants are taken from the start of the step, which keeps the
 * sums small and exact (whole nanoseconds far below 2^53).
 */

import type { Instant } from '../base/time.ts'

/** Figures of a node, in the order of its columns. */
export const WAITING = 0
/** In service, at most as many as there are slots. */
export const USED = 1
/** There, but neither waiting nor in a slot: at the next tier, or sharing beyond the processors. */
export const OTHER = 2
/** 1 while truly up. */
export const UP = 3
const FIGURES = 4

/** Plain data; node n has columns from 4n on. Areas are in count x nanoseconds. */
export interface NodeAreas {
  /** Now, and as the scenario has them. */
  readonly slots: Float64Array
  readonly ownSlots: Float64Array
  /** How many more slots than its own it has had x ns: of the present step as `sums`, and as `totals`. */
  readonly moreSlots: Float64Array
  readonly moreInAll: Float64Array
  /** In service, however many slots there are. */
  readonly busy: Int32Array
  readonly counts: Int32Array
  /** Of the present step: instants left minus instants come, since the step's start. */
  readonly sums: Float64Array
  /** Of the steps that are over, from the end of the warm-up on. */
  readonly totals: Float64Array
  stepStart: Instant
}

export function nodeAreas(slots: Float64Array): NodeAreas {
  const counts = new Int32Array(slots.length * FIGURES)
  for (let node = 0; node < slots.length; node++) counts[node * FIGURES + UP] = 1
  return {
    slots: slots.slice(),
    ownSlots: slots,
    moreSlots: new Float64Array(slots.length),
    moreInAll: new Float64Array(slots.length),
    busy: new Int32Array(slots.length),
    counts,
    sums: new Float64Array(slots.length * FIGURES),
    totals: new Float64Array(slots.length * FIGURES),
    stepStart: 0,
  }
}

/**
 * One more (by 1) or less (by -1) from now on.
 * @param passed ns since the step began
 */
export function change(areas: NodeAreas, node: number, figure: number, passed: number, by: number): void {
  const i = (node << 2) + figure
  areas.counts[i]! += by
  areas.sums[i]! -= by * passed
}

/** A service begins. */
export function busier(areas: NodeAreas, node: number, passed: number): void {
  const before = areas.busy[node]!++
  change(areas, node, before < areas.slots[node]! ? USED : OTHER, passed, 1)
}

/** A service ends. */
export function lessBusy(areas: NodeAreas, node: number, passed: number): void {
  const before = areas.busy[node]!--
  change(areas, node, before <= areas.slots[node]! ? USED : OTHER, passed, -1)
}

/** It has so many slots from now on: what is in service beyond them counts as present only. */
export function resized(areas: NodeAreas, node: number, passed: number, slots: number): void {
  const busy = areas.busy[node]!
  const before = areas.slots[node]!
  const by = Math.min(busy, slots) - Math.min(busy, before)
  if (by !== 0) {
    change(areas, node, USED, passed, by)
    change(areas, node, OTHER, passed, -by)
  }
  areas.moreSlots[node]! -= (slots - before) * passed
  areas.slots[node] = slots
}

/** How many slots it has had in the present step, on average. @param length of the step so far, ns */
export function stepSlots(areas: NodeAreas, node: number, length: number): number {
  return areas.ownSlots[node]! + moreInStep(areas, node, length) / length
}

/** The same over the measured window. */
export function meanSlots(areas: NodeAreas, node: number, window: number): number {
  return areas.ownSlots[node]! + (window > 0 ? areas.moreInAll[node]! / window : 0)
}

function moreInStep({ slots, ownSlots, moreSlots }: NodeAreas, node: number, length: number): number {
  return moreSlots[node]! + (slots[node]! - ownSlots[node]!) * length
}

/** The area of a figure in the present step up to now. */
export function stepArea(areas: NodeAreas, node: number, figure: number, now: Instant): number {
  const i = (node << 2) + figure
  return areas.sums[i]! + areas.counts[i]! * (now - areas.stepStart)
}

/** The present step ends: its areas go to the totals, and the next begins. */
export function endStep(areas: NodeAreas, now: Instant): void {
  const { counts, sums, totals } = areas
  const passed = now - areas.stepStart
  for (let i = 0; i < counts.length; i++) {
    totals[i]! += sums[i]! + counts[i]! * passed
    sums[i] = 0
  }
  for (let node = 0; node < areas.slots.length; node++) {
    areas.moreInAll[node]! += moreInStep(areas, node, passed)
    areas.moreSlots[node] = 0
  }
  areas.stepStart = now
}

/** The warm-up is over: what the step holds so far shall not count in the totals. */
export function forgetSoFar(areas: NodeAreas, now: Instant): void {
  const { counts, sums, totals } = areas
  const passed = now - areas.stepStart
  for (let i = 0; i < counts.length; i++) totals[i] = -(sums[i]! + counts[i]! * passed)
  for (let node = 0; node < areas.slots.length; node++)
    areas.moreInAll[node] = -moreInStep(areas, node, passed)
}

/** The area of a figure over the measured window. */
export function totalArea(areas: NodeAreas, node: number, figure: number): number {
  return areas.totals[(node << 2) + figure]!
}
