/**
 * Whether a measured value holds against a row. `statistical` rows allow four standard errors: with
 * hundreds of rows fewer would raise false alarms, and their sigma is only known to about a seventh.
 */

import type { Row, Tolerance } from './row.ts'

/** What a run says about one quantity. */
export interface Measured {
  /** Like the row's value: mostly a number. */
  readonly value: unknown
  /** How many observations (requests, draws, seeds: what the row's N counts); 0 when nothing is random. */
  readonly n: number
  /** Standard error, from batches or replications; 0 when nothing is random. */
  readonly error: number
  /** A 95 % interval. */
  readonly low: number
  readonly high: number
  /**
   * Of a quantile: the quantiles that lie four standard errors of the share below and above. Where the
   * distribution jumps, the quantile of any sample may fall on either side of the jump.
   */
  readonly around?: readonly [low: number, high: number]
}

export interface Verdict {
  readonly holds: boolean
  /** The most that measured and expected may differ; 0 where it is not about a difference. */
  readonly tolerance: number
}

export const STANDARD_ERRORS = 4
/** Numbers in files are printed with ten digits. */
const PRINTED = 1e-9

export function judge(row: Row, measured: Measured): Verdict {
  const { value, tolerance } = row
  if (typeof value !== 'number' || typeof measured.value !== 'number') {
    return { holds: isSame(value, measured.value, tolerance), tolerance: 0 }
  }
  if (tolerance.type === 'bound') {
    const beyond = tolerance.direction === '<=' ? measured.value - value : value - measured.value
    const allowed = Math.abs(value) * PRINTED
    return { holds: beyond <= allowed, tolerance: allowed }
  }
  if (tolerance.type === 'interval') {
    const holds = measured.value >= tolerance.low && measured.value <= tolerance.high
    return { holds, tolerance: Math.max(tolerance.high - value, value - tolerance.low) }
  }
  const allowed = allowedDifference(row, measured.n, measured.error)
  const holds = Math.abs(measured.value - value) <= allowed
  return {
    holds: holds || (tolerance.type === 'exact' && isAround(value, allowed, measured)),
    tolerance: allowed,
  }
}

/**
 * The most that a value from `n` observations may differ.
 * @param error the run's own standard error, for rows that do not state their sigma
 */
export function allowedDifference({ value, tolerance }: Row, n: number, error: number): number {
  const size = Math.abs(value as number)
  const printed = size * PRINTED
  if (tolerance.type !== 'statistical' && tolerance.type !== 'statistical+model') {
    const given = tolerance.abs + tolerance.rel * size
    // What a limit may be off says nothing of the run.
    return Math.max(printed, tolerance.type === 'asymptotic' ? given + STANDARD_ERRORS * error : given)
  }
  const own = expectedError(tolerance, n) ?? error
  const both = Math.sqrt(own * own + tolerance.valueError * tolerance.valueError)
  return Math.max(printed, STANDARD_ERRORS * both + tolerance.abs + tolerance.model * size)
}

/** The standard error after `n` observations, by the row's sigma. */
export function expectedError({ sigma, spread }: Tolerance, n: number): number | undefined {
  return sigma === undefined || n === 0 ? undefined : (spread * sigma) / Math.sqrt(n)
}

function isAround(value: number, allowed: number, { around }: Measured): boolean {
  return around !== undefined && value >= around[0] - allowed && value <= around[1] + allowed
}

/** Lists and texts: equal, numbers within the tolerance of the row. */
function isSame(expected: unknown, measured: unknown, tolerance: Tolerance): boolean {
  if (typeof expected === 'number' && typeof measured === 'number') {
    const allowed = tolerance.abs + tolerance.rel * Math.abs(expected)
    return Math.abs(expected - measured) <= allowed
  }
  if (!Array.isArray(expected) || !Array.isArray(measured)) return expected === measured
  return expected.length === measured.length && expected.every((x, i) => isSame(x, measured[i], tolerance))
}
