/**
 * Rows about rate limiters: how many of a schedule of arrivals they let in, the most in any interval, and the
 * share of Poisson arrivals that they reject. The limiters are those that scenarios use.
 */

import { stream } from '../../../base/stream.ts'
import { SECOND } from '../../../base/time.ts'
import { arrivals } from '../../../policies/arrivals/index.ts'
import { limiters } from '../../../policies/limits/index.ts'
import { judge, zone } from '../../../policies/limits/zone.ts'
import type { Params } from '../../../policies/policy.ts'
import { cannotRun, computed, type Experiment, type Reader } from '../experiment.ts'
import { type Given, given } from '../given.ts'
import type { Row } from '../row.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import type { Measured } from '../verdict.ts'

interface Limited {
  readonly limiter: string
  readonly params: Params
}

/** By the beginning of a row's model: the limiter that it is about. */
const MODELS: readonly [begins: string, read: (g: Given) => Limited][] = [
  [
    'token bucket',
    (g) => ({ limiter: 'token-bucket', params: { rate: rateOf(g), burst: needed(g, 'burst') } }),
  ],
  [
    'leaky bucket as a queue',
    (g) => ({ limiter: 'gcra', params: { rate: rateOf(g), burst: needed(g, 'capacity'), shape: true } }),
  ],
  ['fixed window counter', (g) => ({ limiter: 'fixed-window', params: windowOf(g) })],
  ['sliding window log', (g) => ({ limiter: 'sliding-log', params: windowOf(g) })],
  ['sliding window counter', (g) => ({ limiter: 'sliding-counter', params: windowOf(g) })],
]

export const readLimits: Reader = (row) => {
  const model = MODELS.find(([begins]) => row.model.startsWith(begins))
  if (model === undefined) return undefined
  return unlessUnfit(() => {
    const g = given(row.parameters)
    const limited = model[1](g)
    // Words for people: what every row of a model has in common.
    g.skip('start', 'cost', 'refill', 'window', 'windows_aligned_to', 'rule', 'counts')
    const made = experimentOf(row, g, limited)
    g.done()
    return made
  })
}

function experimentOf(row: Row, g: Given, limited: Limited): Experiment {
  const rate = g.number('arrival_rate')
  if (rate !== undefined) return poisson(row, limited, rate)
  const length = g.number('duration_s')
  if (length !== undefined) {
    g.skip('arrivals')
    return saturated(row, limited, length * SECOND)
  }
  const instants = scheduleOf(g.raw('arrivals'), limited.params)
  return computed(keyOf(row), ({ quantity }) =>
    quantity === 'accepted_requests' || quantity === 'accepted_within_0.2s'
      ? instants.filter(judgeOf(limited)).length
      : undefined,
  )
}

/** A hundred times as many arrivals as the rate allows; the most within any interval of this length. */
function saturated(row: Row, limited: Limited, length: number): Experiment {
  return computed(keyOf(row), ({ quantity }) => {
    if (quantity !== 'max_accepted_in_any_interval_of_duration') return undefined
    const gap = SECOND / (100 * Number(limited.params.rate))
    const passes = judgeOf(limited)
    const accepted: number[] = []
    for (let i = 0; i * gap <= 2 * length; i++) {
      const at = Math.round(i * gap)
      if (passes(at)) accepted.push(at)
    }
    let first = 0
    let most = 0
    for (const [last, at] of accepted.entries()) {
      while (at - accepted[first]! > length) first++
      most = Math.max(most, last - first + 1)
    }
    return most
  })
}

const BATCHES = 50

function poisson(row: Row, limited: Limited, rate: number): Experiment {
  return {
    key: keyOf(row),
    cost: 1,
    least: 100 * BATCHES,
    run(rows, n, seed) {
      const process = arrivals.get('poisson')
      const next = process.next!({ rate })
      const random = stream(seed, 'arrivals')
      const memory = new Float64Array(Math.max(1, process.memory))
      const passes = judgeOf(limited)
      const size = Math.ceil(n / BATCHES)
      let at = 0
      const shares = Array.from({ length: BATCHES }, () => {
        let rejected = 0
        for (let i = 0; i < size; i++) {
          at = next(at, memory, random)
          if (!passes(at)) rejected++
        }
        return rejected / size
      })
      const measured = measuredFrom(shares, size)
      return rows.map((one) =>
        one.quantity === 'rejected_fraction' ? measured : cannotRun(`unknown quantity "${one.quantity}"`),
      )
    },
  }
}

/** Of batches of `size` requests each. */
function measuredFrom(shares: readonly number[], size: number): Measured {
  const value = shares.reduce((sum, x) => sum + x, 0) / shares.length
  const variance = shares.reduce((sum, x) => sum + (x - value) ** 2, 0) / (shares.length - 1)
  const error = Math.sqrt(variance / shares.length)
  return { value, n: shares.length * size, error, low: value - 1.96 * error, high: value + 1.96 * error }
}

/** Judges arrivals of one key, one after the other; true when it lets them in. */
function judgeOf({ limiter: name, params }: Limited): (at: number) => boolean {
  const limiter = limiters.get(name)
  const memory = zone(limiter, params, 1)
  return (at) => judge(limiter, params, memory, 0, at) >= 0
}

function scheduleOf(said: unknown, { limit, window }: Params): readonly number[] {
  if (typeof said === 'string') return overTheEdge(said, Number(limit), Number(window))
  if (typeof said !== 'object' || said === null) throw new Unfit('"arrivals" must be there')
  const g = given(said as Record<string, unknown>)
  const first = needed(g, 'first')
  const bursts = g.number('bursts') ?? 1
  const between = bursts === 1 ? 0 : needed(g, 'burst_interval')
  const size = g.number('burst_size') ?? needed(g, 'requests')
  const gap = g.number('inside_burst_interval') ?? needed(g, 'interval')
  g.done()
  return Array.from({ length: bursts * size }, (_, i) =>
    Math.round((first + Math.floor(i / size) * between + (i % size) * gap) * SECOND),
  )
}

/** "n requests in the last 0.1 s of a window and n in the first 0.1 s of the next" */
function overTheEdge(words: string, limit: number, window: number): readonly number[] {
  const [, before, after] =
    /^(\d+) requests in the last 0\.1 s .* and (\d+) in the first 0\.1 s/.exec(words) ?? []
  if (Number(before) !== limit || Number(after) !== limit) throw new Unfit(`"${words}" is not understood`)
  const near = Array.from({ length: limit }, (_, i) => Math.floor((i * 0.1 * SECOND) / limit))
  return [...near.map((at) => window - 0.1 * SECOND + at), ...near.map((at) => window + at)]
}

function rateOf(g: Given): number {
  return needed(g, 'rate_per_s')
}

function windowOf(g: Given): Params {
  return { limit: needed(g, 'limit'), window: Math.round(needed(g, 'window_s') * SECOND) }
}

function needed(g: Given, key: string): number {
  const value = g.number(key)
  if (value === undefined) throw new Unfit(`"${key}" must be there`)
  return value
}

function keyOf({ model, parameters }: Row): string {
  return `${model} ${JSON.stringify(parameters)}`
}
