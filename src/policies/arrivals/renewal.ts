/** Renewal arrivals: independent interarrival times of any distribution. */

import { SECOND } from '../../base/time.ts'
import { meanOf, samplerOf } from '../distributions/index.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { advance } from './advance.ts'
import type { Arrivals } from './arrivals.ts'

const params = {
  interarrival: {
    kind: 'distribution',
    title: 'Interarrival time',
    summary: 'The time from one request to the next, each drawn anew.',
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const renewal: Arrivals = {
  name: 'renewal',
  title: 'Renewal',
  summary: 'Independent interarrival times of any distribution: steadier or burstier than Poisson.',
  source: 'GI in Kendall’s notation (1953)',
  params,
  mode: 'open',
  memory: 1,
  next({ interarrival }: P) {
    const sample = samplerOf(interarrival)
    return (now, memory, random) => advance(now, sample(random), memory)
  },
  meanRate: ({ interarrival }: P) => SECOND / meanOf(interarrival),
  check({ interarrival }: P) {
    return meanOf(interarrival) > 0 ? [] : ['interarrival must have a mean above 0']
  },
}
