/** The lognormal distribution by mean and coefficient of variation: the usual shape of measured latencies. */

import { exp, ln } from '../../base/maths.ts'
import { normal } from '../../base/normal.ts'
import { normalCdf } from '../../base/normal-cdf.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  mean: { kind: 'value', title: 'Mean', summary: 'The average of all draws.', min: 0, above: true },
  cv: {
    kind: 'number',
    title: 'Coefficient of variation',
    summary: 'Standard deviation over mean: 0.5 is steady, 1 varies like an exponential, 3 has a heavy tail.',
    min: 0,
    above: true,
    max: 1000,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** The median, and the standard deviation of the logarithm. */
function shape({ mean, cv }: P) {
  const spread = 1 + cv * cv
  return { median: mean / Math.sqrt(spread), sigma: Math.sqrt(ln(spread)) }
}

export const lognormal: Distribution = {
  name: 'lognormal',
  title: 'Lognormal',
  summary: 'A hump near the median and a long tail, as measured latencies and sizes mostly look.',
  source: 'Law, "Simulation Modeling and Analysis", 8.3.7',
  params,
  sampler(of: P) {
    const { median, sigma } = shape(of)
    return (random) => median * exp(sigma * normal(random))
  },
  mean: ({ mean }: P) => mean,
  variance: ({ mean, cv }: P) => mean * cv * mean * cv,
  cdf(of: P, x) {
    if (!(x > 0)) return 0
    const { median, sigma } = shape(of)
    return normalCdf(ln(x / median) / sigma)
  },
}
