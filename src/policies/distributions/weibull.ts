/** The Weibull distribution by shape and mean: times to failure, by wear (above 1) or early. */

import { exponential } from '../../base/exponential.ts'
import { gamma } from '../../base/gamma.ts'
import { exp, ln, pow } from '../../base/maths.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  shape: {
    kind: 'number',
    title: 'Shape',
    summary: 'Above 1 things wear out, below 1 those that survive are the tough ones; 1 is exponential.',
    min: 0.1,
    max: 100,
  },
  mean: { kind: 'value', title: 'Mean', summary: 'The average of all draws.', min: 0, above: true },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

function scale({ shape, mean }: P): number {
  return mean / gamma(1 + 1 / shape)
}

export const weibull: Distribution = {
  name: 'weibull',
  title: 'Weibull',
  summary: 'Times to failure: wearing out with a shape above 1, early failures with one below.',
  source: 'Weibull, "A statistical distribution function of wide applicability" (1951)',
  params,
  sampler(of: P) {
    const wide = scale(of)
    const power = 1 / of.shape
    return (random) => wide * exp(power * ln(exponential(random)))
  },
  mean: ({ mean }: P) => mean,
  variance(of: P) {
    const wide = scale(of)
    return wide * wide * gamma(1 + 2 / of.shape) - of.mean * of.mean
  },
  cdf: (of: P, x) => (x > 0 ? 1 - exp(-pow(x / scale(of), of.shape)) : 0),
}
