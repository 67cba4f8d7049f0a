/** Hit ratios from a run of several caches side by side, with standard errors from batches. */

import type { Experiment } from '../experiment.ts'
import type { Row } from '../row.ts'
import type { Measured } from '../verdict.ts'
import type { Drive } from './drives.ts'

/** Requests before anything is measured: SIEVE's hand goes round rarely, so it takes long to settle. */
export const WARM_UP = 1_000_000
const BATCHES = 32
const T95 = 2.04

export interface Lanes {
  readonly key: string
  readonly warmUp: number
  /** One drive for each cache. */
  begin(seed: string): readonly Drive[]
  /** What a row asks for, from the hit ratio of each cache. */
  figure(row: Row, ratios: readonly number[]): number | readonly string[]
}

export function lanesExperiment({ key, warmUp, begin, figure }: Lanes): Experiment {
  return {
    key,
    cost: 1,
    least: 100_000,
    run(rows, n, seed) {
      const perBatch = Math.ceil(n / BATCHES)
      const batches = batchesOf(begin(seed), warmUp, perBatch)
      const whole = batches[0]!.map((_, lane) => mean(batches.map((ratios) => ratios[lane]!)))
      return rows.map((row): Measured => {
        const value = figure(row, whole)
        const count = perBatch * BATCHES
        if (typeof value !== 'number') return { value, n: count, error: 0, low: NaN, high: NaN }
        const error = standardError(batches.map((ratios) => Number(figure(row, ratios))))
        return { value, n: count, error, low: value - T95 * error, high: value + T95 * error }
      })
    },
  }
}

/** By batch: the hit ratio of each drive. */
function batchesOf(
  drives: readonly Drive[],
  warmUp: number,
  perBatch: number,
): readonly (readonly number[])[] {
  const ratios = drives.map((next) => {
    for (let i = 0; i < warmUp; i++) next()
    return Array.from({ length: BATCHES }, () => {
      let hits = 0
      for (let i = 0; i < perBatch; i++) if (next()) hits++
      return hits / perBatch
    })
  })
  return Array.from({ length: BATCHES }, (_, batch) => ratios.map((of) => of[batch]!))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length
}

function standardError(values: readonly number[]): number {
  const centre = mean(values)
  const squares = values.reduce((sum, x) => sum + (x - centre) * (x - centre), 0)
  return Math.sqrt(squares / (values.length - 1) / values.length)
}
