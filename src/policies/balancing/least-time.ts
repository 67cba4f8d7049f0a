/**
 * Least time: the replica with the smallest mean latency x (in flight + 1) / weight; of equals, the one that
 * has stood there for longest. Who has not answered yet counts as instant, so everyone gets tried.
 *
 * Limit of realism: nginx Plus says that it takes "the lowest average response time and the least number of
 * active connections", but not how it joins the two; this is a rule of that kind, not its formula. Failed
 * replies count like others: a replica that fails fast looks fast. Only replies renew a mean: who was slow
 * once is left alone until the others are busy.
 *
 * Source: nginx Plus manual, `least_time last_byte inflight` (in words only).
 */

import type { ParamSpec, Params } from '../policy.ts'
import { type Cheapest, cheapest, rank } from './cheapest.ts'
import type { Pool, Score, Strategy } from './strategy.ts'

const params = {
  newest: {
    kind: 'share',
    title: 'Share of the newest',
    summary: 'What the newest reply counts for in the mean latency; the older ones share the rest.',
    default: 0.1,
    min: 0,
    above: true,
    max: 1,
  },
} as const satisfies ParamSpec

interface Memory extends Cheapest {
  readonly newest: number
  /** Mean latency, ns; 0 before the first reply. */
  readonly mean: Float64Array
}

function remember(chosen: Params, pool: Pool): Memory {
  const memory: Memory = {
    newest: Number(chosen.newest),
    mean: new Float64Array(pool.size),
    ...cheapest(pool.size),
  }
  for (let i = 0; i < pool.size; i++) changed(pool, memory, i)
  return memory
}

function pick(_pool: Pool, _asked: unknown, memory: Memory): number {
  return memory.first
}

function changed(pool: Pool, memory: Memory, i: number): void {
  rank(pool, memory, i, expected)
}

function replied(pool: Pool, memory: Memory, i: number, latency: number): void {
  const { mean, newest } = memory
  mean[i] = mean[i] === 0 ? latency : mean[i]! + newest * (latency - mean[i]!)
  if (memory.listed[i] === 1) changed(pool, memory, i)
}

/** Of replicas that have not answered yet, the one with fewer in flight is before. */
function expected(pool: Pool, memory: Memory, i: number): number {
  const inFlight = pool.inFlight[i]!
  const mean = Math.max(1, memory.mean[i]!)
  return (mean * (inFlight + 1)) / pool.weight[i]!
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  const { tie } = memory.heaps
  return Array.from(pool.ready.subarray(0, pool.readyCount))
    .sort((a, b) => tie[a]! - tie[b]!)
    .map((replica) => ({
      replica,
      score: expected(pool, memory, replica),
      note: `${pool.inFlight[replica]} in flight, answers in ${(memory.mean[replica]! / 1e6).toFixed(3)} ms on average`,
    }))
}

export const leastTime: Strategy<Memory> = {
  name: 'least-time',
  title: 'Least time',
  summary:
    'The replica with the smallest mean latency times requests in flight for its weight, as nginx Plus in words.',
  source: 'nginx Plus manual, least_time (its formula is not published)',
  params,
  remember,
  pick,
  changed,
  sent: (pool, memory, i) => {
    if (memory.listed[i] === 1) changed(pool, memory, i)
  },
  replied,
  explain,
}
