/**
 * Prequal: each request sends out a few probes for those that come after it, and takes the best of the answers
 * at hand. Replicas with many requests in flight are hot; it takes the cold one with the least latency, or if
 * all are hot the one with the fewest in flight.
 *
 * An answer serves some requests, counts those it has served as in flight, and goes when it is too old; besides,
 * each request throws one out, the oldest and the worst in turn. With fewer than two answers a replica is drawn.
 * How often an answer serves follows the paper's formula (with delta = 1); where that gives no limit, as with few
 * replicas, there is none. A broken number is rounded in turns, not by chance.
 *
 * Not modelled: probes while there are no requests. Weights are not looked at.
 *
 * Source: B. Wydrowski et al., "Load is not what you should balance: Introducing Prequal", NSDI 2024, with the
 * settings of its experiments.
 */

import { below, type Stream } from '../../base/stream.ts'
import type { ParamSpec, Params } from '../policy.ts'
import {
  add,
  bestOf,
  drop,
  heatLimit,
  isBetter,
  type ProbePool,
  placeOf,
  probePool,
  removeAt,
  worstOf,
} from './probe-pool.ts'
import { type LoadReport, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

/** With fewer answers a replica is drawn. */
const FEWEST = 2

const params = {
  poolSize: {
    kind: 'integer',
    title: 'Answers kept',
    summary: 'How many answers to probes are kept at most.',
    default: 16,
    min: 2,
    max: 1000,
  },
  probes: {
    kind: 'number',
    title: 'Probes a request',
    summary: 'How many replicas are probed with each request; a half is one with every second.',
    default: 3,
    min: 0,
    max: 64,
  },
  removals: {
    kind: 'number',
    title: 'Removals a request',
    summary: 'How many answers each request throws out, the oldest and the worst in turn.',
    default: 1,
    min: 0,
    max: 64,
  },
  hotAbove: {
    kind: 'share',
    title: 'Hot above',
    summary: 'A replica is hot with more requests in flight than this share of the last answers told of.',
    default: 0.84,
    min: 0,
    max: 1,
  },
  reuse: {
    kind: 'integer',
    title: 'Uses of an answer',
    summary: 'How many requests an answer may serve; left out, as the formula of the paper gives.',
    optional: true,
    min: 1,
  },
  maxAge: {
    kind: 'duration',
    title: 'Greatest age',
    summary: 'An answer older than this is thrown out.',
    default: 1e9,
    min: 0,
    above: true,
  },
} as const satisfies ParamSpec

interface Memory {
  readonly probesEach: number
  readonly removalsEach: number
  readonly hotAbove: number
  /** 0: by the formula. */
  readonly reuse: number
  readonly maxAge: number
  readonly probes: ProbePool
  /** Parts of a probe, of a removal and of a use that have not come to a whole one yet. */
  probesOwed: number
  removalsOwed: number
  usesOwed: number
  /** Whether the next removal takes the worst. */
  worstNext: boolean
  /** Probes still to be sent for the last request, and the places of `pool.ready` already drawn, ascending. */
  due: number
  readonly drawn: number[]
}

function remember(chosen: Params): Memory {
  return {
    probesEach: Number(chosen.probes),
    removalsEach: Number(chosen.removals),
    hotAbove: Number(chosen.hotAbove),
    reuse: Number(chosen.reuse ?? 0),
    maxAge: Number(chosen.maxAge),
    probes: probePool(Number(chosen.poolSize)),
    probesOwed: 0,
    removalsOwed: 0,
    usesOwed: 0,
    worstNext: false,
    due: 0,
    drawn: [],
  }
}

function pick(pool: Pool, _asked: unknown, memory: Memory, random: Stream): number {
  const { probes } = memory
  const { ready, readyCount } = pool
  if (readyCount === 0) return NONE
  memory.probesOwed += memory.probesEach
  memory.due = Math.floor(memory.probesOwed)
  memory.probesOwed -= memory.due
  memory.drawn.length = 0
  while (probes.count > 0 && isTooOld(pool, memory, 0)) removeAt(probes, 0)
  const picked =
    probes.count < FEWEST
      ? ready[below(random, readyCount)]!
      : take(probes, bestOf(probes, heatLimit(probes, memory.hotAbove)))
  throwOut(memory)
  return picked
}

function take(probes: ProbePool, place: number): number {
  const replica = probes.replica[place]!
  if (--probes.uses[place]! <= 0) removeAt(probes, place)
  return replica
}

function throwOut(memory: Memory): void {
  const { probes } = memory
  memory.removalsOwed += memory.removalsEach
  for (; memory.removalsOwed >= 1; memory.removalsOwed--) {
    if (probes.count === 0) continue
    removeAt(probes, memory.worstNext ? worstOf(probes, heatLimit(probes, memory.hotAbove)) : 0)
    memory.worstNext = !memory.worstNext
  }
}

function isTooOld(pool: Pool, { probes, maxAge }: Memory, place: number): boolean {
  return pool.now - probes.at[place]! > maxAge
}

/** The probes of one request go to different replicas. */
function toProbe(pool: Pool, memory: Memory, random: Stream): number {
  const { drawn } = memory
  if (memory.due === 0 || drawn.length >= pool.readyCount) return NONE
  memory.due--
  let place = below(random, pool.readyCount - drawn.length)
  let before = 0
  while (before < drawn.length && drawn[before]! <= place) {
    place++
    before++
  }
  drawn.splice(before, 0, place)
  return pool.ready[place]!
}

/** Only probes count: answers to requests tell how long their work took. */
function reported(pool: Pool, memory: Memory, replica: number, report: LoadReport): void {
  if (report.serviceTime > 0 || pool.isReady[replica] === 0) return
  const { inSystem: inFlight, latency } = report
  add(memory.probes, { replica, inFlight, latency }, pool.now, usesOf(pool, memory))
}

function usesOf(pool: Pool, memory: Memory): number {
  if (memory.reuse > 0) return memory.reuse
  const isNew = 1 - memory.probes.replica.length / pool.readyCount
  const gain = isNew * memory.probesEach - memory.removalsEach
  if (gain <= 0) return Infinity
  memory.usesOwed += Math.max(1, 2 / gain)
  const uses = Math.floor(memory.usesOwed)
  memory.usesOwed -= uses
  return uses
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  const { probes } = memory
  const limit = heatLimit(probes, memory.hotAbove)
  const places = Array.from({ length: probes.count }, (_, place) => place)
    .filter((place) => !isTooOld(pool, memory, place))
    .sort((a, b) => Number(isBetter(probes, limit, b, a)) - Number(isBetter(probes, limit, a, b)))
  const isDrawn = places.length < FEWEST
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const place = placeOf(probes, replica)
    const rank = places.indexOf(place)
    if (rank < 0) return { replica, score: places.length, note: 'has not answered a probe lately' }
    const isHot = probes.inFlight[place]! > limit
    const told = `${probes.inFlight[place]} in flight, ${(probes.latency[place]! / 1e6).toFixed(3)} ms`
    const note = isDrawn ? `${told}; too few answers, one is drawn` : `${isHot ? 'hot' : 'cold'}: ${told}`
    return { replica, score: rank, note }
  })
}

export const prequal: Strategy<Memory> = {
  name: 'prequal',
  title: 'Prequal (probes)',
  summary:
    'The best of a few replicas that have just been probed: the fastest that is not among the busiest. Needs no replies.',
  source: 'Wydrowski et al., Prequal, NSDI 2024',
  params,
  remember,
  pick,
  changed(pool, memory, replica) {
    if (pool.isReady[replica] === 0) drop(memory.probes, replica)
  },
  sent(_pool, { probes }, replica) {
    const place = placeOf(probes, replica)
    if (place >= 0) probes.inFlight[place]!++
  },
  toProbe,
  reported,
  explain,
}
