/** The geometric distribution on 1, 2, 3, …: after each step it goes on with the same probability. */

import { exponential } from '../../base/exponential.ts'
import { ln, pow } from '../../base/maths.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  mean: {
    kind: 'value',
    title: 'Mean',
    summary: 'The average of all draws, which are whole numbers from 1 on.',
    min: 1,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const geometric: Distribution = {
  name: 'geometric',
  title: 'Geometric',
  summary: 'Whole numbers from 1 on, without memory: how many requests a session makes.',
  source: 'Devroye, "Non-Uniform Random Variate Generation", X.2',
  params,
  sampler({ mean }: P) {
    if (mean === 1) return () => 1
    // An exponential rounded up is geometric.
    const stretch = -1 / ln(1 - 1 / mean)
    return (random) => 1 + Math.floor(stretch * exponential(random))
  },
  mean: ({ mean }: P) => mean,
  variance: ({ mean }: P) => mean * (mean - 1),
  cdf: ({ mean }: P, x) => (x < 1 ? 0 : 1 - pow(1 - 1 / mean, Math.floor(x))),
}
