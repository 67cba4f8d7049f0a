/** The engine as a function: a scenario in, a report out. No Node, no DOM. */

import type { Report } from '../measure/report.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { advance, type Run, type RunOptions, report, startRun } from './run.ts'
import { warmUpSearch } from './warm-up.ts'

export interface SimulateOptions extends RunOptions {
  /** Called between slices with the share that is done, 0 to 1. */
  onProgress?(share: number): void
  /** Asked between slices; true ends the run early, and its report is marked partial. */
  stopped?(): boolean
}

/** Events in a slice: a few milliseconds of work. */
const SLICE = 20_000

/** Runs a scenario to its end. */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): Report {
  const run = start(scenario, options)
  while (!run.advance(50)) {
    options.onProgress?.(run.progress())
    if (options.stopped?.()) break
  }
  return run.report()
}

/** A run that comes up for air. */
export interface RunInSlices {
  /** Works for about `milliseconds` of wall time. @returns true when the run is over */
  advance(milliseconds: number): boolean
  /** Share of the run that is done, 0 to 1. */
  progress(): number
  /** Of what was measured so far; marked partial when the run is not over. */
  report(): Report
}

/** Starts a run for a caller that must see to other things meanwhile. */
export function start(scenario: Scenario, options: SimulateOptions = {}): RunInSlices {
  const search = warmUpSearch(scenario, options)
  let run: Run | undefined
  let wall = 0
  return {
    advance(milliseconds) {
      const began = performance.now()
      let now = began
      do {
        if (run) advance(run, Infinity, SLICE)
        else if (search.advance(SLICE)) run = startRun(search.scenario(), options)
        now = performance.now()
      } while (!run?.isOver && now - began < milliseconds)
      wall += now - began
      return run?.isOver ?? false
    },
    progress: () => (run ? progressOf(run) : 0),
    report() {
      run ??= startRun({ ...scenario, warmUp: 0 }, options)
      return report(run, __EVENKEEL_VERSION__, wall / 1e3)
    },
  }
}

function progressOf(run: Run): number {
  if (run.isOver) return 1
  const byTime = run.cluster.now / run.end
  const byCount = run.cluster.requests.born / run.requests
  return Math.min(1, Math.max(byTime, byCount))
}
