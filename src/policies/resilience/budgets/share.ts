/**
 * A share of what is under way: so many further tries may be under way at once as this share of all active
 * requests, but at least a few.
 *
 * Source: Envoy 1.31, circuit breakers, `retry_budget` (budget_percent 20 %, min_retry_concurrency 3).
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import type { Budget } from './budget.ts'

const params = {
  share: {
    kind: 'share',
    title: 'Share',
    summary: 'Further tries under way, as a share of the requests under way.',
    default: 0.2,
    min: 0,
    max: 1,
  },
  least: {
    kind: 'integer',
    title: 'Least',
    summary: 'So many further tries may always be under way.',
    default: 3,
    min: 0,
    max: 1e6,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** Memory: requests under way, and further tries under way. */
const ACTIVE = 0
const FURTHER = 1

export const share: Budget = {
  name: 'share',
  title: 'Share of active requests',
  summary: 'Further tries may be a share of the requests under way, and always a few.',
  source: 'Envoy 1.31, circuit breakers, retry_budget',
  params,
  remember: () => new Float64Array(2),
  begun(_params, memory) {
    memory[ACTIVE]!++
  },
  spend({ share: most, least }: P, memory) {
    if (memory[FURTHER]! >= Math.max(least, most * memory[ACTIVE]!)) return false
    memory[FURTHER]!++
    return true
  },
  tried(_params, memory, isFurther) {
    if (isFurther) memory[FURTHER]!--
  },
  ended(_params, memory) {
    memory[ACTIVE]!--
  },
}
