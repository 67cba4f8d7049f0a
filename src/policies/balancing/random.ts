/**
 * A ready replica by chance, in proportion to its weight; knows nothing of load.
 *
 * nginx draws among all that are configured, again when one cannot be used. HAProxy draws a point on the ring of
 * its consistent hash, so that shares are uneven and do not quite follow the weights.
 */

import { below, type Stream, uniform } from '../../base/stream.ts'
import { nearestShares } from '../hashing/haproxy-ring.ts'
import { percent } from '../hashing/kept.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { drawAsHaproxy, type HaproxyDraw, rememberHaproxyDraw, renewHaproxyDraw } from './haproxy-draw.ts'
import { drawAsNginx, type NginxDraw, rememberNginxDraw, tellNginxDraw } from './nginx-draw.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const params = {
  rule: {
    kind: 'choice',
    title: 'Rule of',
    summary:
      'plain: exactly by weight. nginx: the same, drawn again past who is out. haproxy: points on its hash ring.',
    choices: ['plain', 'nginx', 'haproxy'],
    default: 'plain',
  },
} as const satisfies ParamSpec

interface Memory {
  /** Sums of the weights of the ready replicas up to each place of `pool.ready`. */
  readonly sums: Float64Array
  /** True when all ready weights are equal: one draw gives the place. */
  even: boolean
  /** What the rule of that name keeps, if it is the rule. */
  readonly nginx: NginxDraw | undefined
  readonly haproxy: HaproxyDraw | undefined
}

function remember({ rule }: Params, pool: Pool): Memory {
  const memory = {
    sums: new Float64Array(pool.size),
    even: true,
    nginx: rule === 'nginx' ? rememberNginxDraw(pool) : undefined,
    haproxy: rule === 'haproxy' ? rememberHaproxyDraw(pool) : undefined,
  }
  sumUp(pool, memory)
  return memory
}

function changed(pool: Pool, memory: Memory, replica: number): void {
  if (memory.nginx) tellNginxDraw.changed(pool, memory.nginx, replica)
  else if (memory.haproxy) renewHaproxyDraw(pool, memory.haproxy, replica)
  else sumUp(pool, memory)
}

function sumUp(pool: Pool, memory: Memory): void {
  let sum = 0
  memory.even = true
  for (let place = 0; place < pool.readyCount; place++) {
    const weight = pool.weight[pool.ready[place]!]!
    if (weight !== pool.weight[pool.ready[0]!]) memory.even = false
    sum += weight
    memory.sums[place] = sum
  }
}

function pick(pool: Pool, asked: Asked, memory: Memory, random: Stream): number {
  if (memory.nginx) return drawAsNginx(pool, asked, memory.nginx, random, 1)
  if (memory.haproxy) return drawAsHaproxy(pool, memory.haproxy, random, 1)
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
  const chances = chancesOf(pool, memory)
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const chance = chances[replica]!
    return {
      replica,
      score: -chance,
      figure: chance,
      note: `drawn by chance, ${percent(chance)} of the time`,
    }
  })
}

/** By replica. */
function chancesOf(pool: Pool, { haproxy }: Memory): Float64Array {
  if (haproxy) {
    return nearestShares(haproxy.isStale ? rememberHaproxyDraw(pool).table : haproxy.table, pool.size)
  }
  const total = pool.ready.subarray(0, pool.readyCount).reduce((sum, i) => sum + pool.weight[i]!, 0)
  return pool.weight.map((weight) => weight / total)
}

export const random: Strategy<Memory> = {
  name: 'random',
  title: 'Random',
  summary:
    'Any ready replica by chance, in proportion to its weight. Even in the long run, lumpy in the short.',
  source:
    'Inverse transform over the cumulated weights (Devroye 1986, III.2); nginx 1.22.1, random; HAProxy 2.6.12, random(1)',
  params,
  whenFull: ({ rule }) => (rule === 'haproxy' ? 'see' : 'skip'),
  remember,
  pick,
  changed,
  penalised(pool, { nginx }, replica, weight) {
    if (nginx) tellNginxDraw.penalised(pool, nginx, replica, weight)
  },
  explain,
}
