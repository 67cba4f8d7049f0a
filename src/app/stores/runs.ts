/** The runs on show, one for each lane: what has been computed of each so far, and how that is going. */

import { createStore } from 'zustand/vanilla'
import type { Report } from '../../measure/report.ts'
import type { Change, RunSeries } from '../../measure/series.ts'
import type { Problem } from '../../scenario/problem.ts'
import type { Scenario } from '../../scenario/scenario.ts'

export interface Run {
  readonly number: number
  readonly scenario: Scenario
  /** How long it lasts, ns: as the scenario says, or until its log is over. */
  readonly duration: number
  readonly series: RunSeries
  readonly changes: readonly Change[]
  /** Present when complete. */
  readonly report: Report | undefined
  readonly simulatedTo: number
}

export type RunStatus = 'none' | 'computing' | 'done' | 'failed'

/** A scenario on show: the file as it is, one of its variants, or the file with another strategy. */
export interface Lane {
  /** Which it is, as the address has it: see lanes/lane-key.ts. */
  readonly key: string
  readonly name: string
  /** What it changes of the file: dotted path to new value. */
  readonly set: Readonly<Record<string, unknown>>
  /** Name of the file and its text, from which the scenario was read. */
  readonly id: string
  readonly source: string
  /** What the latest run is of; undefined when the lane has problems. */
  readonly scenario: Scenario | undefined
  /** What is wrong with this lane alone; the others run. */
  readonly problems: readonly Problem[]
  readonly status: RunStatus
  /** What is drawn; the last good one while the next has nothing to show yet. */
  readonly current: Run | undefined
  /** The one before it, whose curves stay as a ghost. */
  readonly previous: Run | undefined
  /** Why it failed, as a sentence. */
  readonly failure: string
}

export interface Runs {
  /** At least one once the first scenario is read; one alone is what most people look at. */
  readonly lanes: readonly Lane[]
}

export const runs = createStore<Runs>()(() => ({ lanes: [] }))

/** How all lanes together are going. */
export function statusOf(lanes: readonly Lane[]): RunStatus {
  for (const status of ['failed', 'computing', 'done'] as const) {
    if (lanes.some((lane) => lane.status === status)) return status
  }
  return 'none'
}

/** A lane that has something to draw. */
export type DrawnLane = Lane & { readonly current: Run }

export function drawn(lanes: readonly Lane[]): readonly DrawnLane[] {
  return lanes.filter((lane): lane is DrawnLane => lane.current !== undefined)
}
