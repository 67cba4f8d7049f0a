/**
 * A fixed number: so many further tries may be under way at once, however many requests there are.
 *
 * Source: Envoy 1.31, circuit breakers, `max_retries` (3 where nothing is said, and no retry budget is given).
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import type { Budget } from './budget.ts'

const params = {
  most: {
    kind: 'integer',
    title: 'Most',
    summary: 'So many further tries may be under way at once.',
    default: 3,
    min: 0,
    max: 1e6,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** Memory: further tries under way. */
export const concurrent: Budget = {
  name: 'concurrent',
  title: 'Number of retries',
  summary: 'Up to a fixed number of further tries may be under way at once.',
  source: 'Envoy 1.31, circuit breakers, max_retries',
  params,
  tellsOverflow: true,
  remember: () => new Float64Array(1),
  begun() {},
  spend({ most }: P, memory) {
    if (memory[0]! >= most) return false
    memory[0]!++
    return true
  },
  tried(_params, memory, isFurther) {
    if (isFurther) memory[0]!--
  },
  ended() {},
}
