/** A day: the rate swings about its mean like a cosine, with one peak a period. */

import { cosineOfTurns } from '../../base/maths.ts'
import { DAY } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Arrivals } from './arrivals.ts'
import { thinned } from './thinning.ts'

const params = {
  mean: {
    kind: 'rate',
    title: 'Mean',
    summary: 'Requests per second over a whole period.',
    min: 0,
    above: true,
  },
  amplitude: {
    kind: 'share',
    title: 'Amplitude',
    summary: 'How far the rate swings either way, as a share of the mean: 100% goes down to nothing.',
    default: 0.5,
    min: 0,
    max: 1,
  },
  period: {
    kind: 'duration',
    title: 'Period',
    summary: 'Time from peak to peak.',
    default: DAY,
    min: 0,
    above: true,
  },
  peakAt: {
    kind: 'duration',
    title: 'Peak at',
    summary: 'When the first peak is, counted from the start of the run.',
    default: 0,
    min: 0,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const diurnal: Arrivals = {
  name: 'diurnal',
  title: 'Diurnal',
  summary: 'Poisson arrivals whose rate swings like a cosine: day and night, or a faster tide.',
  source: 'Lewis & Shedler, "Simulation of nonhomogeneous Poisson processes by thinning" (1979)',
  params,
  mode: 'open',
  memory: 1,
  next({ mean, amplitude, period, peakAt }: P) {
    const rateAt = (at: number) => mean * (1 + amplitude * cosineOfTurns((at - peakAt) / period))
    return thinned([{ until: Infinity, ceiling: mean * (1 + amplitude), rateAt }])
  },
  meanRate: ({ mean }: P) => mean,
}
