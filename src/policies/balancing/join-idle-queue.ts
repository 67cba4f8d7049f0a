/**
 * Join-idle-queue: replicas that become idle line up, and a request takes the first in line; when none is
 * idle it goes to any by chance. Weights are not looked at.
 *
 * Limit of realism: in the paper an idle replica reports to one of many balancers; here each balancer holds
 * idle whoever has nothing of its own in flight. With one balancer that is the same.
 *
 * Source: Y. Lu et al., "Join-Idle-Queue: A novel load balancing algorithm for dynamically scalable web
 * services", Performance Evaluation 68(11), 2011: JIQ-Random.
 */

import { dequeue, EMPTY, enqueue, type Heaps, heaps } from '../../base/heaps.ts'
import { below, type Stream } from '../../base/stream.ts'
import type { Params } from '../policy.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Memory {
  /** The line: by when it was joined. */
  readonly heaps: Heaps
  first: number
  readonly inLine: Uint8Array
  joined: number
}

function remember(_params: Params, pool: Pool): Memory {
  const memory = { heaps: heaps(pool.size), first: EMPTY, inLine: new Uint8Array(pool.size), joined: 0 }
  for (let i = 0; i < pool.size; i++) update(pool, memory, i)
  return memory
}

function pick({ ready, readyCount }: Pool, _asked: unknown, memory: Memory, random: Stream): number {
  if (memory.first !== EMPTY) return memory.first
  return readyCount === 0 ? NONE : ready[below(random, readyCount)]!
}

function update(pool: Pool, memory: Memory, i: number): void {
  const isIdle = pool.isReady[i] === 1 && pool.inFlight[i] === 0
  if (isIdle === (memory.inLine[i] === 1)) return
  memory.inLine[i] = isIdle ? 1 : 0
  if (isIdle) {
    memory.heaps.key[i] = memory.joined++
    memory.first = enqueue(memory.heaps, memory.first, i)
  } else {
    memory.first = dequeue(memory.heaps, memory.first, i)
  }
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  const { inLine, heaps: h } = memory
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) =>
    inLine[replica] === 1
      ? { replica, score: h.key[replica]!, note: 'idle; the first that became so is taken' }
      : { replica, score: memory.joined, note: 'busy; drawn by chance only when none is idle' },
  )
}

export const joinIdleQueue: Strategy<Memory> = {
  name: 'join-idle-queue',
  title: 'Join idle queue',
  summary: 'An idle replica whenever there is one, the one that waits for longest; otherwise any by chance.',
  source: 'Lu et al., Performance Evaluation 68(11), 2011',
  params: {},
  remember,
  pick,
  changed: update,
  sent: update,
  replied: update,
  explain,
}
