/**
 * One run of a scenario with all standard measures, advanced slice by slice: what `simulate`, the session
 * behind the screen and the command line all stand on.
 */

import { LONGEST, SECOND } from '../base/time.ts'
import { type FactLog, factLog, flush, type Probe } from '../engine/fact-log.ts'
import { type Fingerprint, fingerprint } from '../engine/fingerprint.ts'
import { runUntil, stepOnce } from '../engine/simulation.ts'
import { endWindow, type Recorder, recorder } from '../measure/recorder.ts'
import type { Report } from '../measure/report.ts'
import { reportOf } from '../measure/report-of.ts'
import type { Cluster, LookUpListener } from '../model/cluster.ts'
import { link } from '../model/link.ts'
import { rules } from '../model/rules.ts'
import type { LogSource } from '../scenario/access-log/log-source.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { judge } from './expectations.ts'
import { withKeysMoved } from './keys-moved.ts'
import { layoutOf } from './layout.ts'
import { scaledIn, timedEntries } from './timed-entries.ts'

export interface RunOptions {
  /** Access logs by the id of the population that replays them. */
  readonly logs?: ReadonlyMap<string, LogSource>
  /** No more requests than this are born, and the measured window ends with the last of them. */
  readonly requests?: number
  /** Go on after the end, without new requests, until all are settled. */
  readonly drain?: boolean
  /** This many first requests are left out of the figures, instead of the scenario's warm-up. */
  readonly warmUpRequests?: number
  /** Read every fact besides the standard measures. */
  readonly probes?: readonly Probe[]
  /** Called whenever a node asks its cache for something. */
  readonly onLookUp?: LookUpListener
  /** Every request goes the long way, to the same end: to hold the short ways against it. */
  readonly noShortWays?: boolean
}

export interface Run {
  readonly scenario: Scenario
  readonly cluster: Cluster
  readonly log: FactLog
  readonly recording: Recorder
  readonly print: Fingerprint
  /** The measured window's end; LONGEST when only the number of requests ends it. */
  readonly end: number
  readonly requests: number
  readonly drain: boolean
  isOver: boolean
}

/** A run at time 0. `warmUp: auto` must have been settled before (see warm-up.ts). */
export function startRun(scenario: Scenario, options: RunOptions = {}): Run {
  const settled = withLogEnd(scenario, options.logs)
  const warmUp = settled.warmUp === 'auto' ? 0 : settled.warmUp
  const recording = recorder(layoutOf(settled, warmUp, options.warmUpRequests ?? 0))
  const print = fingerprint()
  const log = factLog([print, recording, ...(options.probes ?? [])])
  const requests = options.requests ?? Number.MAX_SAFE_INTEGER
  const cluster = link(settled, log, {
    mostRequests: requests,
    lastBirth: settled.duration,
    ...(options.logs ? { logs: options.logs } : {}),
    ...(options.onLookUp ? { onLookUp: options.onLookUp } : {}),
    noShortWays: options.noShortWays ?? false,
  })
  return {
    scenario: settled,
    cluster,
    log,
    recording,
    print,
    end: settled.duration,
    requests,
    drain: options.drain ?? false,
    isOver: false,
  }
}

/**
 * Runs on up to `until`, or for `events` events, whichever is first.
 * @returns true when the run is over
 */
export function advance(run: Run, until: number, events = Infinity): boolean {
  const { cluster, recording, end } = run
  const { faults } = run.scenario
  let left = events
  while (!run.isOver && left > 0) {
    const before = cluster.events
    if (recording.state.windowOpen) {
      // An event brings one request at most, so a slice ends with the last one that is wanted, never later.
      const slice = Math.min(left, run.requests - cluster.requests.born)
      const reached = runUntil(cluster, rules, faults, Math.min(until, end), slice)
      if (cluster.requests.born >= run.requests) close(run)
      else if (reached && until >= end) close(run)
      else if (reached) return false
    } else if (cluster.requests.open === 0) run.isOver = true
    else if (!stepOnce(cluster, rules, faults, Math.min(until, LONGEST))) {
      if (until < LONGEST) return false
      run.isOver = true
    }
    left -= Math.max(1, cluster.events - before)
  }
  if (run.isOver) flush(run.log)
  return run.isOver
}

/** The report; of an unfinished run, of what was measured so far. */
export function report(run: Run, version: string, wallSeconds: number): Report {
  const partial = !run.isOver
  if (partial) close(run)
  flush(run.log)
  const { changes, state } = run.recording
  const known = changes.slice(0, state.changes)
  const facts = {
    scenario: run.scenario.name,
    seed: run.scenario.seed,
    version,
    fingerprint: run.print.hex(),
    partial,
    events: run.cluster.events,
    wallSeconds,
    expectations: [],
    scaled: scaledIn(run.cluster),
    timed: timedEntries(run.scenario, known, run.cluster.now),
  }
  const measured = reportOf(run.recording, facts)
  const made = withKeysMoved(measured, run.scenario, known)
  return { ...made, expectations: judge(run.scenario.expect, made) }
}

function close(run: Run): void {
  flush(run.log)
  endWindow(run.recording, run.cluster.now)
  if (!run.drain) run.isOver = true
}

/** A scenario that lasts as long as its log ends with the second after the log's last request. */
function withLogEnd(scenario: Scenario, logs: RunOptions['logs']): Scenario {
  if (scenario.duration !== LONGEST || !logs) return scenario
  let end = 0
  for (const source of logs.values()) end = Math.max(end, source.end)
  return { ...scenario, duration: Math.floor(end / SECOND + 1) * SECOND }
}
