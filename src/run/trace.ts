/** What moves between two instants of a session, as columns for the screen. */

import { flush } from '../engine/fact-log.ts'
import { runUntil } from '../engine/simulation.ts'
import { rules } from '../model/rules.ts'
import { BEFORE, type DoorCounts, type Doors, doorCounts, hasDoors, sumUp } from './door-counts.ts'
import type { Hop, Tracer } from './hops.ts'
import { type LevelColumns, levelColumns, sample } from './level-samples.ts'
import type { Run } from './run.ts'
import { replayTo, type Session } from './session.ts'
import { checksOf } from './tracer-checks.ts'
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
    readonly kind: Uint8Array
    readonly address: Int32Array
    readonly fronts: number
  }
  readonly levels: LevelColumns
  /** Where there is something to count. */
  readonly doors?: Doors
}

/** Of the hops, those of checks at most: a share of all. */
const CHECKS = 0.2

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
  const doors = comeThere(session, replay, from, to)
  replay.log.probes = doors ? [tracer, doors] : [tracer]
  tracer.checks = checksOf(replay.cluster, (most * CHECKS) / 2, to - from)
  beginTrace(tracer, replay.cluster, strideFor(session, from, to, most))
  const levels = watch(replay, from, to)
  flush(replay.log)
  endTrace(tracer, replay.cluster)
  const hops = tracer.hops.sort((a, b) => a.departs - b.departs)
  return {
    from,
    to,
    stride: tracer.stride,
    hops: columns(hops, replay.cluster.fixed.fronts),
    levels,
    ...(doors && { doors: sumUp(doors.columns) }),
  }
}

/** Brings a replay to the beginning of a window; where doors count, it comes from a second before. */
function comeThere(session: Session, replay: Run, from: number, to: number): DoorCounts | undefined {
  const { cluster, scenario } = replay
  const counts = hasDoors(cluster)
  const before = counts ? Math.max(0, from - BEFORE) : from
  replay.log.probes = []
  replayTo(session, before, replay)
  flush(replay.log)
  if (!counts) return undefined
  const doors = doorCounts(cluster.nodes.heaps.length, before, to)
  replay.log.probes = [doors]
  runUntil(cluster, rules, scenario.faults, from)
  flush(replay.log)
  return doors
}

function watch({ cluster, scenario }: Run, from: number, to: number): LevelColumns {
  const levels = levelColumns(cluster, from, to)
  for (let frame = 0; frame < levels.frames; frame++) {
    runUntil(cluster, rules, scenario.faults, Math.round(from + frame * levels.step))
    sample(cluster, levels, frame)
  }
  return levels
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
    kind: Uint8Array.from(hops, (hop) => hop.kind),
    address: Int32Array.from(hops, (hop) => hop.address),
    fronts,
  }
}
