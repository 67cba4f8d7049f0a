/** The few figures that a lane's head shows, and their differences in words. */

import type { Report } from '../../measure/report.ts'
import { milliseconds, percent, plain } from '../format.ts'

export interface HeadFigure {
  readonly title: string
  readonly definition: string
  /** Which way is good; null where neither is in itself. */
  readonly better: 'lower' | 'higher' | null
  valueIn(report: Report): number | null
  format(value: number): string
  /** Of a difference; its size as a rule. */
  readonly formatChange?: (size: number) => string
}

export const FIGURES: readonly HeadFigure[] = [
  {
    title: 'p50',
    definition: 'Median latency as clients saw it, of this one run.',
    better: 'lower',
    valueIn: ({ latencyMs }) => latencyMs?.p50 ?? null,
    format: milliseconds,
  },
  {
    title: 'p99',
    definition: 'All but one in a hundred of the requests that succeeded took no longer, in this one run.',
    better: 'lower',
    valueIn: ({ latencyMs }) => latencyMs?.p99 ?? null,
    format: milliseconds,
  },
  {
    title: 'Availability',
    definition:
      'Requests that succeeded, of all that ended, in this one run. Differences are in percentage points.',
    better: 'higher',
    valueIn: ({ availability }) => availability,
    format: percent,
    formatChange: (size) => `${plain(Number((size * 100).toPrecision(2)))}\u00a0pp`,
  },
  {
    title: 'Imbalance',
    definition:
      'Requests of the busiest replica over the mean of its tier, in the least even tier, in this one run; 1 is even.',
    better: 'lower',
    valueIn: ({ tiers }) => Math.max(...Object.values(tiers).map(({ imbalance }) => imbalance)),
    format: (value) => (Number.isNaN(value) ? '–' : `${plain(value)}×`),
    formatChange: (size) => plain(Number(size.toPrecision(2))),
  },
]

/** A difference within this share of the figure is too small to matter. */
const SMALL = 0.02

export interface FigureChange {
  readonly text: string
  readonly look: 'better' | 'worse' | 'none'
}

/** How a figure differs from that of the first lane; undefined when one of them has none. */
export function changeOf(
  { valueIn, format, formatChange = format, better }: HeadFigure,
  ours: Report | undefined,
  theirs: Report | undefined,
): FigureChange | undefined {
  const value = ours && valueIn(ours)
  const base = theirs && valueIn(theirs)
  if (typeof value !== 'number' || typeof base !== 'number') return undefined
  const size = formatChange(Math.abs(value - base))
  if (format(value) === format(base)) return { text: '=', look: 'none' }
  const yardstick = formatChange !== format && better === 'higher' ? Math.min(base, 1 - base) : base
  const isSmall = Math.abs(value - base) <= SMALL * Math.abs(yardstick)
  const isBetter = better === null || isSmall ? undefined : value > base === (better === 'higher')
  return {
    text: `${value > base ? '+' : '−'}${size}`,
    look: isBetter === undefined ? 'none' : isBetter ? 'better' : 'worse',
  }
}
