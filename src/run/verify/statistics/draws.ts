/** Draws in batches, and the figures of a sample of draws. */

import { quantileOfSorted } from '../../../measure/quantile.ts'
import { batchInterval } from '../batch-interval.ts'
import { BATCHES } from '../sample.ts'
import type { Measured } from '../verdict.ts'

/** A figure of any stretch of the draws. */
export type DrawFigure = (draws: Float64Array) => number

/** @param n draws; made into a multiple of the number of batches */
export function makeDraws(n: number, draw: () => number): Float64Array {
  const draws = new Float64Array(Math.ceil(n / BATCHES) * BATCHES)
  for (let i = 0; i < draws.length; i++) draws[i] = draw()
  return draws
}

export function measureDraws(draws: Float64Array, figure: DrawFigure): Measured {
  const size = draws.length / BATCHES
  const value = figure(draws)
  const { error, halfWidth } = batchInterval((b) => figure(draws.subarray(b * size, (b + 1) * size)))
  return { value, n: draws.length, error, low: value - halfWidth, high: value + halfWidth }
}

/** `mean`, `sd`, `p50`, …; undefined for another name. */
export function drawFigureNamed(name: string): DrawFigure | undefined {
  if (name === 'mean') return mean
  if (name === 'sd') return sd
  const share = /^p(\d{1,5})$/.exec(name)?.[1]
  if (share === undefined) return undefined
  return (draws) => quantileOfSorted(draws.slice().sort(), Number(share) / 10 ** Math.max(2, share.length))
}

export function mean(draws: Float64Array): number {
  return draws.reduce((sum, x) => sum + x, 0) / draws.length
}

export function variance(draws: Float64Array): number {
  const centre = mean(draws)
  return draws.reduce((sum, x) => sum + (x - centre) * (x - centre), 0) / (draws.length - 1)
}

function sd(draws: Float64Array): number {
  return Math.sqrt(variance(draws))
}
