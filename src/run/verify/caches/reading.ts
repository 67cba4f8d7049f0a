/** What rows about caches say of keys and sizes. */

import type { Given } from '../given.ts'
import { Unfit } from '../unfit.ts'
import { type Draw, shareDraw, zipfDraw } from './drives.ts'

/** How keys are drawn: by Zipf's law, or with the shares that are listed. @throws Unfit */
export function drawOf(g: Given): Draw {
  const popularity = g.raw('popularity')
  if (popularity === undefined) return zipfDraw(whole(g, 'keys'), g.number('zipf_alpha') ?? 0)
  if (!Array.isArray(popularity)) throw new Unfit('"popularity" must be a list of fractions')
  return shareDraw(popularity.map(fraction))
}

function fraction(text: unknown): number {
  const [, above, below] = /^(\d+)\/(\d+)$/.exec(String(text)) ?? []
  if (above === undefined || Number(below) === 0) throw new Unfit('"popularity" must be a list of fractions')
  return Number(above) / Number(below)
}

/** @throws Unfit */
export function whole(g: Given, key: string): number {
  const value = g.number(key)
  if (value === undefined || !Number.isInteger(value) || value < 1 || value > 10_000_000) {
    throw new Unfit(`"${key}" must be a whole number from 1 to 10000000`)
  }
  return value
}

/** @throws Unfit */
export function positive(g: Given, key: string): number {
  const value = g.number(key)
  if (value === undefined || value <= 0) throw new Unfit(`"${key}" must be a number above 0`)
  return value
}
