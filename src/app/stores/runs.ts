/** The run on show: what has been computed of it so far, and how that is going. */

import { createStore } from 'zustand/vanilla'
import type { Report } from '../../measure/report.ts'
import type { Change, RunSeries } from '../../measure/series.ts'
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

export interface Runs {
  readonly status: RunStatus
  /** What is drawn; the last good one while the next has nothing to show yet. */
  readonly current: Run | undefined
  /** The one before it, whose curves stay as a ghost. */
  readonly previous: Run | undefined
  /** Why it failed, as a sentence. */
  readonly failure: string
}

export const runs = createStore<Runs>()(() => ({
  status: 'none',
  current: undefined,
  previous: undefined,
  failure: '',
}))
