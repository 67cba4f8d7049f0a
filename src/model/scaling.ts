/**
 * Who changes the number of replicas of a tier without being asked: the autoscaler, which looks at how many
 * slots are busy each second and decides every `sync`, and the schedule.
 *
 * Limit of realism: utilisation is that of slots, sampled once a second and averaged since the last decision;
 * replicas that boot have none.
 */

import { schedule } from '../engine/event-queue.ts'
import { decide, type Measured, wishFor } from '../policies/scaling/hpa.ts'
import { begins, decideSimply } from '../policies/scaling/simple.ts'
import type { Scaling } from '../scenario/membership.ts'
import type { Cluster, FixedTier } from './cluster.ts'
import { want } from './deploys.ts'
import { LOAD_IS_SAMPLED, SCALES, SCHEDULE_SCALES } from './event-kinds.ts'
import { isAvailable, leaveRoom, membersOf } from './membership.ts'
import { BUSY, NODE_INT, SLOTS } from './nodes.ts'
import { ABSENT, type Autoscaler, BY_LOAD, BY_SCHEDULE, LEAVING, RUNNING } from './outside.ts'

const EVERY = 1e9

/** Room for replicas that may come, and the first look and decision of each tier that scales. */
export function startMembers(c: Cluster): void {
  leaveRoom(c)
  for (const [t, { scaling }] of c.fixed.scenario.tiers.entries()) {
    if (scaling === undefined) continue
    const { count } = c.fixed.tiers[t]!
    membersOf(c)
    c.outside.autoscalers ??= c.fixed.tiers.map(() => undefined)
    c.outside.autoscalers[t] = {
      busy: new Float64Array(count),
      samples: new Float64Array(count),
      at: [],
      wish: [],
      least: scaling.min,
      pause: { rests: false, until: 0 },
    }
    if (scaling.rule !== 'scheduled') {
      schedule(c.queue, EVERY, LOAD_IS_SAMPLED, t, 0)
      schedule(c.queue, c.now + scaling.sync, SCALES, t, 0)
    }
    planEntry(c, t, scaling, 0)
  }
}

/** One look at a tier. */
export function sampleLoad(c: Cluster, index: number): void {
  const state = c.outside.autoscalers![index]!
  const { busy, samples } = state
  const tier = c.fixed.tiers[index]!
  const { simple } = c.fixed.scenario.tiers[index]!.scaling!
  const { int } = c.nodes
  const { stage } = membersOf(c)
  let isChanging = false
  for (let i = 0; i < tier.count; i++) {
    const at = stage[tier.first + i]!
    if (at !== RUNNING && at !== ABSENT) isChanging = true
    if (!isAvailable(c, tier.first + i)) continue
    const n = (tier.first + i) << NODE_INT
    busy[i]! += Math.min(1, int[n | BUSY]! / int[n | SLOTS]!)
    samples[i]!++
  }
  if (simple !== undefined && state.pause.rests && isChanging) begins(state.pause, c.now, simple)
  if (c.now + EVERY <= c.fixed.scenario.duration) schedule(c.queue, c.now + EVERY, LOAD_IS_SAMPLED, index, 0)
}

/** A decision. */
export function scales(c: Cluster, index: number): void {
  const settings = c.fixed.scenario.tiers[index]!.scaling!
  const state = c.outside.autoscalers![index]!
  const current = membersOf(c).wanted[index]!
  const measured = measuredIn(c, c.fixed.tiers[index]!, settings)
  const load = loadOf(measured)
  state.busy.fill(0)
  state.samples.fill(0)
  want(c, index, decided(c, settings, state, measured, load, current), BY_LOAD, load)
  if (c.now + settings.sync <= c.fixed.scenario.duration) {
    schedule(c.queue, c.now + settings.sync, SCALES, index, 0)
  }
}

function decided(
  c: Cluster,
  settings: Scaling,
  state: Autoscaler,
  measured: readonly Measured[],
  load: number,
  current: number,
): number {
  const bounds = { ...settings, min: Math.max(settings.min, state.least) }
  if (settings.simple !== undefined) {
    return decideSimply(state.pause, load, current, c.now, settings.simple, bounds)
  }
  const windows = { up: settings.stabiliseUp, down: settings.stabiliseDown }
  return decide(state, wishFor(measured, current, settings), current, c.now, windows, bounds)
}

/** The instant of an entry of a tier's schedule. @param nth counted on through its repetitions */
export function scheduleScales(c: Cluster, index: number, nth: number): void {
  const { scaling } = c.fixed.scenario.tiers[index]!
  const { entries } = scaling!.schedule!
  const { replicas } = entries[nth % entries.length]!
  c.outside.autoscalers![index]!.least = replicas
  if (scaling!.rule === 'scheduled' || membersOf(c).wanted[index]! < replicas) {
    want(c, index, replicas, BY_SCHEDULE)
  }
  planEntry(c, index, scaling!, nth + 1)
}

function planEntry(c: Cluster, index: number, { schedule: plan }: Scaling, nth: number): void {
  if (plan === undefined || (plan.every === undefined && nth >= plan.entries.length)) return
  const round = Math.floor(nth / plan.entries.length)
  const at = plan.entries[nth % plan.entries.length]!.at + round * (plan.every ?? 0)
  if (at <= c.fixed.scenario.duration) schedule(c.queue, at, SCHEDULE_SCALES, index, nth)
}

/** Of every replica that is wanted. One that has just become ready, and was seen too little, is not ready yet. */
function measuredIn(c: Cluster, tier: FixedTier, { readinessDelay }: Scaling): Measured[] {
  const { busy, samples } = c.outside.autoscalers![tier.index]!
  const m = membersOf(c)
  const all: Measured[] = []
  for (let i = 0; i < tier.count; i++) {
    const node = tier.first + i
    const stage = m.stage[node]!
    if (stage === ABSENT || stage >= LEAVING) continue
    const isYoung = m.since[node]! > 0 && c.now - m.since[node]! < readinessDelay
    const isReady = isAvailable(c, node) && !(isYoung && samples[i] === 0)
    all.push({ utilisation: samples[i]! > 0 ? busy[i]! / samples[i]! : undefined, isReady })
  }
  return all
}

/** The mean over all replicas that were seen; NaN when none was. */
function loadOf(measured: readonly Measured[]): number {
  const seen = measured.filter(({ utilisation }) => utilisation !== undefined)
  return seen.reduce((sum, { utilisation }) => sum + utilisation!, 0) / seen.length
}
