/** Every key is asked for equally often: the worst case for a cache. */

import { below } from '../../base/stream.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { count } from './count.ts'
import type { KeyChoice } from './key-choice.ts'

const params = { count } as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const uniform: KeyChoice = {
  name: 'uniform',
  title: 'Uniform',
  summary: 'Every key is asked for equally often: the worst case for a cache.',
  source: 'By definition',
  params,
  sampler:
    ({ count }: P) =>
    (random) =>
      below(random, count),
}
