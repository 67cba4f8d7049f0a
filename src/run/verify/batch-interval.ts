/** The uncertainty of a figure from how much it differs between the batches of a sample. */

import { intervalOf } from '../../measure/interval.ts'
import { momentsOf, standardDeviation } from '../../measure/moments.ts'
import { BATCHES } from './sample.ts'

/** @param figure of one batch; NaN when it has nothing to say */
export function batchInterval(figure: (batch: number) => number): { error: number; halfWidth: number } {
  const values = Array.from({ length: BATCHES }, (_, batch) => figure(batch)).filter((x) => !Number.isNaN(x))
  return {
    error: standardDeviation(momentsOf(values)) / Math.sqrt(values.length),
    halfWidth: intervalOf(values).halfWidth,
  }
}
