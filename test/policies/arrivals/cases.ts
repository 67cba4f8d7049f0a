/** Open arrival processes with the rate that each should have at each instant, and a way to run them. */

import { stream } from '../../../src/base/stream.ts'
import { MILLISECOND, SECOND } from '../../../src/base/time.ts'
import { arrivals } from '../../../src/policies/arrivals/index.ts'
import type { Params } from '../../../src/policies/policy.ts'

export interface Case {
  readonly policy: string
  readonly params: Params
}

/** The instants of all arrivals before `end`. */
export function instants({ policy, params }: Case, end: number, seed = 1): number[] {
  const process = arrivals.get(policy)
  const next = process.next!(params)
  const memory = new Float64Array(process.memory)
  const random = stream(seed, 'arrivals')
  const all: number[] = []
  for (let now = next(0, memory, random); now < end; now = next(now, memory, random)) all.push(now)
  return all
}

/** How many arrivals fall into each window of `width` ns up to `end`. */
export function countsPerWindow(of: Case, width: number, end: number, seed = 1): number[] {
  const counts = new Array<number>(Math.round(end / width)).fill(0)
  for (const at of instants(of, end, seed)) counts[Math.floor(at / width)]!++
  return counts
}

export const poissonCases: readonly (Case & { rateAt: (second: number) => number })[] = [
  { policy: 'poisson', params: { rate: 300 }, rateAt: () => 300 },
  {
    policy: 'ramp',
    params: { from: 0, to: 500, over: 20 * SECOND, at: 0 },
    rateAt: (t) => Math.min(500, 25 * t),
  },
  {
    policy: 'ramp',
    params: { from: 400, to: 100, over: 10 * SECOND, at: 5 * SECOND },
    rateAt: (t) => 400 - 30 * Math.min(10, Math.max(0, t - 5)),
  },
  { policy: 'ramp', params: { from: 200, to: 200, over: SECOND, at: 0 }, rateAt: () => 200 },
  {
    policy: 'steps',
    params: {
      points: [
        { at: 2 * SECOND, rate: 100 },
        { at: 10 * SECOND, rate: 0 },
        { at: 12 * SECOND, rate: 1000 },
        { at: 14 * SECOND, rate: 50 },
      ],
      between: 'hold',
    },
    rateAt: (t) => (t < 2 ? 0 : t < 10 ? 100 : t < 12 ? 0 : t < 14 ? 1000 : 50),
  },
  {
    policy: 'steps',
    params: {
      points: [
        { at: 0, rate: 100 },
        { at: 10 * SECOND, rate: 600 },
        { at: 20 * SECOND, rate: 0 },
      ],
      between: 'line',
    },
    rateAt: (t) => (t < 10 ? 100 + 50 * t : Math.max(0, 600 - 60 * (t - 10))),
  },
  {
    policy: 'spike',
    params: { base: 50, peak: 800, at: 5 * SECOND, for: 3 * SECOND, rise: 0 },
    rateAt: (t) => (t >= 5 && t < 8 ? 800 : 50),
  },
  {
    policy: 'spike',
    params: { base: 100, peak: 700, at: 5 * SECOND, for: 4 * SECOND, rise: 3 * SECOND },
    rateAt: (t) => 100 + 200 * Math.max(0, Math.min(3, t - 5, 15 - t)),
  },
  {
    policy: 'diurnal',
    params: { mean: 300, amplitude: 1, period: 10 * SECOND, peakAt: 2 * SECOND },
    rateAt: (t) => 300 * (1 + Math.cos((2 * Math.PI * (t - 2)) / 10)),
  },
]

export const otherCases: readonly Case[] = [
  { policy: 'constant', params: { rate: 3 } },
  {
    policy: 'renewal',
    params: { interarrival: { policy: 'erlang', params: { k: 4, mean: 5 * MILLISECOND } } },
  },
  {
    policy: 'mmpp',
    params: {
      states: [
        { rate: 1000, stay: 0.2 * SECOND },
        { rate: 0, stay: 0.5 * SECOND },
        { rate: 100, stay: SECOND },
      ],
      next: 'random',
    },
  },
  {
    policy: 'mmpp',
    params: {
      states: [
        { rate: 400, stay: SECOND },
        { rate: 50, stay: 2 * SECOND },
      ],
      next: 'cyclic',
    },
  },
]
