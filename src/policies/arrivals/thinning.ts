/**
 * Poisson arrivals whose rate changes with time: candidates come at a ceiling's rate, and each is kept with
 * probability rate / ceiling.
 *
 * Source: Lewis & Shedler, "Simulation of nonhomogeneous Poisson processes by thinning", Naval Research
 * Logistics Quarterly 26 (1979).
 */

import { exponential } from '../../base/exponential.ts'
import { round } from '../../base/round.ts'
import { uniform } from '../../base/stream.ts'
import { type Instant, SECOND } from '../../base/time.ts'
import type { NextArrival } from './arrivals.ts'

/** A stretch of time with one ceiling. */
export interface Stretch {
  /** Where it ends and the next one begins, ns; Infinity for the last. */
  readonly until: Instant
  /** Never below `rateAt` in this stretch; per second. 0: no arrivals in it. */
  readonly ceiling: number
  /** The rate at an instant of the stretch, per second; left out where it is the ceiling throughout. */
  readonly rateAt?: (at: Instant) => number
}

/** Compiles stretches that follow each other from instant 0 on; `memory[0]` holds the current one. */
export function thinned(stretches: readonly Stretch[]): NextArrival {
  return (now, memory, random) => {
    let at = now
    for (let i = memory[0]!; i < stretches.length; memory[0] = ++i) {
      const { until, ceiling, rateAt } = stretches[i]!
      if (at >= until) continue
      if (ceiling > 0) {
        const gap = SECOND / ceiling
        for (;;) {
          at += gap * exponential(random)
          if (at >= until) break
          if (!rateAt || uniform(random) * ceiling < rateAt(at)) return round(at)
        }
      }
      // A Poisson process has no memory: drop the candidate beyond the end and begin the next.
      at = until
    }
    return Infinity
  }
}
