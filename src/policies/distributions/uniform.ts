/** The uniform distribution: every value between two bounds is equally likely. */

import { uniform as draw } from '../../base/stream.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  min: { kind: 'value', title: 'Least', summary: 'No draw is below this.', min: 0 },
  max: { kind: 'value', title: 'Most', summary: 'No draw reaches beyond this.', min: 0 },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const uniform: Distribution = {
  name: 'uniform',
  title: 'Uniform',
  summary: 'Every value between two bounds is equally likely.',
  source: 'Law, "Simulation Modeling and Analysis", 8.3.1',
  params,
  sampler({ min, max }: P) {
    const width = max - min
    return (random) => min + width * draw(random)
  },
  mean: ({ min, max }: P) => (min + max) / 2,
  variance: ({ min, max }: P) => ((max - min) * (max - min)) / 12,
  cdf({ min, max }: P, x) {
    if (x >= max) return 1
    return x < min ? 0 : (x - min) / (max - min)
  },
  check: ({ min, max }: P) => (min <= max ? [] : ['min must not be above max']),
}
