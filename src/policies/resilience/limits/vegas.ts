/**
 * Vegas: from the latency without load it estimates how many requests stand in a queue, and keeps that number
 * small.
 *
 * Source: Netflix concurrency-limits 0.5, VegasLimit (alpha 3 log10, beta 6 log10, threshold log10 of the
 * limit, probe every 30 times the limit); L. Brakmo et al., "TCP Vegas", SIGCOMM 1994.
 */

import { uniform } from '../../../base/stream.ts'
import type { ParamSpec, ParamsOf } from '../../policy.ts'
import { type AdaptiveLimit, bounds, checkBounds, LIMIT, smoothing, within } from './limit.ts'

const params = {
  ...bounds,
  smoothing: { ...smoothing, default: 1 },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** Memory, behind the limit: the latency without load (0: not known), requests since the last probe, jitter. */
const NO_LOAD = 1
const SINCE_PROBE = 2
const JITTER = 3
const PROBE = 30

export const vegas: AdaptiveLimit = {
  name: 'vegas',
  title: 'Vegas',
  summary: 'Keeps the queue that it estimates from latencies small.',
  source: 'Netflix concurrency-limits 0.5, VegasLimit; L. Brakmo et al., SIGCOMM 1994',
  params,
  remember: ({ initial }) => Float64Array.of(initial as number, 0, 0, 0.75),
  ended(given, memory, took, underWay, dropped, random) {
    const p = given as P
    memory[SINCE_PROBE]!++
    if (memory[JITTER]! * PROBE * memory[LIMIT]! <= memory[SINCE_PROBE]!) {
      memory[JITTER] = 0.5 + uniform(random) / 2
      memory[SINCE_PROBE] = 0
      memory[NO_LOAD] = took
    } else if (memory[NO_LOAD] === 0 || took < memory[NO_LOAD]!) memory[NO_LOAD] = took
    else adapt(p, memory, took, underWay, dropped)
  },
  check: checkBounds,
}

function adapt(p: P, memory: Float64Array, took: number, underWay: number, dropped: boolean): void {
  const limit = memory[LIMIT]!
  const step = decades(limit)
  const queue = Math.ceil(limit * (1 - memory[NO_LOAD]! / took))
  let wanted = limit
  if (dropped) wanted -= step
  else if (2 * underWay < limit) return
  else if (queue <= step) wanted += 6 * step
  else if (queue < 3 * step) wanted += step
  else if (queue > 6 * step) wanted -= step
  else return
  memory[LIMIT] = (1 - p.smoothing) * limit + p.smoothing * within(p, wanted)
}

/** The whole part of log10, at least 1. */
function decades(x: number): number {
  let n = 0
  for (let rest = x; rest >= 10; rest /= 10) n++
  return Math.max(1, n)
}
