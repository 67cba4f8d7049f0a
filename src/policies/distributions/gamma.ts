/** The gamma distribution by shape and mean: Erlang with any number of stages, also less than one. */

import { exponential } from '../../base/exponential.ts'
import { lowerGamma } from '../../base/incomplete-gamma.ts'
import { exp, ln } from '../../base/maths.ts'
import { normal } from '../../base/normal.ts'
import { type Stream, uniform } from '../../base/stream.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  shape: {
    kind: 'number',
    title: 'Shape',
    summary: 'The coefficient of variation is 1/√shape: below 1 it varies more than an exponential.',
    min: 0.01,
    max: 1000,
  },
  mean: { kind: 'value', title: 'Mean', summary: 'The average of all draws.', min: 0, above: true },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** A draw of scale 1 and shape `d` + 1/3, at least 1: a cubed normal, nearly always taken. */
function squeezed(random: Stream, d: number, c: number): number {
  for (;;) {
    const x = normal(random)
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    if (ln(1 - uniform(random)) < 0.5 * x * x + d - d * v + d * ln(v)) return d * v
  }
}

export const gamma: Distribution = {
  name: 'gamma',
  title: 'Gamma',
  summary: 'From very uneven (shape below 1) to very steady (far above): a common fit for service times.',
  source: 'Marsaglia & Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3) (2000)',
  params,
  sampler({ shape, mean }: P) {
    const scale = mean / shape
    const isSmall = shape < 1
    const d = (isSmall ? shape + 1 : shape) - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    if (!isSmall) return (random) => scale * squeezed(random, d, c)
    // One of a shape greater by 1, times a uniform to the power of 1 / shape.
    return (random) => scale * squeezed(random, d, c) * exp(-exponential(random) / shape)
  },
  mean: ({ mean }: P) => mean,
  variance: ({ shape, mean }: P) => (mean * mean) / shape,
  cdf: ({ shape, mean }: P, x) => lowerGamma(shape, (x * shape) / mean),
}
