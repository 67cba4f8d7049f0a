/** The Pareto distribution, bounded or not: a few huge draws carry most of the total. */

import { fineUniform } from '../../base/fine.ts'
import { exp, ln, pow } from '../../base/maths.ts'
import { expMinusOneOver } from '../../base/near-zero.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  shape: {
    kind: 'number',
    title: 'Shape',
    summary: 'How quickly the tail thins out: 1.1 is extremely heavy, 3 moderate.',
    min: 0,
    above: true,
    max: 1000,
  },
  min: { kind: 'value', title: 'Least', summary: 'No draw is below this.', min: 0, above: true },
  max: {
    kind: 'value',
    title: 'Most',
    summary: 'No draw is above this. Left out: no bound, and no mean when the shape is at most 1.',
    min: 0,
    above: true,
    optional: true,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** The expected value of the draws' power of `order`. */
function moment({ shape, min, max }: P, order: number): number {
  const lowest = pow(min, order)
  if (max === undefined) return shape > order ? (lowest * shape) / (shape - order) : Infinity
  const span = ln(max / min)
  // shape · min^shape · (max^d - min^d) / d over the share below max, with d = order - shape
  return (lowest * expMinusOneOver((order - shape) * span)) / expMinusOneOver(-shape * span)
}

/** The share of the unbounded distribution that lies below `max`. */
function shareKept({ shape, min, max }: P): number {
  return max === undefined ? 1 : 1 - pow(min / max, shape)
}

export const pareto: Distribution = {
  name: 'pareto',
  title: 'Pareto',
  summary: 'Many small draws and a few huge ones, as file sizes and job lengths can be; best given a bound.',
  source: 'Harchol-Balter, "Performance Modeling and Design of Computer Systems", 20.3 (bounded Pareto)',
  params,
  sampler(of: P) {
    const kept = shareKept(of)
    const { min, shape } = of
    const max = of.max ?? Infinity
    return (random) => Math.min(max, min * exp(-ln(1 - kept * fineUniform(random)) / shape))
  },
  mean: (of: P) => moment(of, 1),
  variance(of: P) {
    const mean = moment(of, 1)
    return mean === Infinity ? Infinity : moment(of, 2) - mean * mean
  },
  cdf(of: P, x) {
    if (x <= of.min) return 0
    if (of.max !== undefined && x >= of.max) return 1
    return (1 - pow(of.min / x, of.shape)) / shareKept(of)
  },
  check: ({ min, max }: P) => (max === undefined || min < max ? [] : ['min must be below max']),
}
