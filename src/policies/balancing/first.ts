/**
 * The first replica, in order of declaration, that is not full: fills few replicas and leaves the others
 * free to be switched off.
 *
 * A replica is full at its connection limit, which is for the balancer to see: then it is not ready. It is also
 * full at `maxconn`, for tiers without limits: when all are, nobody waits, and the request goes to the replica that
 * is least above.
 *
 * Source: HAProxy 2.6.12, lb_fas.c (`balance first`); the limit is its `maxconn` of a server.
 */

import { dequeue, EMPTY, enqueue, type Heaps, heaps } from '../../base/heaps.ts'
import type { ParamSpec, Params } from '../policy.ts'
import type { Pool, Score, Strategy } from './strategy.ts'

const params = {
  maxconn: {
    kind: 'integer',
    title: 'Full at',
    summary: 'With so many requests in flight a replica is full and the next one is used. Without it never.',
    optional: true,
    min: 1,
  },
} as const satisfies ParamSpec

interface Memory {
  readonly limit: number
  readonly heaps: Heaps
  /** The first of the ready replicas; their key is how far they are above the last free slot. */
  first: number
  readonly listed: Uint8Array
}

function remember(chosen: Params, pool: Pool): Memory {
  const limit = chosen.maxconn === undefined ? Infinity : Number(chosen.maxconn)
  const memory = { limit, heaps: heaps(pool.size), first: EMPTY, listed: new Uint8Array(pool.size) }
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
  memory.heaps.key[i] = excess(pool, memory, i)
  memory.heaps.tie[i] = i
  memory.first = enqueue(memory.heaps, memory.first, i)
}

function counted(pool: Pool, memory: Memory, i: number): void {
  if (memory.listed[i] === 1 && memory.heaps.key[i] !== excess(pool, memory, i)) changed(pool, memory, i)
}

/** 0 while a slot is free. */
function excess(pool: Pool, memory: Memory, i: number): number {
  return Math.max(0, pool.inFlight[i]! - memory.limit + 1)
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const score = excess(pool, memory, replica)
    return { replica, score, note: `${pool.inFlight[replica]} in flight, ${score > 0 ? 'full' : 'not full'}` }
  })
}

export const first: Strategy<Memory> = {
  name: 'first',
  title: 'First that is not full',
  summary:
    'Fills the first replica to its limit before it uses the second, so that the last ones can be switched off.',
  source: 'HAProxy 2.6.12, balance first (lb_fas.c)',
  params,
  bearsOldCounts: true,
  remember,
  pick,
  changed,
  sent: counted,
  replied: counted,
  explain,
}
