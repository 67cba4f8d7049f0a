/** Values against pixels: linear or logarithmic, with a few round ticks. */

import { scaleLinear, scaleLog } from 'd3'

export interface ValueScale {
  readonly domain: readonly [low: number, high: number]
  readonly ticks: readonly number[]
  /** Share of the height, 0 at the low end; values beyond the ends are held there. */
  at(value: number): number
}

/** Linear from `low` to `high`, with round ticks. */
export function linear(low: number, high: number, ticks = 3): ValueScale {
  const to = high > low ? high : low + 1
  const scale = scaleLinear().domain([low, to]).clamp(true)
  return { domain: [low, to], ticks: scale.ticks(ticks), at: scale }
}

/** Logarithmic between round numbers (1, 2, 5 …) around `low` and `high`, both above 0. */
export function logarithmic(low: number, high: number, mostTicks = 4): ValueScale {
  const from = roundDown(Math.max(low, 1e-12))
  const to = Math.max(roundUp(Math.max(high, from)), from * 10)
  const scale = scaleLog().domain([from, to]).clamp(true)
  const powers = scale.ticks().filter((tick) => isPowerOfTen(tick))
  const every = Math.max(1, Math.ceil(powers.length / mostTicks))
  const ticks =
    powers.length >= 2
      ? powers.filter((_, i) => i % every === 0)
      : scale.ticks().filter((tick) => [1, 2, 5].includes(lead(tick)))
  return { domain: [from, to], ticks, at: (value) => (value > 0 ? scale(value) : 0) }
}

function roundDown(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value) + 1e-9)
  const first = value / unit + 1e-9
  return unit * (first >= 5 ? 5 : first >= 2 ? 2 : 1)
}

function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value) + 1e-9)
  const first = value / unit - 1e-9
  return unit * (first <= 1 ? 1 : first <= 2 ? 2 : first <= 5 ? 5 : 10)
}

function isPowerOfTen(value: number): boolean {
  return Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9
}

function lead(value: number): number {
  return Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9))
}
