/**
 * gRPC's weighted round robin: turns by weights that follow from what replicas tell of themselves with their
 * answers. Weight = requests per second / (utilisation + penalty x share of failures): who gets much done with
 * little is given more.
 *
 * A weight counts only when it has been told for the blackout period, and until nothing has been told for the
 * expiration period; the schedule is made anew every update period, and when a replica comes or goes. Who has no
 * weight gets the mean, and with fewer than two weights all take turns. Configured weights are not looked at.
 *
 * Limits of realism: the period is looked at when a request comes, not by a clock of its own; reports come with
 * answers only, not on a stream of their own.
 *
 * Source: gRPC proposal A58, with its defaults; the schedule is in stride.ts.
 */

import { below, type Stream } from '../../base/stream.ts'
import { SECOND } from '../../base/time.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { type LoadReport, NONE, type Pool, type Score, type Strategy } from './strategy.ts'
import { isPicked, nextStep, strides } from './stride.ts'

const params = {
  blackout: {
    kind: 'duration',
    title: 'Blackout period',
    summary: 'How long a replica has to tell of itself before its weight counts.',
    default: 10 * SECOND,
    min: 0,
  },
  expiration: {
    kind: 'duration',
    title: 'Weight expiration period',
    summary: 'After so long without a report a weight counts no more.',
    default: 180 * SECOND,
    min: 0,
    above: true,
  },
  update: {
    kind: 'duration',
    title: 'Weight update period',
    summary: 'How often the schedule is made anew from the weights.',
    default: SECOND,
    min: SECOND / 10,
  },
  errorPenalty: {
    kind: 'number',
    title: 'Error utilisation penalty',
    summary: 'What the share of failures counts for, beside utilisation; 0: nothing.',
    default: 1,
    min: 0,
    max: 1000,
  },
} as const satisfies ParamSpec

const NEVER = -Infinity

interface Memory {
  readonly blackout: number
  readonly expiration: number
  readonly update: number
  readonly errorPenalty: number
  /** Of each replica: its weight, when it was told of last, and since when without a gap, ns. */
  readonly weight: Float64Array
  readonly toldAt: Float64Array
  readonly toldSince: Float64Array
  readonly wasReady: Uint8Array
  /** By place of `pool.ready`; undefined: all take turns. */
  schedule: Uint16Array | undefined
  madeAt: number
  /** NEVER: the first one is drawn. */
  step: number
}

function remember(chosen: Params, pool: Pool): Memory {
  return {
    blackout: Number(chosen.blackout),
    expiration: Number(chosen.expiration),
    update: Number(chosen.update),
    errorPenalty: Number(chosen.errorPenalty),
    weight: new Float64Array(pool.size),
    toldAt: new Float64Array(pool.size).fill(NEVER),
    toldSince: new Float64Array(pool.size).fill(NEVER),
    wasReady: pool.isReady.slice(),
    schedule: undefined,
    madeAt: pool.now,
    step: NEVER,
  }
}

function pick(pool: Pool, _asked: unknown, memory: Memory, random: Stream): number {
  const { readyCount, ready } = pool
  if (readyCount === 0) return NONE
  if (memory.step === NEVER) memory.step = below(random, 2 ** 32)
  bringUpToDate(pool, memory)
  const step = memory.schedule === undefined ? memory.step : nextStep(memory.schedule, memory.step)
  memory.step = step + 1
  return ready[step % readyCount]!
}

/** Who comes back has to tell of itself anew. */
function changed(pool: Pool, memory: Memory, i: number): void {
  if (memory.wasReady[i] === pool.isReady[i]) return
  memory.wasReady[i] = pool.isReady[i]!
  memory.toldAt[i] = NEVER
  memory.toldSince[i] = NEVER
  memory.madeAt = NEVER
}

function reported(pool: Pool, memory: Memory, i: number, report: LoadReport): void {
  const { requestsPerSecond: rate, errorsPerSecond: errors, utilisation } = report
  if (!(rate > 0 && utilisation > 0)) return
  memory.weight[i] = rate / (utilisation + (memory.errorPenalty * errors) / rate)
  memory.toldAt[i] = pool.now
  if (memory.toldSince[i] === NEVER) memory.toldSince[i] = pool.now
}

function bringUpToDate(pool: Pool, memory: Memory): void {
  if (pool.now - memory.madeAt < memory.update) return
  const { toldAt, toldSince, weight, expiration, blackout } = memory
  const weights = new Float64Array(pool.readyCount)
  for (let place = 0; place < pool.readyCount; place++) {
    const i = pool.ready[place]!
    if (pool.now - toldAt[i]! >= expiration) toldSince[i] = NEVER
    else if (pool.now - toldSince[i]! >= blackout) weights[place] = weight[i]!
  }
  memory.schedule = strides(weights)
  memory.madeAt = pool.now
}

/** In the order in which their turns come. */
function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  const trial = { ...memory, toldSince: memory.toldSince.slice() }
  bringUpToDate(pool, trial)
  const { schedule } = trial
  const from = trial.step === NEVER ? 0 : trial.step
  const { readyCount } = pool
  return Array.from(pool.ready.subarray(0, readyCount), (replica, place) => {
    let step = from + ((place - (from % readyCount) + readyCount) % readyCount)
    while (schedule !== undefined && !isPicked(schedule, step)) step += readyCount
    const told = `weight ${memory.weight[replica]!.toFixed(1)} by its own word`
    const note = schedule === undefined ? 'in turn: too few have told of themselves for long enough' : told
    return { replica, score: step - from, note }
  })
}

export const weightedUtilisation: Strategy<Memory> = {
  name: 'weighted-utilisation',
  title: 'Weighted by utilisation (gRPC)',
  summary:
    'Round robin by weights that replicas earn: requests per second for the utilisation they cost, less for failures.',
  source: 'gRPC, weighted_round_robin (proposal A58)',
  params,
  remember,
  pick,
  changed,
  reported,
  explain,
}
