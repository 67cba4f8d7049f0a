/** A chart of one run, alone or as one of several on the same axes. */

import type { Run } from '../stores/runs.ts'
import type { Source } from './frame/chart-data.ts'

/** Which of several lanes something is of. */
export interface LaneMark {
  /** Counted from 0. */
  readonly index: number
  readonly name: string
  /** Its chart stands below another lane's, which has the common head. */
  readonly follows?: boolean
}

export interface ChartOfRun {
  readonly run: Run
  /** The run before it, whose curve stays when it is of the same scenario. */
  readonly previous?: Run | undefined
  /** Runs whose charts have the same axes, this one with them; only this one when left out. */
  readonly among?: readonly Run[] | undefined
  /** Says whose chart it is. */
  readonly lane?: LaneMark | undefined
}

/** The length of the common time axis, ns. */
export function wholeOf(runs: readonly Run[]): number {
  return Math.max(...runs.map((run) => run.duration))
}

export function sourceOf(run: Run, lane: LaneMark | undefined): Source {
  return lane ? { name: lane.name, run } : { run }
}
