/** Rows about how many Poisson arrivals fall into windows of time. */

import { stream } from '../../../base/stream.ts'
import { SECOND } from '../../../base/time.ts'
import { arrivals } from '../../../policies/arrivals/index.ts'
import { cannotRun, type Experiment, type Reader } from '../experiment.ts'
import { type DrawFigure, makeDraws, mean, measureDraws, variance } from './draws.ts'

const figures: Readonly<Record<string, (expected: number) => DrawFigure>> = {
  variance_to_mean_ratio_of_counts_per_window: () => (counts) => variance(counts) / mean(counts),
  fraction_of_windows_with_at_most_the_mean: (expected) => (counts) =>
    counts.reduce((sum, x) => sum + (x <= expected ? 1 : 0), 0) / counts.length,
}

export const readPoisson: Reader = (row) => {
  if (row.model !== 'Poisson arrivals') return undefined
  const { rate, window } = row.parameters
  if (typeof rate !== 'number' || typeof window !== 'number' || !(rate * window > 0)) {
    return cannotRun('"rate" and "window" must be numbers above 0')
  }
  if (!Object.hasOwn(figures, row.quantity)) return cannotRun(`unknown quantity "${row.quantity}"`)
  return windows(rate, window)
}

/** A unit of the row's time is a second here. */
function windows(rate: number, window: number): Experiment {
  return {
    key: `Poisson arrivals ${rate} ${window}`,
    cost: Math.ceil(rate * window),
    least: 1000,
    run(rows, n, seed) {
      const process = arrivals.get('poisson')
      const next = process.next!({ rate })
      const random = stream(seed, 'arrivals')
      const memory = new Float64Array(Math.max(1, process.memory))
      let ends = 0
      let at = next(0, memory, random)
      const counts = makeDraws(n, () => {
        ends += window * SECOND
        let count = 0
        for (; at < ends; at = next(at, memory, random)) count++
        return count
      })
      return rows.map((row) => measureDraws(counts, figures[row.quantity]!(rate * window)))
    },
  }
}
