/**
 * How long to run for a group of rows: until the tolerance is a small share of the value, if that can be
 * afforded. Long runs are made of replications, so that memory stays constant.
 */

import type { Experiment } from './experiment.ts'
import type { Row } from './row.ts'
import { allowedDifference, type Measured, STANDARD_ERRORS } from './verdict.ts'

/** A tolerance of this share of the value is tight enough. */
const TIGHT = 0.02
/** A row that states no tolerance for a run says nothing when the run's own errors are a larger share than this. */
const WIDEST = 0.25
/** Observations that are kept in memory at once. */
const MOST_AT_ONCE = 4_000_000

/** How many observations to make in how many replications. */
export interface Length {
  readonly each: number
  readonly replications: number
}

/** @param budget requests (or draws) to spend on one run */
export function lengthFor(experiment: Experiment, rows: readonly Row[], budget: number): Length {
  const { cost, least } = experiment
  if (cost === 0) return { each: 0, replications: 1 }
  const most = Math.max(least, Math.floor(budget / cost))
  const needed = Math.max(...rows.map((row) => observationsFor(row) ?? most / 4))
  const n = Math.min(most, Math.max(least, Math.ceil(needed)))
  const replications = Math.ceil(n / Math.max(1, Math.floor(MOST_AT_ONCE / cost)))
  return { each: Math.ceil(n / replications), replications }
}

/** Observations after which the row's own tolerance is tight; undefined when the row cannot tell. */
function observationsFor({ value, tolerance }: Row): number | undefined {
  if (tolerance.sigma === undefined || typeof value !== 'number' || value === 0) return undefined
  const root = (STANDARD_ERRORS * tolerance.spread * tolerance.sigma) / (TIGHT * Math.abs(value))
  return root * root
}

/**
 * Whether chance alone could decide the verdict.
 * @param longer how many times as long the run might have been
 */
export function isUncertain(row: Row, measured: Measured, longer = 1): boolean {
  const { tolerance, value } = row
  if (typeof value !== 'number' || measured.error === 0) return false
  const isStatistical = tolerance.type === 'statistical' || tolerance.type === 'statistical+model'
  if (isStatistical && tolerance.sigma !== undefined) return false
  if (tolerance.type === 'exact' || tolerance.type === 'bound') return false
  const allowed = isStatistical ? TIGHT * Math.abs(value) : allowedDifference(row, measured.n, 0)
  return (STANDARD_ERRORS * measured.error) / Math.sqrt(longer) > allowed
}

/** Whether a run is of any use to a row about a limit, which does not say how exact a run must be. */
export function isTooWide({ tolerance, value }: Row, measured: Measured): boolean {
  if (tolerance.type !== 'asymptotic' || typeof value !== 'number') return false
  return STANDARD_ERRORS * measured.error > WIDEST * Math.abs(value)
}

/** Whether a row says enough after few observations: its tolerance is then still below 3 % of its value. */
export function isQuick(experiment: Experiment, row: Row, budget: number): boolean {
  if (experiment.cost === 0) return true
  const n = Math.floor(budget / experiment.cost)
  if (row.tolerance.type === 'bound') return n >= experiment.least
  if (typeof row.value !== 'number' || row.tolerance.sigma === undefined || n < experiment.least) return false
  return allowedDifference(row, n, 0) <= 0.03 * Math.abs(row.value)
}

/** What independent replications of equal length say together. */
export function pool(parts: readonly Measured[]): Measured {
  const [first] = parts
  if (first === undefined || parts.length === 1 || typeof first.value !== 'number') return first!
  const mean = (of: (part: Measured) => number) =>
    parts.reduce((sum, part) => sum + of(part), 0) / parts.length
  const root = (of: (part: Measured) => number) =>
    Math.sqrt(mean((part) => of(part) * of(part)) / parts.length)
  const value = mean((part) => part.value as number)
  const halfWidth = root((part) => (part.high - part.low) / 2)
  return {
    value,
    n: parts.reduce((sum, part) => sum + part.n, 0),
    error: root((part) => part.error),
    low: value - halfWidth,
    high: value + halfWidth,
    ...(first.around ? { around: [mean((part) => part.around![0]), mean((part) => part.around![1])] } : {}),
  }
}
