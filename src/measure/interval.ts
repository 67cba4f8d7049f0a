/**
 * Confidence intervals from independent values, such as one figure of several replications (Law, Simulation
 * Modeling and Analysis, chapter 9).
 */

import { type Moments, mean, momentsOf, standardDeviation } from './moments.ts'
import { studentQuantile } from './student-t.ts'

/** mean ± halfWidth. */
export interface Interval {
  readonly mean: number
  /** Infinity when there are fewer than two values. */
  readonly halfWidth: number
  /** How many values it rests on. */
  readonly count: number
}

/** Student's interval for the mean of the values; NaN ± Infinity when there are none. */
export function intervalOf(values: Iterable<number>, confidence = 0.95): Interval {
  return intervalFrom(momentsOf(values), confidence)
}

export function intervalFrom(moments: Moments, confidence = 0.95): Interval {
  const { count } = moments
  const error = standardDeviation(moments) / Math.sqrt(count)
  const halfWidth = count < 2 ? Infinity : studentQuantile((1 + confidence) / 2, count - 1) * error
  return { mean: mean(moments), halfWidth, count }
}
