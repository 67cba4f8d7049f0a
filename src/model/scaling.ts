/**
 * The autoscaler of a tier: looks at how many slots are busy each second, and decides every `sync`.
 *
 * Limit of realism: utilisation is that of slots, sampled once a second and averaged since the last decision;
 * replicas that boot have none.
 */

import { schedule } from '../engine/event-queue.ts'
import { decide, type Measured, wishFor } from '../policies/scaling/hpa.ts'
import type { Scaling } from '../scenario/membership.ts'
import type { Cluster, FixedTier } from './cluster.ts'
import { want } from './deploys.ts'
import { LOAD_IS_SAMPLED, SCALES } from './event-kinds.ts'
import { isAvailable, leaveRoom, membersOf } from './membership.ts'
import { BUSY, NODE_INT, SLOTS } from './nodes.ts'
import { ABSENT, LEAVING } from './outside.ts'

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
    }
    schedule(c.queue, EVERY, LOAD_IS_SAMPLED, t, 0)
    schedule(c.queue, c.now + scaling.sync, SCALES, t, 0)
  }
}

/** One look at a tier. */
export function sampleLoad(c: Cluster, index: number): void {
  const { busy, samples } = c.outside.autoscalers![index]!
  const tier = c.fixed.tiers[index]!
  const { int } = c.nodes
  for (let i = 0; i < tier.count; i++) {
    if (!isAvailable(c, tier.first + i)) continue
    const n = (tier.first + i) << NODE_INT
    busy[i]! += Math.min(1, int[n + BUSY]! / int[n + SLOTS]!)
    samples[i]!++
  }
  if (c.now + EVERY <= c.fixed.scenario.duration) schedule(c.queue, c.now + EVERY, LOAD_IS_SAMPLED, index, 0)
}

/** A decision. */
export function scales(c: Cluster, index: number): void {
  const settings = c.fixed.scenario.tiers[index]!.scaling!
  const state = c.outside.autoscalers![index]!
  const tier = c.fixed.tiers[index]!
  const current = membersOf(c).wanted[index]!
  const wish = wishFor(measuredIn(c, tier, settings), current, settings)
  const windows = { up: settings.stabiliseUp, down: settings.stabiliseDown }
  state.busy.fill(0)
  state.samples.fill(0)
  want(c, index, decide(state, wish, current, c.now, windows, settings))
  if (c.now + settings.sync <= c.fixed.scenario.duration) {
    schedule(c.queue, c.now + settings.sync, SCALES, index, 0)
  }
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
