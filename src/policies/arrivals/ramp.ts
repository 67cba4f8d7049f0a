/** A ramp: the rate climbs (or falls) along a straight line and then stays. */

import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Arrivals } from './arrivals.ts'
import { level, slope } from './lines.ts'
import { thinned } from './thinning.ts'

const params = {
  from: { kind: 'rate', title: 'From', summary: 'Requests per second before the ramp.', min: 0 },
  to: { kind: 'rate', title: 'To', summary: 'Requests per second after the ramp.', min: 0 },
  over: { kind: 'duration', title: 'Over', summary: 'How long the ramp takes.', min: 0, above: true },
  at: { kind: 'duration', title: 'At', summary: 'When the ramp begins.', default: 0, min: 0 },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const ramp: Arrivals = {
  name: 'ramp',
  title: 'Ramp',
  summary:
    'Poisson arrivals whose rate goes from one value to another along a straight line: how much is too much?',
  source: 'Lewis & Shedler, "Simulation of nonhomogeneous Poisson processes by thinning" (1979)',
  params,
  mode: 'open',
  memory: 1,
  next: ({ from, to, over, at }: P) =>
    thinned([level(from, at), slope(at, from, at + over, to), level(to, Infinity)]),
  meanRate: ({ to }: P) => to,
  check: ({ from, to }: P) => (from > 0 || to > 0 ? [] : ['from and to must not both be 0']),
}
