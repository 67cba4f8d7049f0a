/**
 * A run that can be looked back into: computed once from front to back with checkpoints on the way, then
 * replayed from the nearest checkpoint wherever somebody looks. A session of a scenario that shares its
 * beginning with another continues from there: that is what a click on a replica costs.
 */

import { AT_SHIFT, earliest } from '../engine/event-queue.ts'
import type { Probe } from '../engine/fact-log.ts'
import { type History, history, keep, nearest } from '../engine/history.ts'
import { runUntil, stepOnce } from '../engine/simulation.ts'
import type { Cluster } from '../model/cluster.ts'
import { rules } from '../model/rules.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { advance, type Run, type RunOptions, startRun } from './run.ts'
import { restore, restoreCluster, type Saved, save, sizeOf } from './saved.ts'
import { sharedUntil } from './shared-until.ts'
import { settleWarmUp } from './warm-up.ts'

export interface Session {
  readonly run: Run
  readonly options: RunOptions
  readonly past: History<Saved>
}

/** Events in a slice: a few milliseconds of work. */
const SLICE = 10_000

/** A session at time 0, or at the last checkpoint that it shares with `other`. */
export function openSession(scenario: Scenario, options: RunOptions = {}, other?: Session): Session {
  const run = startRun(settleWarmUp(scenario, options), options)
  const session: Session = { run, options, past: history() }
  if (other) continueFrom(session, other)
  return session
}

/** Works for about `milliseconds` of wall time. @returns true when the run is over */
export function work(session: Session, milliseconds: number): boolean {
  const { run, past } = session
  const began = performance.now()
  do {
    if (run.cluster.events >= past.due) takeCheckpoint(session)
    advance(run, Infinity, Math.min(SLICE, past.due - run.cluster.events))
  } while (!run.isOver && performance.now() - began < milliseconds)
  return run.isOver
}

/** A run of the session's scenario to look into; `probe` sees what happens in it instead of the measures. */
export function replayOf({ run, options }: Session, probe: Probe): Run {
  const replay = startRun(run.scenario, options)
  replay.log.probes = [probe]
  return replay
}

/** Brings a replay to an instant: from the nearest checkpoint, or on from where it is if that is nearer. */
export function replayTo(session: Session, at: number, replay: Run): void {
  const from = nearest(session.past, at)
  const isOnTheWay = replay.cluster.now <= at && from !== undefined && from.at <= replay.cluster.now
  if (!isOnTheWay) {
    if (from) restoreCluster(replay, from.saved)
    else throw new Error('nothing has been computed yet')
  }
  runUntil(replay.cluster, rules, replay.scenario.faults, at)
}

/** The instant of the next event after `at`, or of the last one before it; `at` itself when there is none. */
export function neighbour(session: Session, at: number, direction: 1 | -1, replay: Run): number {
  const { faults, duration } = replay.scenario
  if (direction === 1) {
    replayTo(session, at, replay)
    return Math.min(nextInstant(replay.cluster, faults), duration)
  }
  const from = nearest(session.past, at - 1)
  if (!from) return 0
  restoreCluster(replay, from.saved)
  let last = from.at
  while (stepOnce(replay.cluster, rules, faults, at - 1)) last = replay.cluster.now
  return last
}

function nextInstant(cluster: Cluster, faults: Scenario['faults']): number {
  const slot = earliest(cluster.queue, Number.MAX_SAFE_INTEGER)
  const event = slot < 0 ? Infinity : cluster.queue.at[slot << AT_SHIFT]!
  return Math.min(event, faults[cluster.scriptDone]?.at ?? Infinity)
}

function takeCheckpoint({ run, past }: Session): void {
  const saved = save(run)
  keep(past, { at: run.cluster.now, events: run.cluster.events, saved, bytes: sizeOf(saved) })
}

/** Takes over what `other` has computed of the beginning that both share. */
function continueFrom(session: Session, other: Session): void {
  if (!isAlike(session.options, other.options)) return
  const until = sharedUntil(session.run.scenario, other.run.scenario)
  const shared = other.past.checkpoints.filter((checkpoint) => checkpoint.at < until)
  const last = shared.at(-1)
  if (!last) return
  const { series, changes, happenings } = other.run.recording
  const mine = session.run.recording
  for (const [i, column] of series.columns.entries()) mine.series.columns[i]!.values.set(column.values)
  for (const [i, figure] of series.nodes.entries()) mine.series.nodes[i]!.values.set(figure.values)
  mine.series.heat.counts.set(series.heat.counts)
  mine.changes.push(...changes.slice(0, last.saved.recorder.changes))
  mine.happenings.push(...happenings.slice(0, last.saved.recorder.happenings))
  restore(session.run, last.saved)
  session.past.checkpoints = shared
  session.past.every = other.past.every
  session.past.due = last.events + other.past.every
}

/** True when two runs of one scenario would be one run; logs are the same when they are the same reading. */
function isAlike(a: RunOptions, b: RunOptions): boolean {
  const [these, those] = [[...(a.logs ?? [])], [...(b.logs ?? [])]]
  return (
    a.requests === b.requests &&
    a.drain === b.drain &&
    a.warmUpRequests === b.warmUpRequests &&
    these.length === those.length &&
    these.every(([client, log]) => b.logs?.get(client) === log)
  )
}
