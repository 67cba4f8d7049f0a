/**
 * Join the shortest queue: the replica with the fewest requests, waiting or in service, whoever sent them;
 * equals are drawn. The yardstick that real strategies are held against. Weights are not looked at.
 *
 * Not realistic: it knows every replica's true queue at the instant of the choice, which takes no time and no
 * message. With equal replicas and exponential demands nothing that does not know the demands does better.
 *
 * Sources: W. Winston, "Optimality of the shortest line discipline", Journal of Applied Probability 14, 1977;
 * R. R. Weber, "On the optimal assignment of customers to parallel servers", the same 15, 1978.
 */

import { below, type Stream } from '../../base/stream.ts'
import type { Params } from '../policy.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

type Memory = Readonly<Record<string, never>>

function remember(_params: Params): Memory {
  return {}
}

function pick(pool: Pool, _asked: unknown, _memory: Memory, random: Stream): number {
  const { ready, readyCount, inSystem } = pool
  let least = Infinity
  let equals = 0
  for (let place = 0; place < readyCount; place++) {
    const count = inSystem[ready[place]!]!
    if (count > least) continue
    equals = count < least ? 1 : equals + 1
    least = count
  }
  if (equals === 0) return NONE
  let left = equals === 1 ? 0 : below(random, equals)
  for (let place = 0; ; place++) {
    const replica = ready[place]!
    if (inSystem[replica] === least && left-- === 0) return replica
  }
}

function explain(pool: Pool): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => ({
    replica,
    score: pool.inSystem[replica]!,
    note: `${pool.inSystem[replica]} truly there; the fewest win, of equals one is drawn by chance`,
  }))
}

export const joinShortestQueue: Strategy<Memory> = {
  name: 'join-shortest-queue',
  title: 'Join the shortest queue (oracle)',
  summary:
    'The replica with the fewest requests, by its true queue at this instant: an ideal that no real balancer can see.',
  source: 'Winston, J. Appl. Prob. 14, 1977; Weber, J. Appl. Prob. 15, 1978',
  params: {},
  isOracle: true,
  remember,
  pick,
  explain,
}
