/** Whether recorded counts differ from those of our policies by more than chance. */

import { chiSquareProbability } from '../../../../measure/theory/chi-square.ts'
import type { ChiSquareTest } from '../outcome.ts'

/**
 * A right policy fails a test with this chance. Recordings have a few dozen tests, so that one run in some
 * thirty would find a failure where there is none; a policy whose shares are off by a tenth hardly passes.
 */
export const LEVEL = 0.001

/** Fewer expected in a cell say nothing. */
const LEAST = 5

/**
 * Counts of the same things in two samples.
 * @param ours from a sample so much larger that its own chance hardly counts; it is allowed for
 */
export function homogeneity(
  what: string,
  recorded: readonly number[],
  ours: readonly number[],
): ChiSquareTest {
  const n = sum(recorded)
  const m = sum(ours)
  let statistic = 0
  let cells = 0
  for (const [i, count] of recorded.entries()) {
    const both = count + ours[i]!
    if (both === 0) continue
    cells++
    const gap = Math.sqrt(m / n) * count - Math.sqrt(n / m) * ours[i]!
    statistic += (gap * gap) / both
  }
  return test(what, statistic, cells - 1)
}

/** How often each value came up in two samples; neighbours are put together where too few are expected. */
export function sameValues(
  what: string,
  recorded: readonly number[],
  ours: readonly number[],
): ChiSquareTest {
  const values = [...new Set([...recorded, ...ours])].sort((a, b) => a - b)
  const share = recorded.length / ours.length
  const cells: [recorded: number, ours: number][] = [[0, 0]]
  for (const value of values) {
    let last = cells[cells.length - 1]!
    if (last[1] * share >= LEAST) {
      last = [0, 0]
      cells.push(last)
    }
    last[0] += recorded.filter((other) => other === value).length
    last[1] += ours.filter((other) => other === value).length
  }
  const [tail] = cells.slice(-1)
  if (cells.length > 1 && tail![1] * share < LEAST) {
    cells.pop()
    cells[cells.length - 1]![0] += tail![0]
    cells[cells.length - 1]![1] += tail![1]
  }
  return homogeneity(
    what,
    cells.map(([a]) => a),
    cells.map(([, b]) => b),
  )
}

/**
 * The totals of some rounds, whose counts hang together within a round: the squared distance from what ours
 * have on average, measured by how ours vary (Hotelling's test with a known covariance).
 * @param totals recorded, over `n` rounds
 * @param rounds ours, by round
 */
export function sameTotals(
  what: string,
  totals: readonly number[],
  n: number,
  rounds: readonly (readonly number[])[],
): ChiSquareTest {
  const m = rounds.length
  // The last total follows from the others.
  const size = totals.length - 1
  const mean = Array.from({ length: size }, (_, i) => sum(rounds.map((round) => round[i]!)) / m)
  const covariance = mean.map((_, i) =>
    mean.map((_, j) => sum(rounds.map((round) => (round[i]! - mean[i]!) * (round[j]! - mean[j]!))) / (m - 1)),
  )
  const scale = n + (n * n) / m
  const distance = mean.map((average, i) => totals[i]! - n * average)
  const { statistic, rank } = squaredDistance(
    distance,
    covariance.map((row) => row.map((value) => value * scale)),
  )
  return test(what, statistic, rank)
}

/** dᵀ C⁻¹ d by Cholesky's way; directions that do not vary must not differ. */
function squaredDistance(d: readonly number[], c: readonly (readonly number[])[]) {
  const root: number[][] = d.map(() => [])
  const solved: number[] = []
  let statistic = 0
  let rank = 0
  for (let i = 0; i < d.length; i++) {
    let rest = d[i]!
    let own = c[i]![i]!
    for (let j = 0; j < i; j++) {
      const dot = sum(root[j]!.slice(0, j).map((value, k) => value * root[i]![k]!))
      root[i]![j] = root[j]![j] === 0 ? 0 : (c[i]![j]! - dot) / root[j]![j]!
      rest -= root[i]![j]! * solved[j]!
      own -= root[i]![j]! ** 2
    }
    const varies = own > 1e-9
    root[i]![i] = varies ? Math.sqrt(own) : 0
    solved[i] = varies ? rest / root[i]![i]! : 0
    if (varies) rank++
    else if (Math.abs(rest) > 1e-6) statistic = Infinity
    statistic += solved[i]! ** 2
  }
  return { statistic, rank }
}

function test(what: string, statistic: number, freedom: number): ChiSquareTest {
  if (freedom <= 0) return { what, statistic, freedom: 0, p: statistic > 0 ? 0 : 1 }
  const p = statistic === Infinity ? 0 : Math.max(0, 1 - chiSquareProbability(statistic, freedom))
  return { what, statistic, freedom, p }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
