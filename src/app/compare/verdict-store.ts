/** How the replications behind the verdict are going, and what they have shown. */

import { createStore } from 'zustand/vanilla'
import type { Comparison, ComparisonDoor } from '../../worker/protocol.ts'
import { handOverLogs, logsOf } from '../logs.ts'
import type { Lane } from '../stores/runs.ts'

/** waiting: for the runs on the screen, which go first. */
export type Progress = 'waiting' | 'running' | 'paused' | 'cancelled' | 'done' | 'failed'

export interface Verdict {
  readonly progress: Progress
  /** Replications of each lane that are asked for. */
  readonly wanted: number
  /** The lanes are in it by their keys. */
  readonly result: Comparison | undefined
  /** Wall time of the replications so far, ms, pauses left out. */
  readonly spent: number
  readonly failure: string
}

export const FEW = 20

const NOTHING: Verdict = { progress: 'waiting', wanted: FEW, result: undefined, spent: 0, failure: '' }

export const verdict = createStore<Verdict>()(() => NOTHING)

let door: ComparisonDoor | undefined
let latest = 0
let lanes: readonly Lane[] = []
let runningSince = 0

/** Lets a worker run the replications. */
export function takeDoor(other: ComparisonDoor): void {
  door = other
}

/** Which lanes are compared: begins anew with them unless they are those of before. */
export function compareLanes(next: readonly Lane[], isReady: boolean): void {
  const fit = next.filter(({ scenario }) => scenario !== undefined)
  const isSame =
    fit.length === lanes.length &&
    fit.every((lane, i) => lane.scenario === lanes[i]!.scenario && lane.key === lanes[i]!.key)
  if (isSame && verdict.getState().progress !== 'waiting') return
  lanes = fit
  if (!isSame) {
    latest++
    void door?.stop().catch(() => undefined)
    verdict.setState(NOTHING)
  }
  if (isReady && fit.length > 1) void run()
}

/** Stops for as long as nobody looks; the finished replications are kept. */
export function leaveVerdict(): void {
  latest++
  lanes = []
  void door?.stop().catch(() => undefined)
  verdict.setState(NOTHING)
}

export function pauseVerdict(): void {
  if (verdict.getState().progress !== 'running') return
  clock()
  verdict.setState({ progress: 'paused' })
  void door?.hold(true).catch(() => undefined)
}

export function resumeVerdict(): void {
  if (verdict.getState().progress !== 'paused') return
  runningSince = performance.now()
  verdict.setState({ progress: 'running' })
  void door?.hold(false).catch(() => undefined)
}

/** Gives up what is under way and keeps what is finished. */
export function cancelVerdict(): void {
  latest++
  clock()
  verdict.setState({ progress: 'cancelled' })
  void door?.stop().catch(() => undefined)
}

/** Goes on with what was cancelled or failed; or with so many more. */
export function goOn(more = 0): void {
  verdict.setState(({ wanted }) => ({ wanted: wanted + more }))
  void run()
}

async function run(): Promise<void> {
  const mine = ++latest
  if (!door) return
  verdict.setState({ progress: 'running', failure: '' })
  runningSince = performance.now()
  const contenders = lanes.flatMap(({ key, set, scenario }) =>
    scenario ? [{ name: key, set, scenario }] : [],
  )
  try {
    await handOverLogs(door, [...new Set(contenders.flatMap(({ scenario }) => logsOf(scenario)))])
    await door.compare(contenders, verdict.getState().wanted, (result) => {
      if (mine !== latest) return
      // What was run before comes back at once: fewer than one knows already is no news.
      if ((verdict.getState().result?.replications ?? 0) > result.replications) return
      clock()
      verdict.setState({ result })
    })
    if (mine === latest) verdict.setState({ progress: 'done' })
  } catch (error) {
    if (mine !== latest) return
    verdict.setState({ progress: 'failed', failure: error instanceof Error ? error.message : String(error) })
  }
}

/** Adds what has passed since it was last asked. */
function clock(): void {
  const now = performance.now()
  if (verdict.getState().progress === 'running') {
    verdict.setState(({ spent }) => ({ spent: spent + now - runningSince }))
  }
  runningSince = now
}
