/** The distribution of measured values: a draw is one of them, each equally likely. */

import { below } from '../../base/stream.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  values: {
    kind: 'values',
    title: 'Values',
    summary: 'What was measured, in any order; a value listed twice is drawn twice as often.',
    min: 0,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

function average(values: readonly number[], of: (value: number) => number): number {
  let sum = 0
  for (const value of values) sum += of(value)
  return sum / values.length
}

export const empirical: Distribution = {
  name: 'empirical',
  title: 'Empirical',
  summary: 'Draws one of a list of measured values, each equally likely: your own latencies, as they are.',
  source: 'Law, "Simulation Modeling and Analysis", 6.2.4 (bootstrap resampling)',
  params,
  sampler:
    ({ values }: P) =>
    (random) =>
      values[below(random, values.length)]!,
  mean: ({ values }: P) => average(values, (value) => value),
  variance({ values }: P) {
    const mean = average(values, (value) => value)
    return average(values, (value) => (value - mean) * (value - mean))
  },
  cdf: ({ values }: P, x) => average(values, (value) => (value <= x ? 1 : 0)),
  check: ({ values }: P) => (values.length > 0 ? [] : ['values must not be empty']),
}
