/** The distribution of something that never varies: every draw is the value. */

import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  value: { kind: 'value', title: 'Value', summary: 'What every draw is.', min: 0 },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const constant: Distribution = {
  name: 'constant',
  title: 'Constant',
  summary: 'Always the same value. A bare value in a scenario file means this.',
  source: 'By definition',
  params,
  sampler:
    ({ value }: P) =>
    () =>
      value,
  mean: ({ value }: P) => value,
  variance: () => 0,
  cdf: ({ value }: P, x) => (x < value ? 0 : 1),
}
