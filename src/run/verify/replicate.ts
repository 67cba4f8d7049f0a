/** Runs an experiment as often as its rows need: independent replications, taken together. */

import { type CannotRun, type Experiment, isCannotRun } from './experiment.ts'
import type { Row } from './row.ts'
import { isUncertain, lengthFor, pool } from './run-length.ts'
import { judge, type Measured } from './verdict.ts'

/** A run that is still uncertain may take this many times its budget. */
const MOST_TIMES = 4
/**
 * Rows that do not hold, but nearly do, are looked at once more after this many times as many observations.
 * The tolerance is then half as wide: what is wrong still fails, what was chance does not.
 */
const SECOND_LOOK = 4
const NEARLY = 2

/** @param budget requests (or draws) to spend on one run */
export function replicate(
  experiment: Experiment,
  rows: readonly Row[],
  { seed, budget }: { readonly seed: string; readonly budget: number },
): readonly (Measured | CannotRun)[] {
  const { each, replications } = lengthFor(experiment, rows, budget)
  const most = Math.max(replications, Math.ceil((MOST_TIMES * budget) / Math.max(1, each * experiment.cost)))
  const parts: (Measured | CannotRun)[][] = rows.map(() => [])
  // Seeds differ between experiments, or one unlucky stream of draws would show in all of them.
  const seeds = `${seed}-${hash(experiment.key)}`
  const runTo = (total: number) => {
    while (parts[0]!.length < total) {
      const answers = experiment.run(rows, each, `${seeds}-${parts[0]!.length + 1}`)
      answers.forEach((answer, i) => void parts[i]!.push(answer))
    }
  }
  const some = (is: (row: Row, measured: Measured) => boolean) =>
    rows.some((row, i) => {
      const measured = together(parts[i]!)
      return !isCannotRun(measured) && is(row, measured)
    })

  runTo(replications)
  if (experiment.cost === 0) return parts.map(together)
  if (some(nearlyHolds)) runTo(replications * SECOND_LOOK)
  const decidable = (row: Row, measured: Measured) =>
    isUncertain(row, measured) &&
    (row.tolerance.type === 'asymptotic' || !isUncertain(row, measured, most / parts[0]!.length))
  while (parts[0]!.length < most && some(decidable)) runTo(parts[0]!.length + 1)
  return parts.map(together)
}

function nearlyHolds(row: Row, measured: Measured): boolean {
  const { holds, tolerance } = judge(row, measured)
  if (holds || typeof row.value !== 'number' || measured.error === 0) return false
  return Math.abs((measured.value as number) - row.value) <= NEARLY * tolerance
}

function together(parts: readonly (Measured | CannotRun)[]): Measured | CannotRun {
  return isCannotRun(parts[0]!) ? parts[0] : pool(parts as readonly Measured[])
}

/** FNV-1a of a text, 32 bits. */
function hash(text: string): string {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return (h >>> 0).toString(16)
}
