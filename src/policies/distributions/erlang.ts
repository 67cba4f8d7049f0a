/** The Erlang distribution: k exponential stages one after the other; the more stages, the steadier. */

import { exponential } from '../../base/exponential.ts'
import { exp } from '../../base/maths.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  k: {
    kind: 'integer',
    title: 'Stages',
    summary: 'How many exponential stages make up a draw. The coefficient of variation is 1/√k.',
    min: 1,
    max: 100,
  },
  mean: { kind: 'value', title: 'Mean', summary: 'The average of all draws.', min: 0, above: true },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const erlang: Distribution = {
  name: 'erlang',
  title: 'Erlang',
  summary: 'The sum of k exponential stages: varies less than an exponential, like work done in steps.',
  source: 'Erlang (1917); Law, "Simulation Modeling and Analysis", 8.3.3',
  params,
  sampler({ k, mean }: P) {
    const stage = mean / k
    return (random) => {
      let sum = 0
      for (let i = 0; i < k; i++) sum += exponential(random)
      return sum * stage
    }
  },
  mean: ({ mean }: P) => mean,
  variance: ({ k, mean }: P) => (mean * mean) / k,
  cdf({ k, mean }: P, x) {
    if (!(x > 0)) return 0
    // Fewer than k stages done by x: a Poisson count with mean x / stage.
    const y = (x / mean) * k
    let term = exp(-y)
    let fewer = term
    for (let i = 1; i < k; i++) fewer += term *= y / i
    return 1 - fewer
  },
}
