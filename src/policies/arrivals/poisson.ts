/** Poisson arrivals: many independent clients, none of which knows of the others. */

import { exponential } from '../../base/exponential.ts'
import { round } from '../../base/round.ts'
import { SECOND } from '../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Arrivals } from './arrivals.ts'

const params = {
  rate: { kind: 'rate', title: 'Rate', summary: 'Requests per second on average.', min: 0, above: true },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const poisson: Arrivals = {
  name: 'poisson',
  title: 'Poisson',
  summary: 'Requests at random, independent of each other: what many unconnected clients add up to.',
  source: 'M in Kendall’s notation (1953)',
  params,
  mode: 'open',
  memory: 0,
  next({ rate }: P) {
    const mean = SECOND / rate
    return (now, _memory, random) => now + round(mean * exponential(random))
  },
  meanRate: ({ rate }: P) => rate,
}
