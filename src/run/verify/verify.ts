/** Runs every row it can of some files of reference values, and says which hold. */

import { type CannotRun, cannotRun, type Experiment, isCannotRun } from './experiment.ts'
import { readRow } from './readers.ts'
import { replicate } from './replicate.ts'
import type { Row, RowFile } from './row.ts'
import { isQuick, isTooWide, isUncertain } from './run-length.ts'
import { judge, type Measured, STANDARD_ERRORS, type Verdict } from './verdict.ts'

export interface VerifyOptions {
  readonly seed: string
  /** Requests (or draws) to spend on one run. */
  readonly budget: number
  /** Only rows whose tolerance is tight after a run within the budget. */
  readonly quick: boolean
  /** Which rows to look at. */
  readonly wants?: (row: Row, file: string) => boolean
}

export const FULL_BUDGET = 4_000_000
export const QUICK_BUDGET = 200_000

const LONGER = 'its tolerance asks for a longer run: raise --requests'

export interface Result {
  readonly file: string
  readonly row: Row
  readonly measured: Measured
  readonly verdict: Verdict
}

/** Rows that cannot be run, by the name of their model. */
export interface NotRun {
  readonly model: string
  readonly count: number
  /** Why, in words; undefined when nothing is known of the model. */
  readonly because: string | undefined
}

export interface Verification {
  readonly results: readonly Result[]
  readonly notRun: readonly NotRun[]
  /** Rows that `quick` passed over. */
  readonly passedOver: number
}

export interface Step {
  /** Share of the work that is done, 0 to 1. */
  readonly share: number
  readonly results: readonly Result[]
}

interface Entry {
  readonly file: string
  readonly row: Row
}
interface Group {
  readonly experiment: Experiment
  readonly entries: Entry[]
}

/** Yields after every experiment; the last word is what all of them say together. */
export function* verify(files: readonly RowFile[], options: VerifyOptions): Generator<Step, Verification> {
  const { groups, missing, passedOver } = sort(files, options)
  const results: Result[] = []
  for (const [i, { experiment, entries }] of groups.entries()) {
    const rows = entries.map(({ row }) => row)
    const answers = replicate(experiment, rows, options)
    const held: Result[] = []
    entries.forEach(({ file, row }, place) => {
      const measured = answers[place]!
      const verdict = isCannotRun(measured) ? measured : judgeUnlessOpen(row, measured)
      if (isCannotRun(verdict)) missing.add(row.model, verdict.because)
      else held.push({ file, row, measured: measured as Measured, verdict })
    })
    results.push(...held)
    yield { share: (i + 1) / groups.length, results: held }
  }
  return { results, notRun: missing.list(), passedOver }
}

/** A difference that is too large, but not beyond what chance does in a run of this length, decides nothing. */
function judgeUnlessOpen(row: Row, measured: Measured): Verdict | CannotRun {
  const verdict = judge(row, measured)
  if (isTooWide(row, measured)) return cannotRun(LONGER)
  if (verdict.holds || !isUncertain(row, measured)) return verdict
  const difference = Math.abs((measured.value as number) - (row.value as number))
  const isOpen = difference <= verdict.tolerance + STANDARD_ERRORS * measured.error
  return isOpen ? cannotRun(LONGER) : verdict
}

/** Rows by the experiment that answers them, in the order of the files. */
function sort(files: readonly RowFile[], { wants, quick, budget }: VerifyOptions) {
  const groups = new Map<string, Group>()
  const missing = tally()
  let passedOver = 0
  for (const { name: file, rows } of files) {
    for (const row of rows) {
      if (wants && !wants(row, file)) continue
      const experiment = readRow(row)
      if (experiment === undefined) missing.add(row.model, undefined)
      else if (isCannotRun(experiment)) missing.add(row.model, experiment.because)
      else if (quick && !isQuick(experiment, row, budget)) passedOver++
      else {
        const group = groups.get(experiment.key) ?? { experiment, entries: [] }
        group.entries.push({ file, row })
        groups.set(experiment.key, group)
      }
    }
  }
  return { groups: [...groups.values()], missing, passedOver }
}

function tally() {
  const counts = new Map<string, { count: number; because: string | undefined }>()
  return {
    add(model: string, because: string | undefined): void {
      const before = counts.get(model)
      counts.set(model, { count: (before?.count ?? 0) + 1, because: before?.because ?? because })
    },
    list: (): NotRun[] => Array.from(counts, ([model, of]) => ({ model, ...of })),
  }
}
