/**
 * Additive increase, multiplicative decrease: one more when a request was served while the limit was in use,
 * a share less when one was dropped or took too long.
 *
 * Source: Netflix concurrency-limits 0.5, AIMDLimit; V. Jacobson, "Congestion Avoidance and Control", 1988.
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import { type AdaptiveLimit, bounds, checkBounds, LIMIT, within } from './limit.ts'

const params = {
  ...bounds,
  backOff: {
    kind: 'share',
    title: 'Back-off',
    summary: 'What is left of the limit after a drop.',
    default: 0.9,
    min: 0.5,
    max: 0.999,
  },
  timeout: {
    kind: 'duration',
    title: 'Timeout',
    summary: 'A request that took longer counts as dropped.',
    default: 5e9,
    min: 1,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

export const aimd: AdaptiveLimit = {
  name: 'aimd',
  title: 'Additive increase, multiplicative decrease',
  summary: 'One more after a success, a share less after a drop or a slow answer.',
  source: 'Netflix concurrency-limits 0.5, AIMDLimit; V. Jacobson, SIGCOMM 1988',
  params,
  remember: ({ initial }) => Float64Array.of(initial as number),
  ended(given, memory, took, underWay, dropped) {
    const p = given as P
    const limit = memory[LIMIT]!
    if (dropped || took > p.timeout) memory[LIMIT] = within(p, Math.floor(limit * p.backOff))
    else if (2 * underWay >= limit) memory[LIMIT] = within(p, limit + 1)
  },
  check: checkBounds,
}
