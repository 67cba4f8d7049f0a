/**
 * When an expectation breaks: the run is gone through once more with all its measures, from the nearest checkpoint
 * on, and after every step of its series each expectation is held against the report of what has happened so far.
 */

import { flush } from '../engine/fact-log.ts'
import { nearest } from '../engine/history.ts'
import { copyTree, restoreTree } from '../engine/tree.ts'
import { endWindow } from '../measure/recorder.ts'
import { figuresOf } from '../measure/report-of.ts'
import { whileRunning } from '../scenario/judged.ts'
import type { Expectation } from '../scenario/scenario.ts'
import { figureOf, holds } from './expectations.ts'
import { tiersWithKeysMoved } from './keys-moved.ts'
import { advance, type Run, startRun } from './run.ts'
import { restore } from './saved.ts'
import type { Session } from './session.ts'

export interface Break {
  /** End of the step after which it holds no longer, ns. */
  readonly at: number
  /** The expectation as the scenario writes it. */
  readonly text: string
  readonly measured: number
}

/** Stands after a step of the run and knows which expectations held there. */
export interface Judge {
  readonly session: Session
  readonly replay: Run
  /** Steps that have been gone through; -1: nothing yet. */
  step: number
  /** Of each expectation, whether it held after that step; what has no value yet, holds. */
  held: boolean[]
  /** The search under way. */
  sought: { readonly from: number; readonly to: number } | undefined
}

/** Events in a slice: a few milliseconds of work. */
const SLICE = 10_000

/** Somebody who judges a session's run. */
export function judgeOf(session: Session): Judge {
  const { run, options } = session
  const replay = startRun(run.scenario, { ...options, probes: [] })
  return { session, replay, step: -1, held: [], sought: undefined }
}

/**
 * Looks for the first break after `from` and up to `to`, ns, for about `milliseconds` of wall time; asked again
 * with the same bounds it goes on.
 * @returns the break, `none`, or `more` when there is more to look at
 */
export function lookForBreak(
  judge: Judge,
  from: number,
  to: number,
  milliseconds: number,
): Break | 'none' | 'more' {
  const began = performance.now()
  const { step } = judge.replay.recording.series
  if (judge.sought?.from !== from || judge.sought.to !== to) {
    judge.sought = { from, to }
    // Steps that end at `from` or before are gone through for what held there.
    goBack(judge, Math.floor(from / step))
  }
  while ((judge.step + 1) * step <= Math.min(to, judge.replay.end - 1)) {
    if (performance.now() - began >= milliseconds) return 'more'
    const at = (judge.step + 1) * step
    if (!advanceTo(judge.replay, at, began + milliseconds)) return 'more'
    const broken = afterStep(judge, at)
    if (at > from && broken) {
      judge.sought = undefined
      return broken
    }
  }
  judge.sought = undefined
  return 'none'
}

/** Stands after step `steps` or before it: where it is, or where there is a checkpoint. */
function goBack(judge: Judge, steps: number): void {
  const { session, replay } = judge
  const { step } = replay.recording.series
  const from = nearest(session.past, Math.max(0, steps - 1) * step)
  const isOnTheWay = judge.step >= 0 && judge.step <= steps && (from?.at ?? 0) <= judge.step * step
  if (isOnTheWay) return
  if (!from) throw new Error('nothing has been computed yet')
  restore(replay, from.saved)
  replay.recording.changes.splice(
    0,
    Infinity,
    ...session.run.recording.changes.slice(0, from.saved.recorder.changes),
  )
  judge.step = Math.floor(from.at / step)
  judge.held = session.run.scenario.expect.map(() => true)
}

/** @returns whether it is there; false when its time was over before */
function advanceTo(replay: Run, at: number, deadline: number): boolean {
  while (!advance(replay, at, SLICE)) {
    const isThere = replay.cluster.now >= at || !replay.recording.state.windowOpen
    if (isThere) return true
    if (performance.now() >= deadline) return false
  }
  return true
}

/** Notes what holds after a step. @returns the first expectation that did and does no longer */
function afterStep(judge: Judge, at: number): Break | undefined {
  judge.step++
  const { replay, held } = judge
  const figures = soFar(replay, at)
  if (!figures) return undefined
  let first: Break | undefined
  for (const [i, expectation] of replay.scenario.expect.entries()) {
    const measured = measuredOf(expectation, figures)
    const does = measured === undefined || holds(measured, whileRunning(expectation)!)
    if (held[i] && !does) first ??= { at, text: expectation.text, measured: measured! }
    held[i] = does
  }
  return first
}

function measuredOf(expectation: Expectation, figures: object): number | undefined {
  return whileRunning(expectation) && (figureOf(figures, expectation.figure) ?? undefined)
}

/** The figures as if the run ended at `at`; undefined before the warm-up is over. The run stays as it is. */
function soFar(replay: Run, at: number): object | undefined {
  flush(replay.log)
  const { recording, scenario } = replay
  const kept = copyTree(recording.state)
  endWindow(recording, at)
  const isMeasured = recording.state.to > recording.state.from
  const asksForKeys = scenario.expect.some(({ figure }) => figure.includes('keysMoved'))
  let figures: object | undefined
  if (isMeasured) {
    const measured = figuresOf(recording)
    const known = recording.changes.slice(0, recording.state.changes)
    figures = asksForKeys
      ? { ...measured, tiers: tiersWithKeysMoved(measured.tiers, scenario, known) }
      : measured
  }
  restoreTree(recording.state, kept)
  recording.series.steps = kept.step
  return figures
}
