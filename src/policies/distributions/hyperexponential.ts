/**
 * The two-phase hyperexponential distribution with balanced means: a draw is from a fast or from a slow
 * exponential, and both contribute half of the mean.
 */

import { exponential } from '../../base/exponential.ts'
import { exp } from '../../base/maths.ts'
import { uniform } from '../../base/stream.ts'
import type { ParamSpec, ParamsOf } from '../policy.ts'
import type { Distribution } from './distribution.ts'

const params = {
  mean: { kind: 'value', title: 'Mean', summary: 'The average of all draws.', min: 0, above: true },
  cv: {
    kind: 'number',
    title: 'Coefficient of variation',
    summary: 'Standard deviation over mean: 1 is exponential, more is burstier.',
    min: 1,
    max: 1000,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** The probability of the fast phase and the means of both. */
function phases({ mean, cv }: P) {
  const square = cv * cv
  // Written so that the slow share keeps its digits when it is small.
  const slowShare = 1 / (square + 1 + Math.sqrt((square - 1) * (square + 1)))
  const fastShare = 1 - slowShare
  return { fastShare, fast: mean / (2 * fastShare), slow: mean / (2 * slowShare) }
}

export const hyperexponential: Distribution = {
  name: 'hyperexponential',
  title: 'Hyperexponential',
  summary:
    'Mostly quick, seldom very slow: a mixture of two exponentials by mean and coefficient of variation.',
  source: 'Morse, "Queues, Inventories and Maintenance" (1958); balanced means: Whitt (1982)',
  params,
  sampler(of: P) {
    const { fastShare, fast, slow } = phases(of)
    return (random) => (uniform(random) < fastShare ? fast : slow) * exponential(random)
  },
  mean: ({ mean }: P) => mean,
  variance: ({ mean, cv }: P) => mean * cv * mean * cv,
  cdf(of: P, x) {
    if (!(x > 0)) return 0
    const { fastShare, fast, slow } = phases(of)
    return 1 - fastShare * exp(-x / fast) - (1 - fastShare) * exp(-x / slow)
  },
}
