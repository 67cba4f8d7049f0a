/**
 * HAProxy's least connections: the replica with the smallest (in flight + 1) / weight, idle ones before all
 * others; among equals, the one that has stood there for longest.
 *
 * All idle replicas are equal, whatever their weights: one request at a time is rotated without weights. HAProxy
 * passes over full servers in the queue; here they leave it, and come back at the end as any whose count changes.
 *
 * Source: HAProxy 2.6.12, lb_fwlc.c (`balance leastconn`), whole numbers of 32 bits as there.
 */

import { dequeue, EMPTY, enqueue, type Heaps, heaps } from '../../base/heaps.ts'
import type { Params } from '../policy.ts'
import { LARGEST, sixteenths } from './haproxy-weight.ts'
import { inFlightOf } from './said.ts'
import type { Pool, Score, Strategy } from './strategy.ts'

interface Memory {
  readonly heaps: Heaps
  /** The first of the ready replicas. */
  first: number
  readonly listed: Uint8Array
  /** Counts what is queued: equal keys are served in this order. */
  queued: number
}

function remember(_params: Params, pool: Pool): Memory {
  const memory = { heaps: heaps(pool.size), first: EMPTY, listed: new Uint8Array(pool.size), queued: 0 }
  for (let i = 0; i < pool.size; i++) changed(pool, memory, i)
  return memory
}

function pick(_pool: Pool, _asked: unknown, memory: Memory): number {
  return memory.first
}

function changed(pool: Pool, memory: Memory, i: number): void {
  if (memory.listed[i] === 1) memory.first = dequeue(memory.heaps, memory.first, i)
  memory.listed[i] = pool.isReady[i]!
  if (pool.isReady[i] === 0) return
  memory.heaps.key[i] = load(pool, i)
  memory.heaps.tie[i] = memory.queued++
  memory.first = enqueue(memory.heaps, memory.first, i)
}

function counted(pool: Pool, memory: Memory, i: number): void {
  if (memory.listed[i] === 1 && memory.heaps.key[i] !== load(pool, i)) changed(pool, memory, i)
}

function load(pool: Pool, i: number): number {
  const inFlight = pool.inFlight[i]!
  return inFlight === 0
    ? 0
    : Math.floor((Math.imul(inFlight + 1, LARGEST) >>> 0) / sixteenths(pool.weight[i]!))
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  const { tie } = memory.heaps
  return Array.from(pool.ready.subarray(0, pool.readyCount))
    .sort((a, b) => tie[a]! - tie[b]!)
    .map((replica) => ({
      replica,
      score: load(pool, replica),
      note: `${inFlightOf(pool, replica)}; the fewest win, of equals the one that is listed first`,
    }))
}

export const haproxyLeastconn: Strategy<Memory> = {
  name: 'haproxy-leastconn',
  title: "HAProxy's least connections",
  summary:
    'The replica with the fewest requests in flight for its weight, as HAProxy counts; idle ones in rotation.',
  source: 'HAProxy 2.6.12, balance leastconn (lb_fwlc.c)',
  params: {},
  bearsOldCounts: true,
  remember,
  pick,
  changed,
  sent: counted,
  replied: counted,
  explain,
}
