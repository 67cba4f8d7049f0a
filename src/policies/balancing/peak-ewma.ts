/**
 * Peak EWMA: of two replicas drawn by chance, the one with the smaller cost x (in flight + 1), where the cost
 * is a moving mean of latency that jumps up to each peak and falls slowly. The second drawn wins a tie.
 *
 * A replica that has never answered and has requests in flight is put behind all others. As in Finagle, to
 * look at a cost lets it fall by the time that has passed, failed replies count like others, and the mean
 * does not know weights: here it is divided by the weight, 1 in Finagle.
 *
 * Source: Finagle, PeakEwma.scala and p2c/P2CPick.scala.
 */

import { exp } from '../../base/maths.ts'
import { below, type Stream } from '../../base/stream.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { IF_DRAWN } from './said.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

/** Finagle's Long.MaxValue >> 16: 39 hours in nanoseconds. */
const PENALTY = 2 ** 47 - 1

const params = {
  decay: {
    kind: 'duration',
    title: 'Decay time',
    summary: 'How long a peak is remembered: after this time it counts 37% (1/e).',
    default: 10e9,
    min: 0,
    above: true,
  },
} as const satisfies ParamSpec

interface Memory {
  readonly decay: number
  /** Of each replica: moving mean of latency, ns, as it was at an instant. */
  readonly cost: Float64Array
  readonly at: Float64Array
}

function remember(chosen: Params, pool: Pool): Memory {
  return {
    decay: Number(chosen.decay),
    cost: new Float64Array(pool.size),
    at: new Float64Array(pool.size).fill(pool.now),
  }
}

function pick(pool: Pool, _asked: unknown, memory: Memory, random: Stream): number {
  const { ready, readyCount } = pool
  if (readyCount < 2) return readyCount === 0 ? NONE : ready[0]!
  const place = below(random, readyCount)
  const other = below(random, readyCount - 1)
  const a = ready[place]!
  const b = ready[other < place ? other : other + 1]!
  observe(pool, memory, a, 0)
  observe(pool, memory, b, 0)
  return load(pool, a, memory.cost[a]!) < load(pool, b, memory.cost[b]!) ? a : b
}

function replied(pool: Pool, memory: Memory, replica: number, latency: number): void {
  observe(pool, memory, replica, latency)
}

function observe(pool: Pool, memory: Memory, replica: number, latency: number): void {
  memory.cost[replica] = observed(pool, memory, replica, latency)
  memory.at[replica] = pool.now
}

/** The cost after a latency: that itself if it is a peak, else the mean of both by the time passed. */
function observed(pool: Pool, memory: Memory, replica: number, latency: number): number {
  const before = memory.cost[replica]!
  if (latency > before) return latency
  const kept = exp((memory.at[replica]! - pool.now) / memory.decay)
  return before * kept + latency * (1 - kept)
}

function load({ inFlight, weight }: Pool, replica: number, cost: number): number {
  const pending = inFlight[replica]!
  return (cost === 0 && pending !== 0 ? PENALTY + pending : cost * (pending + 1)) / weight[replica]!
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const cost = observed(pool, memory, replica, 0)
    const note = `${(cost / 1e6).toFixed(3)} ms, ${pool.inFlight[replica]} in flight; ${IF_DRAWN}`
    return { replica, score: load(pool, replica, cost), note }
  })
}

export const peakEwma: Strategy<Memory> = {
  name: 'peak-ewma',
  title: 'Peak EWMA',
  summary:
    'The better of two by latency and requests in flight; turns away from a slow replica at once, and comes back slowly.',
  source: 'Finagle, PeakEwma.scala and p2c/P2CPick.scala',
  params,
  remember,
  pick,
  replied,
  explain,
}
