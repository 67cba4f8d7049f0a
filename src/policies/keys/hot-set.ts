/**
 * A few hot keys take most of the requests, and the hot set may drift: key by key it moves on through all
 * keys, so that a cache has to follow.
 */

import { below, uniform } from '../../base/stream.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import { count } from './count.ts'
import type { KeyChoice } from './key-choice.ts'

const params = {
  count,
  hot: { kind: 'integer', title: 'Hot keys', summary: 'How many keys are hot at a time.', min: 1 },
  share: {
    kind: 'share',
    title: 'Share of requests',
    summary: 'The share of all requests that go to hot keys; the rest goes to the other keys evenly.',
    default: 0.8,
    min: 0,
    max: 1,
  },
  drift: {
    kind: 'duration',
    title: 'Drift',
    summary: 'How long until the hot set has moved on by its own size, one key at a time. 0: it stays.',
    default: 0,
    min: 0,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const hotSet: KeyChoice = {
  name: 'hot-set',
  title: 'Hot set',
  summary:
    'A small set of keys takes most requests, and can wander with time: today’s news, then tomorrow’s.',
  source: 'Pareto’s principle (80/20); the drift is our own',
  params,
  sampler({ count, hot, share, drift }: P) {
    const cold = count - hot
    return (random, now) => {
      const start = drift > 0 ? Math.floor((now / drift) * hot) : 0
      const isHot = cold === 0 || uniform(random) < share
      return (start + (isHot ? below(random, hot) : hot + below(random, cold))) % count
    }
  },
  check: ({ count, hot }: P) => (hot <= count ? [] : ['hot must not be above count']),
}
