/** A ready replica by chance, with a probability in proportion to its weight; knows nothing of load. */

import { below, type Stream, uniform } from '../../base/stream.ts'
import type { Params } from '../policy.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Memory {
  /** Sums of the weights of the ready replicas up to each place of `pool.ready`. */
  readonly sums: Float64Array
  /** True when all ready weights are equal: one draw gives the place. */
  even: boolean
}

function remember(_params: Params, pool: Pool): Memory {
  const memory = { sums: new Float64Array(pool.size), even: true }
  changed(pool, memory)
  return memory
}

function changed(pool: Pool, memory: Memory): void {
  let sum = 0
  memory.even = true
  for (let place = 0; place < pool.readyCount; place++) {
    const weight = pool.weight[pool.ready[place]!]!
    if (weight !== pool.weight[pool.ready[0]!]) memory.even = false
    sum += weight
    memory.sums[place] = sum
  }
}

function pick(pool: Pool, _asked: unknown, memory: Memory, random: Stream): number {
  const count = pool.readyCount
  if (count === 0) return NONE
  if (memory.even) return pool.ready[below(random, count)]!
  const mark = uniform(random) * memory.sums[count - 1]!
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (memory.sums[middle]! > mark) high = middle
    else low = middle + 1
  }
  return pool.ready[low]!
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  const total = memory.sums[pool.readyCount - 1] ?? 0
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const chance = pool.weight[replica]! / total
    return { replica, score: -chance, note: `drawn with probability ${(100 * chance).toFixed(1)}%` }
  })
}

export const random: Strategy<Memory> = {
  name: 'random',
  title: 'Random',
  summary:
    'Any ready replica by chance, in proportion to its weight. Even in the long run, lumpy in the short.',
  source: 'Inverse transform over the cumulated weights (Devroye 1986, III.2)',
  params: {},
  remember,
  pick,
  changed: (pool, memory) => changed(pool, memory),
  explain,
}
