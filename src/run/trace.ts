/** What moves between two instants of a session, as columns for the screen. */

import { flush } from '../engine/fact-log.ts'
import { runUntil } from '../engine/simulation.ts'
import { BUSY, NODE_INT, WAITING } from '../model/nodes.ts'
import { rules } from '../model/rules.ts'
import type { Run } from './run.ts'
import { replayTo, type Session } from './session.ts'
import type { Hop, Tracer } from './tracer.ts'
import { beginTrace, endTrace } from './tracer-edges.ts'

/** Columns of equal length; see worker/protocol.ts. */
export interface TraceColumns {
  readonly from: number
  readonly to: number
  readonly stride: number
  readonly hops: {
    readonly count: number
    readonly request: Float64Array
    readonly from: Int32Array
    readonly to: Int32Array
    readonly departs: Float64Array
    readonly arrives: Float64Array
    readonly way: Uint8Array
    readonly outcome: Uint8Array
    readonly again: Uint8Array
    readonly address: Int32Array
    readonly fronts: number
  }
  readonly levels: {
    readonly step: number
    readonly frames: number
    readonly nodes: number
    readonly queued: Uint16Array
    readonly busy: Uint16Array
    readonly held: Uint16Array
  }
}

const MOST_LEVELS = 1_000_000
const MOST_FRAMES = 480

/**
 * Replays from the nearest checkpoint and watches.
 * @param most hops; beyond that one request stands for several
 */
export function trace(
  session: Session,
  replay: Run,
  tracer: Tracer,
  from: number,
  to: number,
  most: number,
): TraceColumns {
  replay.log.probes = []
  replayTo(session, from, replay)
  flush(replay.log)
  replay.log.probes = [tracer]
  beginTrace(tracer, replay.cluster, strideFor(session, from, to, most))
  const levels = watch(replay, from, to)
  flush(replay.log)
  endTrace(tracer, replay.cluster)
  const hops = tracer.hops.sort((a, b) => a.departs - b.departs)
  return { from, to, stride: tracer.stride, hops: columns(hops, replay.cluster.fixed.fronts), levels }
}

function watch(replay: Run, from: number, to: number): TraceColumns['levels'] {
  const { cluster, scenario } = replay
  const nodes = cluster.nodes.heaps.length
  const frames = Math.max(2, Math.min(MOST_FRAMES, Math.floor(MOST_LEVELS / nodes)))
  const step = (to - from) / (frames - 1)
  const queued = new Uint16Array(frames * nodes)
  const busy = new Uint16Array(frames * nodes)
  const { fronts } = cluster.fixed
  const held = new Uint16Array(frames * fronts)
  for (let frame = 0; frame < frames; frame++) {
    runUntil(cluster, rules, scenario.faults, Math.round(from + frame * step))
    const { int } = cluster.nodes
    for (let node = 0; node < nodes; node++) {
      queued[frame * nodes + node] = Math.min(65535, int[(node << NODE_INT) + WAITING]!)
      busy[frame * nodes + node] = Math.min(65535, int[(node << NODE_INT) + BUSY]!)
    }
    for (let front = 0; front < fronts; front++) {
      held[frame * fronts + front] = Math.min(65535, cluster.pools[front]!.upstream.line.waiting)
    }
  }
  return { step, frames, nodes, queued, busy, held }
}

/** From the run's own rate of arrivals, so that it is known before looking. */
function strideFor({ run }: Session, from: number, to: number, most: number): number {
  const { series } = run.recording
  const perSecond = series.columns[0]!.values
  let peak = 0
  const last = Math.min(series.steps - 1, Math.floor(to / series.step))
  for (let i = Math.max(0, Math.floor(from / series.step)); i <= last; i++)
    peak = Math.max(peak, perSecond[i]!)
  if (peak === 0) peak = run.cluster.requests.born / Math.max(1e-9, run.cluster.now / 1e9)
  const hops = ((peak * (to - from)) / 1e9) * 2 * (run.scenario.tiers.length + 1)
  let stride = 1
  while (hops / stride > most) stride *= 2
  return stride
}

function columns(hops: readonly Hop[], fronts: number): TraceColumns['hops'] {
  return {
    count: hops.length,
    request: Float64Array.from(hops, (hop) => hop.request),
    from: Int32Array.from(hops, (hop) => hop.from),
    to: Int32Array.from(hops, (hop) => hop.to),
    departs: Float64Array.from(hops, (hop) => hop.departs),
    arrives: Float64Array.from(hops, (hop) => hop.arrives),
    way: Uint8Array.from(hops, (hop) => hop.way),
    outcome: Uint8Array.from(hops, (hop) => hop.outcome),
    again: Uint8Array.from(hops, (hop) => hop.again),
    address: Int32Array.from(hops, (hop) => hop.address),
    fronts,
  }
}
