/**
 * The power of d choices: draw d ready replicas by chance, take the one with the fewest requests in flight
 * for its weight. Ties go to the one drawn first.
 *
 * Source: M. Mitzenmacher, "The power of two choices in randomized load balancing", IEEE TPDS 12(10), 2001.
 */

import { below, type Stream } from '../../base/stream.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const params = {
  choices: {
    kind: 'integer',
    title: 'Choices',
    summary: 'How many replicas are drawn and compared.',
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
}

function remember(chosen: Params): Memory {
  const choices = Number(chosen.choices)
  return { choices, replacement: chosen.replacement === true, drawn: new Int32Array(choices) }
}

function pick(pool: Pool, _asked: unknown, memory: Memory, random: Stream): number {
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

/** Floyd's way of drawing a set: the k-th draw is from one more place, and a double stands for the new one. */
function pickDistinct(pool: Pool, memory: Memory, random: Stream): number {
  const { ready, readyCount } = pool
  const { drawn } = memory
  const count = Math.min(memory.choices, readyCount)
  let best = NONE
  for (let k = 0; k < count; k++) {
    const last = readyCount - count + k
    let place = below(random, last + 1)
    for (let j = 0; j < k; j++) if (drawn[j] === place) place = last
    drawn[k] = place
    best = best < 0 ? ready[place]! : better(pool, best, ready[place]!)
  }
  return best
}

function better(pool: Pool, a: number, b: number): number {
  const { inFlight, weight } = pool
  return inFlight[b]! * weight[a]! < inFlight[a]! * weight[b]! ? b : a
}

function explain(pool: Pool): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => ({
    replica,
    score: pool.inFlight[replica]! / pool.weight[replica]!,
    note: `${pool.inFlight[replica]} in flight, weight ${pool.weight[replica]}; compared only if drawn`,
  }))
}

export const twoChoices: Strategy<Memory> = {
  name: 'two-choices',
  title: 'Two choices',
  summary: 'Draws two replicas (or more) by chance and takes the less loaded: nearly as good as knowing all.',
  source: 'Mitzenmacher, IEEE TPDS 12(10), 2001',
  params,
  remember,
  pick,
  explain,
}
