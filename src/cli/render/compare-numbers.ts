/** Figures and differences of a comparison in words and in their units. */

import type { FigureOutline } from '../../run/compare/result.ts'
import { duration, percent, plain } from './numbers.ts'

type Unit = FigureOutline['unit']

/** A value of a figure. */
export function valueText(value: number, unit: Unit): string {
  if (unit === 'share') return percent(value)
  if (unit === 'ms') return duration(value)
  return unit === 's' ? duration(value * 1000) : plain(value) + (unit === 'rate' ? '/s' : '')
}

/** The size of a difference, without its sign; of shares in percentage points. */
export function sizeText(difference: number, unit: Unit): string {
  const size = Math.abs(difference)
  return unit === 'share' ? `${plain(size * 100)} points` : valueText(size, unit)
}

/** A difference with its sign and half of its interval: "−41.2 ms ± 6.0 ms". */
export function differenceText(mean: number, halfWidth: number | null, unit: Unit): string {
  const sign = mean < 0 ? '−' : mean > 0 ? '+' : ''
  const interval = halfWidth === null ? '' : ` ± ${sizeText(halfWidth, unit)}`
  return sign + sizeText(mean, unit) + interval
}

/** What a figure is called on a page: "latency p99.9", "rejected". */
export function titleOf(name: string): string {
  const known: Readonly<Record<string, string>> = {
    'requests.timedOut': 'timed out',
    utilisation: 'busiest replica',
    throughputPerSecond: 'throughput',
    goodputPerSecond: 'goodput',
    meanInSystem: 'in the system',
    fractionThatWaited: 'share that waited',
  }
  return (
    known[name] ??
    name
      .replace(/^requests\./, '')
      .replace(/^(latency|waiting)(?:Ms)?\./, '$1 ')
      .replace(/p999$/, 'p99.9')
  )
}
