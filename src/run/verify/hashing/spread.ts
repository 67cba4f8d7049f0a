/** How unevenly something falls to replicas, by the names that rows give the figures. */

import { quantileOfSorted } from '../../../measure/quantile.ts'
import { deviationOf, leastOf, meanOf, rootMeanOf, type Summary } from './trials.ts'

/** What one trial says; 1 is a fair share. */
export interface Spread {
  /** Mean square of how far the replicas are from fair. */
  readonly variance: number
  readonly peak: number
  readonly least: number
  /** The load of every replica. */
  readonly loads: Float64Array
}

/** @param amounts what each replica got, in any unit */
export function spreadOf(amounts: ArrayLike<number>): Spread {
  const loads = Float64Array.from(amounts)
  const fair = loads.reduce((sum, x) => sum + x, 0) / loads.length
  let squares = 0
  let peak = -Infinity
  let least = Infinity
  for (let i = 0; i < loads.length; i++) {
    const load = loads[i]! / fair
    loads[i] = load
    squares += (load - 1) * (load - 1)
    peak = Math.max(peak, load)
    least = Math.min(least, load)
  }
  return { variance: squares / loads.length, peak, least, loads }
}

const peak = meanOf<Spread>((trial) => trial.peak)

/** In order: the first pattern that fits. */
const figures: readonly (readonly [RegExp, Summary<Spread>])[] = [
  [/^lower_bound_of_peak_to_average/, leastOf((trial) => trial.peak)],
  [/^sd_of_peak_to_average/, deviationOf((trial) => trial.peak)],
  [/^(expected_)?peak_to_average/, peak],
  [/^overprovision_factor/, peak],
  [/^expected_minimum_to_average/, meanOf((trial) => trial.least)],
  [/^coefficient_of_variation/, rootMeanOf((trial) => trial.variance)],
  [/sigma_over_mu$/, rootMeanOf((trial) => trial.variance)],
]

export function spreadNamed(quantity: string): Summary<Spread> | undefined {
  const interval = /_(\d+)pct_interval_relative_to_mean$/.exec(quantity)
  if (interval) return middle(Number(interval[1]) / 100)
  return figures.find(([pattern]) => pattern.test(quantity))?.[1]
}

/** Between which loads that share of all replicas lies. */
function middle(share: number): Summary<Spread> {
  return (trials) => {
    const all = new Float64Array(trials.reduce((sum, { loads }) => sum + loads.length, 0))
    let end = 0
    for (const { loads } of trials) {
      all.set(loads, end)
      end += loads.length
    }
    all.sort()
    return [(1 - share) / 2, (1 + share) / 2].map((p) => quantileOfSorted(all, p))
  }
}
