/** A rate given by points in time: held from each to the next, or joined by straight lines. */

import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Arrivals } from './arrivals.ts'
import { level, slope } from './lines.ts'
import { type Stretch, thinned } from './thinning.ts'

const params = {
  points: {
    kind: 'points',
    title: 'Points',
    summary: 'Instants and the rate from then on, in order of time; nothing comes before the first.',
  },
  between: {
    kind: 'choice',
    title: 'Between',
    summary: 'Between two points the rate holds, or changes along a straight line.',
    choices: ['hold', 'line'],
    default: 'hold',
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

function stretches({ points, between }: P): Stretch[] {
  const first = points[0]!
  return [
    level(0, first.at),
    ...points.map((point, i) => {
      const after = points[i + 1]
      if (!after) return level(point.rate, Infinity)
      return between === 'line'
        ? slope(point.at, point.rate, after.at, after.rate)
        : level(point.rate, after.at)
    }),
  ]
}

export const steps: Arrivals = {
  name: 'steps',
  title: 'Steps',
  summary: 'Poisson arrivals whose rate follows a list of points: a measured day, a staged load test.',
  source: 'Lewis & Shedler, "Simulation of nonhomogeneous Poisson processes by thinning" (1979)',
  params,
  mode: 'open',
  memory: 1,
  next: (of: P) => thinned(stretches(of)),
  meanRate: ({ points }: P) => points.at(-1)?.rate ?? 0,
  check({ points }: P) {
    if (points.some(({ rate }) => !(rate >= 0))) return ['rate must not be negative at any point']
    if (points.some(({ at }, i) => !(at >= 0) || (i > 0 && at <= points[i - 1]!.at))) {
      return ['points must be in order of time, each at its own instant']
    }
    return points.some(({ rate }) => rate > 0) ? [] : ['points must have at least one with a rate above 0']
  },
}
