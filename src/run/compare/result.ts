/** The result of a comparison: stable and documented (public/compare.schema.json); `wall` alone differs from run to run. */

import type { ExpectationResult } from '../../measure/report.ts'

export interface Comparison {
  readonly format: 'evenkeel-compare/1'
  readonly scenario: string
  /** That of the scenario; those of the runs are `seeds`. */
  readonly seed: number | string
  readonly version: string
  /** True when it was interrupted: fewer replications than wanted, or runs that were cut short. */
  readonly partial: boolean
  /** Runs of each variant. */
  readonly replications: number
  readonly seeds: readonly (number | string)[]
  readonly confidence: number
  readonly wall: { readonly seconds: number }
  readonly fairness: Fairness
  /** The variant that the others are held against. */
  readonly baseline: string
  readonly figures: readonly FigureOutline[]
  readonly variants: readonly VariantResult[]
  /** Each variant but the baseline, figure by figure; empty when there is nothing to pair. */
  readonly differences: readonly Difference[]
  /** How chance hits among many comparisons are kept out: "holm", over `differences` that are not `same`. */
  readonly correction: 'holm'
}

/** Whether the variants had the same to do. */
export interface Fairness {
  /** As seen in every run: the same requests; the same arrivals with other work; different ones; not known of runs that were cut short. */
  readonly requests: 'same' | 'same arrivals' | 'different' | 'unknown'
  /** Why they are not the same; "" when they are. */
  readonly why: string
  /** The same timed faults and the same random failures. */
  readonly sameFaults: boolean
  /** The same time left out at the beginning, as far as runs were not cut short. */
  readonly sameWarmUp: boolean
}

export interface FigureOutline {
  /** As in an expectation: latency.p99. */
  readonly name: string
  /** share: 0 to 1; ms, s: a time; rate: per second; count: a plain number. */
  readonly unit: 'share' | 'ms' | 's' | 'rate' | 'count'
  /** Null where neither is better in itself. */
  readonly better: 'lower' | 'higher' | null
}

export interface VariantResult {
  readonly name: string
  /** What it changes: dotted paths, each with its new value. */
  readonly set: Readonly<Record<string, unknown>>
  /** By the name of the figure. */
  readonly figures: Readonly<Record<string, FigureResult>>
  /** Requests born in each run, warm-up included. */
  readonly born: readonly number[]
  /** The fingerprint of each run. */
  readonly fingerprints: readonly string[]
  /** Held against the means. */
  readonly expectations: readonly ExpectationResult[]
}

export interface FigureResult {
  /** Null when no run had one. */
  readonly mean: number | null
  /** Half of the confidence interval; null for fewer than two runs. */
  readonly halfWidth: number | null
  /** One for each run. */
  readonly values: readonly (number | null)[]
}

export interface Difference {
  readonly variant: string
  readonly figure: string
  /** Variant minus baseline, the mean over pairs of runs; null when no pair had the figure. */
  readonly mean: number | null
  /** Half of the confidence interval of the mean, for this difference alone; null for fewer than two pairs. */
  readonly halfWidth: number | null
  readonly pairs: number
  /** Chance of such a difference if there were none, for this difference alone; null for fewer than two pairs. */
  readonly p: number | null
  /** The same, corrected for the number of comparisons. */
  readonly adjustedP: number | null
  /** lower, higher: of the variant, for sure; same: equal in every run; undecided; unknown: fewer than two pairs. */
  readonly verdict: 'lower' | 'higher' | 'same' | 'undecided' | 'unknown'
  /** About how many replications would decide what is undecided; null when it is decided, or more than 10,000 would be needed. */
  readonly replicationsToDecide: number | null
  /** The whole interval lies within 1 % of the baseline's figure (of a share: of it or of what is missing to 1, whichever is less). */
  readonly isTooSmallToMatter: boolean
}
