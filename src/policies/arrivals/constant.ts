/** Arrivals at a constant pace, one interval after the other: deterministic, like a metronome. */

import { SECOND } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { advance } from './advance.ts'
import type { Arrivals } from './arrivals.ts'

const params = {
  rate: {
    kind: 'rate',
    title: 'Rate',
    summary: 'Requests per second, evenly spaced; the first comes after one interval.',
    min: 0,
    above: true,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const constant: Arrivals = {
  name: 'constant',
  title: 'Constant',
  summary: 'Requests at exactly equal intervals, like a load generator set to a fixed pace.',
  source: 'D in Kendall’s notation (1953)',
  params,
  mode: 'open',
  memory: 1,
  next({ rate }: P) {
    const gap = SECOND / rate
    return (now, memory) => advance(now, gap, memory)
  },
  meanRate: ({ rate }: P) => rate,
}
