/** A spike: the rate jumps to a peak for a while and comes back, at once or along straight lines. */

import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Arrivals } from './arrivals.ts'
import { level, slope } from './lines.ts'
import { thinned } from './thinning.ts'

const params = {
  base: { kind: 'rate', title: 'Base', summary: 'Requests per second outside the spike.', min: 0 },
  peak: { kind: 'rate', title: 'Peak', summary: 'Requests per second in the spike.', min: 0, above: true },
  at: { kind: 'duration', title: 'At', summary: 'When the rate leaves the base.', min: 0 },
  for: { kind: 'duration', title: 'For', summary: 'How long the peak lasts.', min: 0, above: true },
  rise: {
    kind: 'duration',
    title: 'Rise',
    summary: 'How long the way up takes, before the peak, and the way down after it. 0: it jumps.',
    default: 0,
    min: 0,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const spike: Arrivals = {
  name: 'spike',
  title: 'Spike',
  summary: 'Poisson arrivals with one burst: a push notification, a sale, a herd of retries.',
  source: 'Lewis & Shedler, "Simulation of nonhomogeneous Poisson processes by thinning" (1979)',
  params,
  mode: 'open',
  memory: 1,
  next({ base, peak, at, for: duration, rise }: P) {
    const top = at + rise
    const end = top + duration
    return thinned([
      level(base, at),
      slope(at, base, top, peak),
      level(peak, end),
      slope(end, peak, end + rise, base),
      level(base, Infinity),
    ])
  },
  meanRate: ({ base }: P) => base,
}
