/**
 * Envoy's least request: with equal weights, draw some replicas by chance, the same one twice if it so
 * happens, and take the one with the fewest requests in flight; the first drawn of equals. With unequal
 * weights, a schedule by deadlines in which a replica comes up again after (in flight + 1)^bias / weight.
 *
 * The delay is fixed when a replica is picked, so the schedule follows the load late; it is made anew
 * whenever a replica comes, goes or changes its weight. Limit of realism: Envoy starts each schedule at a
 * random place; here it starts at the beginning.
 *
 * Source: Envoy, least_request_lb.cc and edf_scheduler.h; its manual, "Weighted least request".
 */

import { dequeue, EMPTY, enqueue, type Heaps, heaps } from '../../base/heaps.ts'
import { pow } from '../../base/maths.ts'
import { below, type Stream } from '../../base/stream.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { IF_DRAWN, inFlightOf } from './said.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const params = {
  choices: {
    kind: 'integer',
    title: 'Choices',
    summary: 'How many replicas are drawn and compared when all weights are equal (choice_count).',
    default: 2,
    min: 1,
    max: 64,
  },
  bias: {
    kind: 'number',
    title: 'Active request bias',
    summary: 'With unequal weights, how much requests in flight lower a replica’s weight; 0: not at all.',
    default: 1,
    min: 0,
    max: 10,
  },
} as const satisfies ParamSpec

interface Memory {
  readonly choices: number
  readonly bias: number
  /** All ready weights are equal: there is no schedule. */
  isEven: boolean
  /** Of each replica: its weight as last seen, 0 when not ready. */
  readonly seen: Float64Array
  /** The schedule: by deadline, then by when it was set. */
  readonly heaps: Heaps
  first: number
  /** The deadline of the last pick. */
  time: number
  queued: number
}

function remember(chosen: Params, pool: Pool): Memory {
  const memory: Memory = {
    choices: Number(chosen.choices),
    bias: Number(chosen.bias),
    isEven: true,
    seen: Float64Array.from(pool.weight, (_, i) => shownWeight(pool, i)),
    heaps: heaps(pool.size),
    first: EMPTY,
    time: 0,
    queued: 0,
  }
  schedule(pool, memory)
  return memory
}

function changed(pool: Pool, memory: Memory, replica: number): void {
  const weight = shownWeight(pool, replica)
  if (memory.seen[replica] === weight) return
  memory.seen[replica] = weight
  schedule(pool, memory)
}

function shownWeight({ isReady, weight }: Pool, replica: number): number {
  return isReady[replica] === 1 ? weight[replica]! : 0
}

function schedule(pool: Pool, memory: Memory): void {
  const ready = pool.ready.subarray(0, pool.readyCount)
  memory.isEven = ready.every((replica) => pool.weight[replica] === pool.weight[ready[0]!])
  memory.first = EMPTY
  memory.time = 0
  memory.queued = 0
  if (!memory.isEven) for (const replica of ready) queue(pool, memory, replica)
}

function queue(pool: Pool, memory: Memory, replica: number): void {
  memory.heaps.key[replica] = memory.time + 1 / weightOf(pool, memory, replica)
  memory.heaps.tie[replica] = memory.queued++
  memory.first = enqueue(memory.heaps, memory.first, replica)
}

function weightOf(pool: Pool, { bias }: Memory, replica: number): number {
  const busy = pool.inFlight[replica]! + 1
  return pool.weight[replica]! / (bias === 1 ? busy : bias === 0 ? 1 : pow(busy, bias))
}

function pick(pool: Pool, _asked: unknown, memory: Memory, random: Stream): number {
  if (memory.isEven) return pickDrawn(pool, memory.choices, random)
  const picked = memory.first
  memory.first = dequeue(memory.heaps, picked, picked)
  memory.time = memory.heaps.key[picked]!
  queue(pool, memory, picked)
  return picked
}

function pickDrawn({ ready, readyCount, inFlight }: Pool, choices: number, random: Stream): number {
  if (readyCount === 0) return NONE
  let best = ready[below(random, readyCount)]!
  for (let k = 1; k < choices; k++) {
    const drawn = ready[below(random, readyCount)]!
    if (inFlight[drawn]! < inFlight[best]!) best = drawn
  }
  return best
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  const { key, tie } = memory.heaps
  const ready = Array.from(pool.ready.subarray(0, pool.readyCount))
  if (!memory.isEven) ready.sort((a, b) => tie[a]! - tie[b]!)
  return ready.map((replica) => {
    const busy = inFlightOf(pool, replica)
    return memory.isEven
      ? { replica, score: pool.inFlight[replica]!, note: `${busy}; ${IF_DRAWN}, then the fewest win` }
      : {
          replica,
          score: key[replica]! - memory.time,
          note: `${busy}; the lowest score is due first, and the more in flight the later`,
        }
  })
}

export const leastRequest: Strategy<Memory> = {
  name: 'least-request',
  title: "Envoy's least request",
  summary:
    'Equal weights: the less loaded of two drawn by chance. Unequal ones: in turns by weight, fewer when busy.',
  source: 'Envoy, LEAST_REQUEST (least_request_lb.cc, edf_scheduler.h)',
  params,
  bearsOldCounts: true,
  remember,
  pick,
  changed,
  explain,
}
