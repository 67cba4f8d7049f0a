/**
 * The power of d choices: draw d ready replicas by chance, take the one with the fewest requests in flight
 * for its weight. Of two that are equal the one drawn first is taken; of more, one by chance.
 *
 * nginx draws two different ones by weight, and HAProxy any number of points on the ring of its consistent hash;
 * ties go to the one drawn last.
 *
 * Source: M. Mitzenmacher, "The power of two choices in randomized load balancing", IEEE TPDS 12(10), 2001.
 */

import { below, type Stream } from '../../base/stream.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { drawAsHaproxy, type HaproxyDraw, rememberHaproxyDraw, renewHaproxyDraw } from './haproxy-draw.ts'
import { drawAsNginx, type NginxDraw, rememberNginxDraw, tellNginxDraw } from './nginx-draw.ts'
import { IF_DRAWN, inFlightOf } from './said.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const params = {
  rule: {
    kind: 'choice',
    title: 'Rule of',
    summary:
      'plain: as set below. nginx: two different ones drawn by weight. haproxy: so many points on its hash ring.',
    choices: ['plain', 'nginx', 'haproxy'],
    default: 'plain',
  },
  choices: {
    kind: 'integer',
    title: 'Choices',
    summary: 'How many replicas are drawn and compared; by nginx’s rule always two.',
    default: 2,
    min: 1,
    max: 64,
  },
  replacement: {
    kind: 'boolean',
    title: 'With replacement',
    summary: 'Whether the same replica may be drawn twice; with few replicas that makes a difference.',
    default: false,
  },
} as const satisfies ParamSpec

interface Memory {
  readonly choices: number
  readonly replacement: boolean
  /** Scratch: places drawn for the request at hand. */
  readonly drawn: Int32Array
  /** What the rule of that name keeps, if it is the rule. */
  readonly nginx: NginxDraw | undefined
  readonly haproxy: HaproxyDraw | undefined
}

function remember(chosen: Params, pool: Pool): Memory {
  const choices = Number(chosen.choices)
  return {
    choices,
    replacement: chosen.replacement === true,
    drawn: new Int32Array(choices),
    nginx: chosen.rule === 'nginx' ? rememberNginxDraw(pool) : undefined,
    haproxy: chosen.rule === 'haproxy' ? rememberHaproxyDraw(pool) : undefined,
  }
}

function changed(pool: Pool, { nginx, haproxy }: Memory, replica: number): void {
  if (nginx) tellNginxDraw.changed(pool, nginx, replica)
  if (haproxy) renewHaproxyDraw(pool, haproxy, replica)
}

function pick(pool: Pool, asked: Asked, memory: Memory, random: Stream): number {
  if (memory.nginx) return drawAsNginx(pool, asked, memory.nginx, random, 2)
  if (memory.haproxy) return drawAsHaproxy(pool, memory.haproxy, random, memory.choices)
  const { ready, readyCount } = pool
  if (memory.replacement && readyCount > 0) {
    let best = ready[below(random, readyCount)]!
    for (let k = 1; k < memory.choices; k++) best = better(pool, best, ready[below(random, readyCount)]!)
    return best
  }
  if (memory.choices === 2 && readyCount > 1) {
    const first = below(random, readyCount)
    const second = below(random, readyCount - 1)
    return better(pool, ready[first]!, ready[second < first ? second : second + 1]!)
  }
  return pickDistinct(pool, memory, random)
}

/**
 * Floyd's way of drawing a set: the k-th draw is from one more place, and a double stands for the new one. Its
 * order is not by chance (the last place never comes first), so equals are drawn once more.
 */
function pickDistinct(pool: Pool, memory: Memory, random: Stream): number {
  const { ready, readyCount } = pool
  const { drawn } = memory
  const count = Math.min(memory.choices, readyCount)
  let best = NONE
  let equals = 0
  for (let k = 0; k < count; k++) {
    const replica = ready[count === readyCount ? k : drawNext(drawn, k, readyCount - count + k, random)]!
    const excess = best === NONE ? -1 : compare(pool, replica, best)
    if (excess > 0) continue
    equals = excess < 0 ? 1 : equals + 1
    if (equals === 1 || below(random, equals) === 0) best = replica
  }
  return best
}

function drawNext(drawn: Int32Array, k: number, last: number, random: Stream): number {
  let place = below(random, last + 1)
  for (let j = 0; j < k; j++) if (drawn[j] === place) place = last
  drawn[k] = place
  return place
}

function better(pool: Pool, a: number, b: number): number {
  return compare(pool, b, a) < 0 ? b : a
}

/** Below 0 when `a` is less loaded for its weight. */
function compare({ inFlight, weight }: Pool, a: number, b: number): number {
  return inFlight[a]! * weight[b]! - inFlight[b]! * weight[a]!
}

function explain(pool: Pool): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => ({
    replica,
    score: pool.inFlight[replica]! / pool.weight[replica]!,
    note: `${inFlightOf(pool, replica)}; ${IF_DRAWN}, then the fewest win`,
  }))
}

export const twoChoices: Strategy<Memory> = {
  name: 'two-choices',
  title: 'Two choices',
  summary: 'Draws two replicas (or more) by chance and takes the less loaded: nearly as good as knowing all.',
  source:
    'Mitzenmacher, IEEE TPDS 12(10), 2001; nginx 1.22.1, random two least_conn; HAProxy 2.6.12, random(n)',
  params,
  whenFull: ({ rule }) => (rule === 'haproxy' ? 'see' : 'skip'),
  bearsOldCounts: true,
  remember,
  pick,
  changed,
  penalised(pool, { nginx }, replica, weight) {
    if (nginx) tellNginxDraw.penalised(pool, nginx, replica, weight)
  },
  explain,
}
