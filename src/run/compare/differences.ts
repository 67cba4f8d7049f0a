/** The differences of variants from a baseline over replications, and what can be said of each for sure. */

import { holm, type PairedTest, pairedTest, pairsToDecide } from '../../measure/paired.ts'
import type { Difference, FigureOutline, VariantResult } from './result.ts'

/** More replications than this are no advice. */
const MOST_PAIRS = 10_000

/** A difference within this share of the figure is too small to matter. */
const SMALL = 0.01

interface Pair {
  readonly variant: string
  readonly figure: FigureOutline
  readonly test: PairedTest
  readonly baseMean: number
  readonly isSame: boolean
}

/**
 * Every figure of every variant but the baseline. A difference counts as sure when its probability, corrected
 * by Holm's method for all that are compared here, is at most 1 - confidence.
 */
export function differencesOf(
  variants: readonly VariantResult[],
  baseline: number,
  figures: readonly FigureOutline[],
  confidence: number,
): Difference[] {
  const base = variants[baseline]!
  const pairs = variants
    .filter((variant) => variant !== base)
    .flatMap((variant) => figures.map((figure) => pairOf(variant, base, figure, confidence)))
  const tested = pairs.filter(isTested)
  const adjusted = holm(tested.map(({ test }) => test.p))
  const level = 1 - confidence
  const undecided = adjusted.filter((p) => p > level).length
  return pairs.map((pair) => {
    const { test, variant, figure } = pair
    const adjustedP = isTested(pair) ? adjusted[tested.indexOf(pair)]! : null
    const verdict = verdictOf(pair, adjustedP, level)
    const isOpen = verdict === 'undecided'
    return {
      variant,
      figure: figure.name,
      mean: test.count === 0 ? null : test.mean,
      halfWidth: test.count < 2 ? null : test.halfWidth,
      pairs: test.count,
      p: Number.isNaN(test.p) ? null : test.p,
      adjustedP,
      verdict,
      replicationsToDecide: isOpen ? (pairsToDecide(test, level / undecided, MOST_PAIRS) ?? null) : null,
      isTooSmallToMatter: test.count >= 2 && isSmall(pair),
    }
  })
}

function pairOf(
  variant: VariantResult,
  base: VariantResult,
  figure: FigureOutline,
  confidence: number,
): Pair {
  const ours: number[] = []
  const theirs: number[] = []
  for (const [i, value] of variant.figures[figure.name]!.values.entries()) {
    const other = base.figures[figure.name]!.values[i] ?? null
    if (value === null || other === null) continue
    ours.push(value)
    theirs.push(other)
  }
  return {
    variant: variant.name,
    figure,
    test: pairedTest(ours, theirs, confidence),
    baseMean: theirs.reduce((sum, value) => sum + value, 0) / theirs.length,
    isSame: ours.every((value, i) => value === theirs[i]),
  }
}

function isTested({ test, isSame }: Pair): boolean {
  return test.count >= 2 && !isSame
}

function verdictOf({ test, isSame }: Pair, adjustedP: number | null, level: number): Difference['verdict'] {
  if (test.count < 2) return 'unknown'
  if (isSame) return 'same'
  if (adjustedP === null || adjustedP > level) return 'undecided'
  return test.mean < 0 ? 'lower' : 'higher'
}

function isSmall({ test, baseMean, figure }: Pair): boolean {
  const yardstick = figure.unit === 'share' ? Math.min(baseMean, 1 - baseMean) : baseMean
  return Math.abs(test.mean) + test.halfWidth <= SMALL * Math.abs(yardstick)
}
