/** Reference values for hashing, and what is compared with them. */

import { expect } from 'vitest'
import { theoryRows } from '../../theory-rows.ts'

export interface Row {
  readonly id: string
  readonly model: string
  readonly parameters: Readonly<Record<string, any>>
  readonly quantity: string
  readonly value: any
  readonly tolerance_hint: {
    readonly type: string
    readonly sigma_per_sqrt_n?: number
    readonly rel?: number
  }
}

const like = theoryRows<Row>('hashing')

/** The rows whose ids match, as cases. */
export function rowsLike(id: RegExp): (readonly [string, Row])[] {
  return like(id).map((row) => [row.id, row] as const)
}

/**
 * Holds a measured value against a row's by the row's own rule.
 * @param n how many independent things (rings, keys, seeds) it is the mean of
 * @param behind how many the row's own value is the mean of, if it was simulated
 */
export function expectRow(
  { id, value, tolerance_hint: hint }: Row,
  measured: number,
  n = 1,
  behind = Infinity,
) {
  const { type, sigma_per_sqrt_n: sigma = 0, rel = 0 } = hint
  const what = `${id}: ${measured} for ${value}`
  const allowed = type === 'statistical' ? 4 * sigma * Math.sqrt(1 / n + 1 / behind) : value * rel
  expect(Math.abs(measured - value), what).toBeLessThanOrEqual(allowed)
}

export const mean = (xs: ArrayLike<number>) => Array.from(xs).reduce((sum, x) => sum + x, 0) / xs.length

/** Standard deviation over all of them, or of the population they were drawn from. */
export function deviation(xs: ArrayLike<number>, drawn = 0): number {
  const middle = mean(xs)
  return Math.sqrt(
    Array.from(xs).reduce((sum, x) => sum + (x - middle) * (x - middle), 0) / (xs.length - drawn),
  )
}
