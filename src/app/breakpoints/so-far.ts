/** When an expectation breaks: the figure of all that has happened so far, followed step by step. */

import type { RunSeries } from '../../measure/series.ts'
import type { Expectation } from '../../scenario/scenario.ts'

/**
 * Instants at which an expectation that held so far does so no longer, in order of time: ends of steps, as a
 * chart has them. Empty for figures that cannot be followed (see `canFollow`).
 * @param from requests before it are not counted, ns: the end of the warm-up
 */
export function breaksOf(
  { figure, operator, value }: Expectation,
  series: RunSeries,
  from: number,
): readonly number[] {
  const follow = followed(figure, series)
  if (!follow) return []
  const found: number[] = []
  let did = true
  for (let i = Math.ceil(from / series.step); i < series.steps; i++) {
    const now = follow(i)
    const does = !Number.isFinite(now) || holds(now, operator, value)
    if (did && !does) found.push((i + 1) * series.step)
    did = does
  }
  return found
}

/** Whether a figure's value so far can be told from the series: shares and counts of requests, and latencies. */
export function canFollow(figure: string): boolean {
  return figure === 'availability' || figure in COUNTS || QUANTILE.test(figure)
}

const COUNTS: Readonly<Record<string, string>> = {
  'requests.succeeded': 'succeededPerSecond',
  'requests.failed': 'failedPerSecond',
  'requests.rejected': 'rejectedPerSecond',
  'requests.timedOut': 'timedOutPerSecond',
}
const ENDED = Object.values(COUNTS)
const QUANTILE = /^latency(?:Ms)?\.p(50|90|95|99|999)$/

/** The figure at the end of a step, asked for one step after the other. */
function followed(figure: string, series: RunSeries): ((step: number) => number) | undefined {
  const rates = (id: string) => series.columns.find((column) => column.id === id)?.values
  const seconds = series.step / 1e9
  const count = COUNTS[figure]
  if (count !== undefined) {
    let sum = 0
    return (i) => (sum += finite(rates(count)?.[i]) * seconds)
  }
  if (figure === 'availability') {
    const columns = ENDED.map(rates)
    let good = 0
    let all = 0
    return (i) => {
      good += finite(columns[0]?.[i])
      for (const column of columns) all += finite(column?.[i])
      return all > 0 ? good / all : Number.NaN
    }
  }
  const [, digits] = QUANTILE.exec(figure) ?? []
  return digits === undefined ? undefined : quantileSoFar(series, Number(`0.${digits}`))
}

/** From the counts of the heat map: as exact as its bins, an eighth of an octave. */
function quantileSoFar({ heat: { bounds, counts } }: RunSeries, share: number): (step: number) => number {
  const bins = bounds.length - 1
  const sums = new Float64Array(bins)
  let total = 0
  return (i) => {
    for (let bin = 0; bin < bins; bin++) {
      const more = counts[i * bins + bin] ?? 0
      sums[bin]! += more
      total += more
    }
    if (total === 0) return Number.NaN
    let left = share * total
    for (let bin = 0; bin < bins; bin++) {
      left -= sums[bin]!
      if (left <= 0) return (bounds[bin]! + bounds[bin + 1]!) / 2e6
    }
    return bounds[bins]! / 1e6
  }
}

function holds(measured: number, operator: Expectation['operator'], value: number): boolean {
  switch (operator) {
    case '<':
      return measured < value
    case '<=':
      return measured <= value
    case '>':
      return measured > value
    case '>=':
      return measured >= value
    default:
      return measured === value
  }
}

const finite = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : 0)
