/** A window in which the same number of dots is always on its way: hops of two seconds, evenly spaced. */

import type { TraceWindow } from '../../src/worker/protocol.ts'
import type { Plan } from '../app/stage/synthetic.ts'

const LENGTH = 2e9
const STEP = 1e9 / 60

export function crowdedWindow(plan: Plan, dots: number, from: number, to: number): TraceWindow {
  const gap = LENGTH / dots
  const first = Math.floor((from - LENGTH) / gap)
  const count = Math.ceil((to - from + LENGTH) / gap)
  const nodes = plan.tiers.reduce((sum, tier) => sum + tier.replicas, 0)
  const replicas = plan.tiers[0]!.replicas
  const hops = {
    count,
    request: new Float64Array(count),
    from: new Int32Array(count),
    to: new Int32Array(count),
    departs: new Float64Array(count),
    arrives: new Float64Array(count),
    way: new Uint8Array(count),
    outcome: new Uint8Array(count),
  }
  for (let hop = 0; hop < count; hop++) {
    const serial = first + hop
    const way = serial & 1
    const isFirst = ((serial >> 1) & 1) === 0
    const mixed = Math.imul(serial, 0x9e3779b1) >>> 8
    const inner = isFirst ? -1 : mixed % replicas
    const outer = isFirst ? -2 - (mixed % (plan.populations ?? 1)) : -1
    hops.request[hop] = serial * 2
    hops.from[hop] = way === 0 ? outer : inner
    hops.to[hop] = way === 0 ? inner : outer
    hops.departs[hop] = serial * gap
    hops.arrives[hop] = serial * gap + LENGTH
    hops.way[hop] = way
    hops.outcome[hop] = way === 1 && serial % 17 === 0 ? (serial >> 3) % 8 : 0
  }
  const frames = Math.ceil((to - from) / STEP)
  const queued = new Uint16Array(frames * nodes)
  const busy = new Uint16Array(frames * nodes)
  for (let index = 0; index < queued.length; index++) {
    queued[index] = (index * 31) % 20
    busy[index] = (index * 17) % 9
  }
  return { run: 1, from, to, stride: 1, hops, levels: { step: STEP, frames, nodes, queued, busy } }
}
