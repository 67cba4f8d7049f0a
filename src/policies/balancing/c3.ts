/**
 * C3: the replica with the least R - T + T q^3, where R is the mean response time, T the mean time of service
 * as replicas tell it, and q = 1 + requests in flight x clients + mean queue as replicas tell it. The cube makes
 * long queues costly even at fast replicas; in flight counts for every client, as each would do the same.
 *
 * Means are moving ones. Who has not told of itself yet costs nothing, so everyone gets tried; of equals, the one
 * that has stood there for longest. Weights are not looked at. Failed replies renew no mean.
 *
 * Not modelled: C3's second half, in which clients hold requests back by a cubic rate control for each replica.
 *
 * Source: L. Suresh et al., "C3: Cutting tail latency in cloud data stores via adaptive replica selection",
 * NSDI 2015, 3.1; the share of the newest is that of its implementation.
 */

import type { ParamSpec, Params } from '../policy.ts'
import { type Cheapest, cheapest, rank } from './cheapest.ts'
import type { LoadReport, Pool, Score, Strategy } from './strategy.ts'

const params = {
  clients: {
    kind: 'integer',
    title: 'Clients',
    summary:
      'How many balancers send to the same replicas, each as this one does: in flight counts so many times.',
    default: 1,
    min: 1,
    max: 100_000,
  },
  newest: {
    kind: 'share',
    title: 'Share of the newest',
    summary: 'What the newest reply counts for in the means; the older ones share the rest.',
    default: 0.9,
    min: 0,
    above: true,
    max: 1,
  },
} as const satisfies ParamSpec

interface Memory extends Cheapest {
  readonly clients: number
  readonly newest: number
  /** Of each replica: mean response and service time, ns, and mean queue; -1 before the first. */
  readonly response: Float64Array
  readonly service: Float64Array
  readonly queue: Float64Array
}

const UNKNOWN = -1

function remember(chosen: Params, pool: Pool): Memory {
  const memory: Memory = {
    clients: Number(chosen.clients),
    newest: Number(chosen.newest),
    response: new Float64Array(pool.size).fill(UNKNOWN),
    service: new Float64Array(pool.size).fill(UNKNOWN),
    queue: new Float64Array(pool.size).fill(UNKNOWN),
    ...cheapest(pool.size),
  }
  for (let i = 0; i < pool.size; i++) changed(pool, memory, i)
  return memory
}

function pick(_pool: Pool, _asked: unknown, memory: Memory): number {
  return memory.first
}

function changed(pool: Pool, memory: Memory, i: number): void {
  rank(pool, memory, i, cost)
}

function renew(pool: Pool, memory: Memory, i: number): void {
  if (memory.listed[i] === 1) changed(pool, memory, i)
}

function replied(pool: Pool, memory: Memory, i: number, latency: number, failed: boolean): void {
  if (!failed) fold(memory, memory.response, i, latency)
  renew(pool, memory, i)
}

function reported(pool: Pool, memory: Memory, i: number, report: LoadReport): void {
  fold(memory, memory.queue, i, report.inSystem)
  if (report.serviceTime > 0) fold(memory, memory.service, i, report.serviceTime)
  renew(pool, memory, i)
}

function fold({ newest }: Memory, mean: Float64Array, i: number, value: number): void {
  mean[i] = mean[i] === UNKNOWN ? value : mean[i]! + newest * (value - mean[i]!)
}

/** Nanoseconds; below 0 for who is unknown, so that it is tried first, with fewer in flight before. */
function cost(pool: Pool, memory: Memory, i: number): number {
  const response = memory.response[i]!
  if (response === UNKNOWN) return -1 / (1 + pool.inFlight[i]!)
  const service = memory.service[i] === UNKNOWN ? response : memory.service[i]!
  const queue = 1 + pool.inFlight[i]! * memory.clients + Math.max(0, memory.queue[i]!)
  return Math.max(0, response - service) + service * queue * queue * queue
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  const { tie } = memory.heaps
  return Array.from(pool.ready.subarray(0, pool.readyCount))
    .sort((a, b) => tie[a]! - tie[b]!)
    .map((replica) => ({ replica, score: cost(pool, memory, replica), note: known(pool, memory, replica) }))
}

function known(pool: Pool, { response, service, queue }: Memory, i: number): string {
  if (response[i] === UNKNOWN) return `${pool.inFlight[i]} in flight, has not answered yet`
  const told =
    queue[i] === UNKNOWN ? '' : `, served in ${milliseconds(service[i]!)}, ${queue[i]!.toFixed(1)} there`
  return `${pool.inFlight[i]} in flight, answers in ${milliseconds(response[i]!)}${told}`
}

function milliseconds(ns: number): string {
  return `${(Math.max(0, ns) / 1e6).toFixed(3)} ms`
}

export const c3: Strategy<Memory> = {
  name: 'c3',
  title: 'C3 (cubic replica selection)',
  summary:
    'By response time, service time and the cube of the queue, as replicas tell them with each answer; a slow one gets little.',
  source: 'Suresh et al., C3, NSDI 2015',
  params,
  remember,
  pick,
  changed,
  sent: renew,
  replied,
  reported,
  explain,
}
