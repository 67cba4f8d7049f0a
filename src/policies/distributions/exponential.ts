/** The exponential distribution: memoryless, so what is left never depends on how long it has lasted. */

import { exponential as draw } from '../../base/exponential.ts'
import { exp } from '../../base/maths.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  mean: { kind: 'value', title: 'Mean', summary: 'The average of all draws.', min: 0, above: true },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const exponential: Distribution = {
  name: 'exponential',
  title: 'Exponential',
  summary: 'Mostly short, now and then long, without memory: the classic model of service and idle times.',
  source: 'Marsaglia & Tsang, "The ziggurat method for generating random variables" (2000)',
  params,
  sampler:
    ({ mean }: P) =>
    (random) =>
      mean * draw(random),
  mean: ({ mean }: P) => mean,
  variance: ({ mean }: P) => mean * mean,
  cdf: ({ mean }: P, x) => (x > 0 ? 1 - exp(-x / mean) : 0),
}
