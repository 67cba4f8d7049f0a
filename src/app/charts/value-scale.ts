/** Values against pixels: linear or logarithmic, with a few round ticks. */

import { ticks } from 'd3'

export interface ValueScale {
  readonly domain: readonly [low: number, high: number]
  readonly ticks: readonly number[]
  /** Share of the height, 0 at the low end; values beyond the ends are held there. */
  at(value: number): number
}

/** Linear from `low` to `high`, with round ticks. */
export function linear(low: number, high: number, mostTicks = 3): ValueScale {
  const to = high > low ? high : low + 1
  return {
    domain: [low, to],
    ticks: ticks(low, to, mostTicks),
    at: (value) => share((value - low) / (to - low)),
  }
}

/** Logarithmic between round numbers (1, 2, 5 …) around `low` and `high`, both above 0. */
export function logarithmic(low: number, high: number, mostTicks = 4): ValueScale {
  const from = roundDown(Math.max(low, 1e-12))
  const to = Math.max(roundUp(Math.max(high, from)), from * 10)
  const span = Math.log(to / from)
  return {
    domain: [from, to],
    ticks: logTicks(from, to, mostTicks),
    at: (value) => (value > 0 ? share(Math.log(value / from) / span) : 0),
  }
}

/** Powers of ten, every so many; with 2 and 5 between where there are few. */
function logTicks(from: number, to: number, most: number): readonly number[] {
  const first = Math.floor(Math.log10(from) + 1e-9)
  const last = Math.ceil(Math.log10(to) - 1e-9)
  const inside = (tick: number) => tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)
  const powers = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i))
  const whole = powers.filter(inside)
  if (whole.length <= 2) {
    const all = powers.flatMap((power) => [power, 2 * power, 5 * power]).filter(inside)
    return all.length <= 5 ? all : powers.flatMap((power) => [power, 5 * power]).filter(inside)
  }
  const every = Math.ceil(whole.length / most)
  return whole.filter((_, i) => i % every === 0)
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value))
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
