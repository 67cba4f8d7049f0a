/**
 * Holds variants of a scenario against each other, figure by figure. Every replication gives all variants the
 * same seed, and so the same requests; differences are taken pair by pair.
 */

import { intervalOf } from '../../measure/interval.ts'
import type { Report } from '../../measure/report.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { replications } from '../replicate.ts'
import type { Births } from './births.ts'
import { differencesOf } from './differences.ts'
import { fairnessOf, type Seen } from './fairness.ts'
import type { ComparedFigure } from './figures.ts'
import type { Comparison, FigureResult, VariantResult } from './result.ts'

export interface Contender {
  readonly name: string
  /** What it changes of the scenario: dotted paths, each with its new value. */
  readonly set: Readonly<Record<string, unknown>>
  readonly scenario: Scenario
}

/** What one run has shown. */
export interface Outcome {
  readonly report: Report
  readonly births: Births
}

export interface ComparisonOptions {
  readonly figures: readonly ComparedFigure[]
  /** The place of the baseline among the contenders. */
  readonly baseline: number
  readonly confidence: number
}

/** What the replications so far have shown; holds no reports. */
export interface ComparisonSoFar {
  /** Replications that were added. */
  readonly count: number
  /** Adds a replication: a run of each contender, in their order; undefined where there was no time for it. */
  add(outcomes: readonly (Outcome | undefined)[]): void
  result(partial: boolean): Comparison
}

/** @param contenders at least one */
export function comparison(
  contenders: readonly Contender[],
  { figures, baseline, confidence }: ComparisonOptions,
): ComparisonSoFar {
  const columns = contenders.map((contender) => column(contender, figures))
  let count = 0
  return {
    get count() {
      return count
    },
    add(outcomes) {
      count++
      for (const [i, each] of columns.entries()) each.add(outcomes[i])
    },
    result(partial) {
      const variants = columns.map((each) => each.result(confidence))
      const first = columns[baseline]!.seen.report(partial)
      const scenarios = contenders.map(({ scenario }) => scenario)
      const longest = columns.map(({ seen }) => seen).find((seen) => seen.count === count)
      return {
        format: 'evenkeel-compare/1',
        scenario: scenarios[0]!.name,
        seed: first.seed,
        version: __EVENKEEL_VERSION__,
        partial,
        replications: count,
        seeds: longest?.report(partial).seeds ?? first.seeds,
        confidence,
        wall: { seconds: columns.reduce((sum, { seen }) => sum + seen.report(partial).wall.seconds, 0) },
        fairness: fairnessOf(
          scenarios,
          columns.map(({ runs }) => runs),
        ),
        baseline: contenders[baseline]!.name,
        figures: figures.map(({ name, unit, better }) => ({ name, unit, better })),
        variants,
        differences: count < 2 ? [] : differencesOf(variants, baseline, figures, confidence),
        correction: 'holm',
      }
    },
  }
}

function column({ name, set, scenario }: Contender, figures: readonly ComparedFigure[]) {
  const seen = replications(scenario)
  const runs: (Seen | undefined)[] = []
  const fingerprints: string[] = []
  const values = figures.map((): (number | null)[] => [])
  return {
    seen,
    runs,
    add(outcome: Outcome | undefined) {
      const report = outcome?.report
      for (const [f, { valueIn }] of figures.entries()) values[f]!.push(report ? valueIn(report) : null)
      if (outcome === undefined) {
        runs.push(undefined)
        return
      }
      const { partial, simulated, fingerprint } = outcome.report
      runs.push({ births: outcome.births, partial, warmUpSeconds: simulated.warmUpSeconds })
      fingerprints.push(fingerprint)
      seen.add(outcome.report)
    },
    result: (confidence: number): VariantResult => ({
      name,
      set,
      figures: Object.fromEntries(
        figures.map((figure, f) => [figure.name, resultOf(values[f]!, confidence)]),
      ),
      born: runs.flatMap((run) => (run ? [run.births.count] : [])),
      fingerprints,
      expectations: seen.count === 0 ? [] : seen.report(false).expectations,
    }),
  }
}

function resultOf(values: readonly (number | null)[], confidence: number): FigureResult {
  const { mean, halfWidth, count } = intervalOf(
    values.filter((value) => value !== null),
    confidence,
  )
  return {
    mean: count === 0 ? null : mean,
    halfWidth: Number.isFinite(halfWidth) ? halfWidth : null,
    values: [...values],
  }
}
