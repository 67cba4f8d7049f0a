/**
 * Gradient: compares each latency with a long average; while latencies rise the limit falls in proportion,
 * else it grows by a small queue.
 *
 * Source: Netflix concurrency-limits 0.5, Gradient2Limit (queue 4, smoothing 0.2, long window 600, tolerance
 * 1.5). Envoy's adaptive concurrency follows the same idea with a measured least latency.
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import { type AdaptiveLimit, bounds, checkBounds, LIMIT, smoothing, within } from './limit.ts'

const params = {
  ...bounds,
  queue: {
    kind: 'integer',
    title: 'Queue',
    summary: 'How many requests may stand in a queue; the limit grows by it.',
    default: 4,
    min: 0,
    max: 1e6,
  },
  smoothing: { ...smoothing, default: 0.2 },
  tolerance: {
    kind: 'number',
    title: 'Tolerance',
    summary: 'Latencies up to so many times the long average leave the limit as it is.',
    default: 1.5,
    min: 1,
    max: 100,
  },
  window: {
    kind: 'integer',
    title: 'Window',
    summary: 'Answers over which the long average is taken.',
    default: 600,
    min: 10,
    max: 1e6,
  },
} as const satisfies ParamSpec

type P = ParamsOf<typeof params>

/** Memory, behind the limit: the long average, how many latencies began it, and their sum. */
const LONG = 1
const KNOWN = 2
const SUM = 3
const FIRST = 10

export const gradient: AdaptiveLimit = {
  name: 'gradient',
  title: 'Gradient',
  summary: 'Falls as latencies rise above their long average, grows by a small queue otherwise.',
  source: 'Netflix concurrency-limits 0.5, Gradient2Limit',
  params,
  remember: ({ initial }) => Float64Array.of(initial as number, 0, 0, 0),
  ended(given, memory, took, underWay) {
    const p = given as P
    const short = Math.max(1, took)
    const long = average(p, memory, short)
    if (long / short > 2) memory[LONG]! *= 0.95
    const limit = memory[LIMIT]!
    if (underWay < limit / 2) return
    const slope = Math.max(0.5, Math.min(1, (p.tolerance * long) / short))
    const wanted = limit * slope + p.queue
    memory[LIMIT] = within(p, limit * (1 - p.smoothing) + wanted * p.smoothing)
  },
  check: checkBounds,
}

function average({ window }: P, memory: Float64Array, took: number): number {
  if (memory[KNOWN]! < FIRST) {
    memory[KNOWN]!++
    memory[SUM]! += took
    memory[LONG] = memory[SUM]! / memory[KNOWN]!
  } else {
    const share = 2 / (window + 1)
    memory[LONG] = memory[LONG]! * (1 - share) + took * share
  }
  return memory[LONG]!
}
