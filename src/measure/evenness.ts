/**
 * How evenly something is spread over replicas, in the three figures that are in use.
 *
 * Source of Jain's index: R. Jain, D. Chiu, W. Hawe, "A Quantitative Measure of Fairness and Discrimination
 * for Resource Allocation in Shared Computer Systems", DEC TR-301 (1984).
 */

export interface Evenness {
  /** The greatest count over the mean; 1 is even, the number of counts is all at one. */
  readonly imbalance: number
  /** (Σ x)² / (n Σ x²): 1 is even, 1/n is all at one. */
  readonly jain: number
  /** Coefficient of variation: standard deviation (of all of them) over the mean; 0 is even. */
  readonly cv: number
}

const EVEN: Evenness = { imbalance: 1, jain: 1, cv: 0 }

/** Of the counts from `from` up to `to`, at least one of them; nothing at all is even. */
export function evenness(counts: Float64Array, from: number, to: number): Evenness {
  const n = to - from
  let total = 0
  let squares = 0
  let most = 0
  for (let i = from; i < to; i++) {
    const count = counts[i]!
    total += count
    squares += count * count
    if (count > most) most = count
  }
  if (total === 0) return EVEN
  const spread = (n * squares) / (total * total)
  return { imbalance: (most * n) / total, jain: 1 / spread, cv: Math.sqrt(Math.max(0, spread - 1)) }
}
