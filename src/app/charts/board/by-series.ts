/** What is made from a run's series is made once: several charts of several lanes ask for the same. */

import type { RunSeries } from '../../../measure/series.ts'
import type { Run } from '../../stores/runs.ts'

/** Remembers what `make` makes as long as the series are in use; series never change once they are here. */
export function bySeries<T>(make: (run: Run) => T): (run: Run) => T {
  const known = new WeakMap<RunSeries, T>()
  return (run) => {
    const old = known.get(run.series)
    if (old !== undefined) return old
    const made = make(run)
    known.set(run.series, made)
    return made
  }
}
