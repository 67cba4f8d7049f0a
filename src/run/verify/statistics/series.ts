/** Rows about batch means and MSER-5 on series that anyone can make again: Park and Miller's generator. */

import { ln } from '../../../base/maths.ts'
import { batchMeansOf } from '../../../measure/batch-means.ts'
import { intervalOf } from '../../../measure/interval.ts'
import { mser5 } from '../../../measure/mser.ts'
import { cannotRun, computed, type Reader } from '../experiment.ts'
import type { Parameters, Row } from '../row.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'

const MOST = 1e7

export const readSeries: Reader = (row) => {
  if (row.model !== 'batch means' && !row.model.startsWith('MSER-5')) return undefined
  const answer = unlessUnfit(() => ({ value: answerTo(row) }))
  if (!('value' in answer)) return answer
  if (answer.value === undefined) return cannotRun(`unknown quantity "${row.quantity}"`)
  return computed(`${row.model} ${row.id}`, () => answer.value)
}

function answerTo(row: Row): number | undefined {
  const series = seriesFrom(row.parameters)
  if (row.quantity === 'grand_mean') return intervalOf(series).mean
  if (row.quantity === 'truncated_observations') return mser5(series).truncated
  if (row.quantity === 'truncated_mean') return mser5(series).mean
  const confidence = /^half_width_(\d+)pct$/.exec(row.quantity)
  if (!confidence) return undefined
  const means = batchMeansOf(series, Number(row.parameters.batches))
  return intervalOf(means, Number(confidence[1]) / 100).halfWidth
}

/** @throws Unfit when the series is described in other words, or does not begin as the row says */
function seriesFrom(parameters: Parameters): number[] {
  const n = Number(parameters.n)
  if (!(n > 0 && n <= MOST)) throw new Unfit(`a series of ${n}`)
  const words = String(parameters.series)
  const next = parkMiller(String(parameters.u))
  const series = autoregression(words, next, n) ?? waitingTimes(words, next, n)
  if (!series) throw new Unfit('the series is described in words that are not known')
  const first = parameters.check_first_values
  const starts = Array.isArray(first)
    ? first.every((x, i) => Math.abs(x - series[i]!) < 1e-6 * (1 + Math.abs(x)))
    : true
  if (!starts) throw new Unfit('the series does not begin as the row says')
  return series
}

/** "Park-Miller: x = 16807 x mod 2147483647, u = x/2147483647, x_0 = 12345". */
function parkMiller(words: string): () => number {
  const seed = /Park-Miller.*x_0 = (\d+)/.exec(words)
  if (!seed) throw new Unfit('the uniform draws are not those of Park and Miller')
  let x = Number(seed[1])
  return () => {
    x = (16807 * x) % 2147483647
    return x / 2147483647
  }
}

/** "y_t = 0.9 y_{t-1} + (u_t - 0.5), y_0 = 20, observation y_t + 5". */
function autoregression(words: string, next: () => number, n: number): number[] | undefined {
  const match =
    /y_t = ([\d.]+) y_\{t-1\} \+ \(u_t - ([\d.]+)\), y_0 = (-?[\d.]+), observation y_t \+ ([\d.]+)/.exec(
      words,
    )
  if (!match) return undefined
  const [keep, centre, start, shift] = match.slice(1).map(Number) as [number, number, number, number]
  let y = start
  return Array.from({ length: n }, () => {
    y = keep * y + (next() - centre)
    return y + shift
  })
}

/** "waiting times … of an M/M/1 queue that starts empty: …, s = -ln u, a = -ln u'/0.9 (service drawn first)". */
function waitingTimes(words: string, next: () => number, n: number): number[] | undefined {
  const match = /waiting times .*M\/M\/1.*a = -ln u'\/([\d.]+) \(service drawn first\)/.exec(words)
  if (!match) return undefined
  let wait = 0
  return Array.from({ length: n }, () => {
    const before = wait
    const service = -ln(next())
    wait = Math.max(0, wait + service + ln(next()) / Number(match[1]))
    return before
  })
}
